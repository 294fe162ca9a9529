import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { logOut } from "../api/session.ts";
import type { Player } from "../api/shapes.ts";
import { SignForm } from "../shell/sign-form.tsx";
import { announce } from "../ui/announce.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { day } from "../ui/format.ts";
import { aboutQuery, hide, sessionsQuery } from "./me.ts";
import { useAction } from "./use-action.ts";
import { Name } from "../ui/name.tsx";

/** The player's name, the switch for being on boards, and log-in, sign-up and log-out. */
export function Who({ player }: { readonly player: Player }) {
  const { data } = useQuery(aboutQuery(player.id));
  const [sign, setSign] = useState<"register" | "login" | null>(null);
  const hiding = useAction();
  /** The switch's optimistic state until the server confirms it; null: none. */
  const [wanted, setWanted] = useState<boolean | null>(null);
  const leaving = useAction();
  const close = (): void => setSign(null);
  return (
    <section className="account-card" aria-labelledby="account-who">
      <div>
        <h2 id="account-who" data-testid="account-name">
          <Name>{player.username}</Name>
        </h2>
        <p className="label">
          {player.guest ? "A guest" : "A player"}
          {data === undefined ? "" : ` since ${day(data.createdAt)}`}
        </p>
      </div>
      {player.guest && <GuestEnds id={player.id} />}
      <label className="account-switch">
        <span>
          Hide me from the boards
          <span className="label block">Others do not see you on them; you do.</span>
        </span>
        <input
          type="checkbox"
          className="switch"
          data-testid="account-hidden"
          checked={wanted ?? data?.hidden ?? false}
          disabled={data === undefined || hiding.busy}
          onChange={(event) => {
            const hidden = event.target.checked;
            setWanted(hidden);
            void hiding
              .run(() => hide(player.id, hidden))
              .then((done) => {
                setWanted(null);
                if (done) announce(hidden ? "You are hidden from the boards." : "You are on the boards again.");
              });
          }}
        />
      </label>
      <Fault text={hiding.error ?? leaving.error} />
      {player.guest ? (
        <div className="flex flex-wrap gap-3">
          <button
            type="button"
            className="btn btn-brass"
            data-testid="account-signup"
            onClick={() => setSign("register")}
          >
            Sign up
          </button>
          <button type="button" className="btn" onClick={() => setSign("login")}>
            I have a name
          </button>
        </div>
      ) : (
        <button
          type="button"
          className="btn self-start"
          data-testid="account-logout"
          disabled={leaving.busy}
          onClick={() => void leaving.run(() => logOut(false))}
        >
          Log out
        </button>
      )}
      <Dialog open={sign !== null} onClose={close} title={sign === "login" ? "Welcome back" : "Keep your seat"}>
        <SignForm
          key={sign}
          kind={sign ?? "register"}
          guest={player.guest}
          onSwitch={() => setSign(sign === "login" ? "register" : "login")}
          onDone={close}
        />
      </Dialog>
    </section>
  );
}

/** Tells a guest when the session ends, since a guest has no other way to log in. */
function GuestEnds({ id }: { readonly id: string }) {
  const { data } = useQuery(sessionsQuery(id));
  const here = data?.find(({ current }) => current);
  return (
    <p data-testid="guest-ends">
      Sign up, and this balance and your limits are yours on every device.{" "}
      {here !== undefined &&
        `If you do not come back, this guest and their chips are gone on ${day(here.expiresAt)}; each visit puts that off.`}
    </p>
  );
}

export function Fault({ text }: { readonly text: string | null }) {
  return (
    <p role="alert" className="text-lost empty:hidden">
      {text}
    </p>
  );
}
