import { useState } from "react";
import { noteClosed } from "../api/session.ts";
import type { Player } from "../api/shapes.ts";
import { announce } from "../ui/announce.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useRest } from "../ui/rest.ts";
import { exclude, type Exclusion } from "./me.ts";
import { endOf, endWords, excludedWords, spanWords } from "./spans.ts";
import { useAction } from "./use-action.ts";
import { Fault } from "./who.tsx";

type Props = {
  readonly player: Player;
  /** Null: the dialog is closed. */
  readonly exclusion: Exclusion | null;
  /** If an exclusion that ends no earlier than `at` is already in force: its end, in words. Otherwise null. */
  readonly shorter: (at: number) => string | null;
  readonly onClose: () => void;
};

/** Asks for confirmation before an exclusion; twice for a long one. */
export function AskBreak({ player, exclusion, shorter, onClose }: Props) {
  const long = exclusion?.kind === "self-exclusion";
  return (
    <Dialog open={exclusion !== null} onClose={onClose} title={long ? "Keep you out?" : "Take a break?"}>
      {exclusion !== null && <Ask player={player} exclusion={exclusion} shorter={shorter} onClose={onClose} />}
    </Dialog>
  );
}

function Ask({ player, exclusion, shorter, onClose }: Props & { readonly exclusion: Exclusion }) {
  const [sure, setSure] = useState(exclusion.kind === "cool-off");
  const { busy, error, run } = useAction();
  const { attrs } = useRest(String(sure));
  const now = Date.now();
  const already = shorter(endOf(exclusion, now));
  if (already !== null)
    return (
      <div className="flex flex-col gap-5">
        <p>You are away until {already} already, and that is no shorter. Nothing would change.</p>
        <button type="button" className="btn btn-brass" onClick={onClose}>
          Good
        </button>
      </div>
    );
  const end = endWords(exclusion, now);
  const begin = (): void => {
    void run(async () => {
      const { excluded } = await exclude(player.id, exclusion);
      if (excluded === null) return;
      announce(excludedWords(excluded));
      onClose();
      // The server logs a registered player out everywhere. A guest stays logged in and cannot bet.
      if (!player.guest) noteClosed(excluded.until, `${excludedWords(excluded)} Your chips wait for you. Be well.`);
    });
  };
  return (
    <div className="flex flex-col gap-5" data-testid="break-dialog">
      {exclusion.kind === "cool-off" ? (
        <p>
          You are kept from playing {spanWords(exclusion)}, until {end}.{" "}
          {player.guest ? "You can still look on." : "You are logged out everywhere, and cannot log in before."} It
          cannot be made shorter. Your chips stay yours.
        </p>
      ) : sure ? (
        <p>
          Once more, to be sure: until <strong>{end}</strong> you do not play here. If you ask us to open earlier, we
          shall say no.
        </p>
      ) : (
        <>
          <p>
            You are kept from playing {spanWords(exclusion)}, until {end}.{" "}
            {player.guest ? "You can still look on." : "You are logged out everywhere, and cannot log in before."}
          </p>
          <p>It cannot be taken back or made shorter. Your chips stay yours, and are here when you come back.</p>
        </>
      )}
      <Fault text={error} />
      <div className="flex flex-wrap gap-3" {...attrs}>
        {sure ? (
          <button type="button" className="btn btn-brass" disabled={busy} data-testid="break-begin" onClick={begin}>
            {exclusion.kind === "cool-off" ? "Begin the break" : "Yes, keep me out"}
          </button>
        ) : (
          <button type="button" className="btn btn-brass" data-testid="break-sure" onClick={() => setSure(true)}>
            Go on
          </button>
        )}
        <button type="button" className="btn btn-bare" onClick={onClose}>
          Not now
        </button>
      </div>
    </div>
  );
}
