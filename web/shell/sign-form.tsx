import { useId, useState, type FormEvent } from "react";
import { ApiError } from "../api/client.ts";
import { logIn, register } from "../api/session.ts";
import { barredWords } from "../care/barred.ts";
import { announce } from "../ui/announce.tsx";
import { until } from "../ui/format.ts";
import { textOf } from "../ui/forms.ts";

type Props = {
  readonly kind: "register" | "login";
  /** A guest's balance goes along when they sign up. */
  readonly guest: boolean;
  readonly onSwitch: () => void;
  readonly onDone: () => void;
};

export function SignForm({ kind, guest, onSwitch, onDone }: Props) {
  const id = useId();
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = textOf(form, "username").trim();
    const password = textOf(form, "password");
    setBusy(true);
    setError(null);
    (kind === "register" ? register(name, password) : logIn(name, password))
      .then(() => {
        announce(`Welcome, ${name}.`);
        onDone();
      })
      .catch((cause: unknown) => setError(wordsFor(cause)))
      .finally(() => setBusy(false));
  };

  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <p className="text-ivory-dim">{leadFor(kind, guest)}</p>
      <div className="flex flex-col gap-1">
        <label className="label" htmlFor={`${id}-name`}>
          Name
        </label>
        <input
          id={`${id}-name`}
          className="field"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          minLength={3}
          maxLength={20}
        />
      </div>
      <div className="flex flex-col gap-1">
        <label className="label" htmlFor={`${id}-password`}>
          Password
        </label>
        <input
          id={`${id}-password`}
          className="field"
          name="password"
          type="password"
          autoComplete={kind === "register" ? "new-password" : "current-password"}
          required
          minLength={kind === "register" ? 8 : 1}
          maxLength={200}
          aria-describedby={kind === "register" ? `${id}-hint` : undefined}
        />
        {kind === "register" && (
          <p id={`${id}-hint`} className="label">
            At least eight characters; a short sentence is best.
          </p>
        )}
      </div>
      <p role="alert" className="text-lost empty:hidden">
        {error}
      </p>
      <button type="submit" className="btn btn-brass" disabled={busy} data-testid="sign-submit">
        {kind === "register" ? "Sign up" : "Log in"}
      </button>
      <button type="button" className="btn btn-bare" onClick={onSwitch}>
        {kind === "register" ? "I have a name already" : "I am new here"}
      </button>
    </form>
  );
}

function leadFor(kind: Props["kind"], guest: boolean): string {
  if (kind === "register") {
    return guest
      ? "Pick a name, and the balance you have now stays yours."
      : "Pick a name and a password. That is all.";
  }
  return guest
    ? "Your guest\u2019s balance stays with the guest; sign up instead to keep it."
    : "Good to see you again.";
}

function wordsFor(cause: unknown): string {
  const barred = barredWords(cause);
  if (barred !== null) return barred;
  if (!(cause instanceof ApiError)) return "That did not work. Nothing was changed.";
  switch (cause.code) {
    case "username_taken":
      return "Someone has that name already. Another one?";
    case "invalid_credentials":
      return "Name and password do not match.";
    case "too_many_grants":
      return cause.message;
    default:
      return cause.nextAt === null
        ? cause.message
        : `Too many tries. Please try again ${until(cause.nextAt, Date.now())}.`;
  }
}
