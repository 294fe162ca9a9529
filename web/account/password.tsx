import { useState, type FormEvent } from "react";
import type { Player } from "../api/shapes.ts";
import { announce } from "../ui/announce.tsx";
import { Secret } from "../ui/field.tsx";
import { textOf } from "../ui/forms.ts";
import { changePassword } from "./me.ts";
import { useAction } from "./use-action.ts";
import { Fault } from "./who.tsx";

const DONE = "Your password is changed. You are logged out everywhere else.";

/** Changes the password, which logs the player out everywhere else. */
export function Password({ player }: { readonly player: Player }) {
  const [open, setOpen] = useState(false);
  const [line, setLine] = useState<string | null>(null);
  const { busy, error, fields, run } = useAction({
    invalid_credentials: "That is not your password. It stays as it was.",
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    void run(() => changePassword(player.id, textOf(form, "current"), textOf(form, "next"))).then((done) => {
      if (!done) return;
      setOpen(false);
      setLine(DONE);
      announce(DONE);
    });
  };
  return (
    <section className="account-card" aria-labelledby="account-password">
      <h2 id="account-password">Password</h2>
      {open ? (
        <form className="flex flex-col gap-4" onSubmit={submit}>
          {/* Tells the browser's password manager which account this is. */}
          <input type="text" name="username" autoComplete="username" value={player.username} readOnly hidden />
          <Secret name="current" label="Password now" autoComplete="current-password" />
          <Secret
            name="next"
            label="New password"
            autoComplete="new-password"
            hint="At least eight characters; a short sentence is best."
          />
          <Fault text={fields["next"] ?? error} />
          <div className="flex flex-wrap gap-3">
            <button type="submit" className="btn btn-brass" disabled={busy} data-testid="password-change">
              Change it
            </button>
            <button type="button" className="btn btn-bare" onClick={() => setOpen(false)}>
              Leave it
            </button>
          </div>
        </form>
      ) : (
        <>
          <p className="label">{line ?? "Changing it logs you out everywhere else."}</p>
          <button type="button" className="btn self-start" data-testid="password-open" onClick={() => setOpen(true)}>
            Change password
          </button>
        </>
      )}
    </section>
  );
}
