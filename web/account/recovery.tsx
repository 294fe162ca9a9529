import { useQuery } from "@tanstack/react-query";
import { useId, useState, type FormEvent } from "react";
import * as z from "zod/mini";
import { ask } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import type { Player } from "../api/shapes.ts";
import { day } from "../ui/format.ts";
import { Secret } from "../ui/field.tsx";
import { textOf } from "../ui/forms.ts";
import RecoveryCode from "./recovery-code.tsx";
import { useAction } from "./use-action.ts";
import { Fault } from "./who.tsx";

const made = z.object({ madeAt: z.nullable(z.number()) });
const renewed = z.object({ recoveryCode: z.string() });

/** Shows whether there is a recovery code, and makes a new one. */
export function Recovery({ player }: { readonly player: Player }) {
  const id = useId();
  const queryKey = ["account", player.id, "recovery"];
  const { data } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await ask("GET /api/me/recovery", made, { signal })).madeAt,
  });
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const { busy, error, run } = useAction({
    invalid_credentials: "That is not your password. The code stays as it was.",
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const password = textOf(new FormData(event.currentTarget), "password");
    void run(async () => {
      setCode((await ask("POST /api/me/recovery", renewed, { body: { password } })).recoveryCode);
      setOpen(false);
      await queries.invalidateQueries({ queryKey });
    });
  };
  return (
    <section className="account-card" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>Recovery code</h2>
      {code !== null ? (
        <RecoveryCode code={code} onDone={() => setCode(null)} />
      ) : open ? (
        <form className="flex flex-col gap-4" onSubmit={submit}>
          <input type="text" name="username" autoComplete="username" value={player.username} readOnly hidden />
          <Secret name="password" label="Your password" autoComplete="current-password" />
          <Fault text={error} />
          <div className="flex flex-wrap gap-3">
            <button type="submit" className="btn btn-brass" disabled={busy} data-testid="recovery-make">
              Make a new code
            </button>
            <button type="button" className="btn btn-bare" onClick={() => setOpen(false)}>
              Leave it
            </button>
          </div>
        </form>
      ) : (
        <>
          <p className="label">
            {data === undefined ? "" : data === null ? "You have none. " : `Made on ${day(data)}. `}
            Without it a lost password is lost: nobody can let you in again.
          </p>
          <button type="button" className="btn self-start" data-testid="recovery-open" onClick={() => setOpen(true)}>
            {data === null ? "Make a code" : "Make another code"}
          </button>
        </>
      )}
    </section>
  );
}
