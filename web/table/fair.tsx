import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Rtp } from "../../rooms/game.ts";
import { amount } from "../ui/format.ts";
import { rtpWords } from "../ui/rtp.ts";
import { useAnyTable, useRoom, useRound } from "./context.tsx";
import { OwnWords } from "./words.tsx";
import { roundPath } from "../ui/rooms.ts";

type Props = {
  /** "Round", "Draw". */
  readonly what?: string;
  /** The command that carries the client seed, in words. */
  readonly when?: string;
  /** The last finished round; null: none. */
  readonly last: number | null;
  /** What is committed to and when it is revealed, in the game's words. */
  readonly sealed: ReactNode;
  readonly proves: ReactNode;
  readonly rtp: Rtp;
};

/** The commitment of this round, published before any bet, and the player's own client seed. */
export function Fair({ what = "Round", when, last, sealed, proves, rtp }: Props) {
  const { room } = useAnyTable();
  const commitments = useRoom((table) => table.commitments);
  const round = useRound();
  const bound = commitments.find((one) => one.round === round) ?? commitments[0];
  return (
    <div className="flex flex-col gap-6">
      <section>
        <h3 className="panel-sub">
          {what} {amount(round)} is fixed
        </h3>
        {bound === undefined ? (
          <p className="empty">The seal of this {what.toLowerCase()} is on its way.</p>
        ) : (
          <p className="hash" translate="no" data-testid="commitment">
            {bound.hash}
          </p>
        )}
        <p className="label mt-2">{sealed}</p>
        <p className="label mt-2">
          The nonce of the draw is the number of the {what.toLowerCase()}, {amount(round)}: no two draws of this table
          have the same.
        </p>
      </section>
      <OwnWords {...(when !== undefined && { when })} />
      {last !== null && (
        <section>
          <h3 className="panel-sub">Check for yourself</h3>
          <Link to={roundPath(room, last)} className="btn" data-testid="verify-last">
            Verify {what.toLowerCase()} {amount(last)}
          </Link>
        </section>
      )}
      <section>
        <h3 className="panel-sub">What this proves</h3>
        <p className="label">{proves}</p>
      </section>
      <Returns rtp={rtp} />
    </div>
  );
}

/** Return to player and house edge of this table. */
export function Returns({ rtp }: { readonly rtp: Rtp }) {
  return (
    <section>
      <h3 className="panel-sub">What comes back</h3>
      <p className="label" data-testid="rtp">
        {rtpWords(rtp)}
      </p>
    </section>
  );
}
