import { useState, type FormEvent } from "react";
import * as z from "zod/mini";
import { ask } from "../api/client.ts";
import { logIn } from "../api/session.ts";
import { Field, Secret } from "../ui/field.tsx";
import { textOf } from "../ui/forms.ts";
import RecoveryCode from "./recovery-code.tsx";
import { useAction } from "./use-action.ts";

const recovered = z.object({ recoveryCode: z.string() });

type Next = { readonly code: string; readonly username: string; readonly password: string };

/**
 * Sets a new password by recovery code and shows the next code. The player is logged in only after confirming to have kept that
 * code: a log-in clears the page of everything shown for another player, and the code would disappear with it.
 */
export default function RecoverForm({ onDone }: { readonly onDone: () => void }) {
  const [next, setNext] = useState<Next | null>(null);
  const { busy, error, fields, run } = useAction();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const username = textOf(form, "username").trim();
    const password = textOf(form, "newPassword");
    const recoveryCode = textOf(form, "recoveryCode");
    void run(async () => {
      const body = { username, recoveryCode, newPassword: password };
      const answer = await ask("POST /api/auth/recover", recovered, { body });
      setNext({ code: answer.recoveryCode, username, password });
    });
  };
  if (next !== null) {
    const enter = async (): Promise<void> => {
      if (await run(() => logIn(next.username, next.password))) onDone();
    };
    return (
      <>
        <p role="alert" className="mb-4 text-lost empty:hidden">
          {error}
        </p>
        <RecoveryCode code={next.code} onDone={() => void enter()} />
      </>
    );
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <p className="text-ivory-dim">
        With the recovery code from when you signed up you choose a new password. You are logged out everywhere, and get
        the next code. Without it nobody can let you in, and we cannot either.
      </p>
      <Field
        name="username"
        label="Name"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={200}
        fault={fields["username"] ?? null}
        spoken
      />
      <Field
        name="recoveryCode"
        label="Recovery code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={200}
        fault={fields["recoveryCode"] ?? null}
        spoken
      />
      <Secret
        name="newPassword"
        label="New password"
        autoComplete="new-password"
        fault={fields["newPassword"] ?? null}
        spoken
      />
      <p role="alert" className="text-lost empty:hidden">
        {Object.keys(fields).length === 0 ? error : null}
      </p>
      <button type="submit" className="btn btn-brass" disabled={busy} data-testid="recover-submit">
        Choose this password
      </button>
    </form>
  );
}
