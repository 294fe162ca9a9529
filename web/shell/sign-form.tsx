import { lazy, Suspense, useState, type FormEvent } from "react";
import { ApiError } from "../api/client.ts";
import { logIn, register } from "../api/session.ts";
import { barredWords } from "../care/barred.ts";
import { announce } from "../ui/announce.tsx";
import { Field, Secret } from "../ui/field.tsx";
import { until } from "../ui/format.ts";
import { textOf } from "../ui/forms.ts";

const Code = lazy(() => import("../account/recovery-code.tsx"));
const Recover = lazy(() => import("../account/recover-form.tsx"));

type Props = {
  readonly kind: "register" | "login";
  /** Whether the visitor is a guest, whose balance is kept when they sign up. */
  readonly guest: boolean;
  readonly onSwitch: () => void;
  readonly onDone: () => void;
};

const NAME_HINT = "3 to 20 characters: letters, digits, and between them single spaces, . _ - or \u2019.";
const HINT = "At least eight characters; a short sentence is best. No one can tell it to you again.";

export function SignForm({ kind, guest, onSwitch, onDone }: Props) {
  const [error, setError] = useState<string | null>(null);
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  /** The recovery code after signing up, which the player must store before going on. */
  const [code, setCode] = useState<string | null>(null);
  const [lost, setLost] = useState(false);
  const [busy, setBusy] = useState(false);

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = textOf(form, "username").trim();
    const password = textOf(form, "password");
    setBusy(true);
    setError(null);
    setFields({});
    (kind === "register" ? register(name, password) : logIn(name, password))
      .then((recoveryCode) => {
        announce(`Welcome, ${name}.`);
        if (typeof recoveryCode === "string") setCode(recoveryCode);
        else onDone();
      })
      .catch((cause: unknown) => {
        const wrong = cause instanceof ApiError ? cause.fields : {};
        setFields(wrong);
        if (Object.keys(wrong).length === 0) setError(wordsFor(cause));
      })
      .finally(() => setBusy(false));
  };

  if (code !== null || lost) {
    return <Suspense>{code === null ? <Recover onDone={onDone} /> : <Code code={code} onDone={onDone} />}</Suspense>;
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <p className="text-ivory-dim">{leadFor(kind, guest)}</p>
      <Field
        name="username"
        label="Name"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={80}
        {...(kind === "register" && { hint: NAME_HINT })}
        fault={fields["username"] ?? null}
        spoken
      />
      <Secret
        name="password"
        label="Password"
        autoComplete={kind === "register" ? "new-password" : "current-password"}
        {...(kind === "register" && { hint: HINT })}
        fault={fields["password"] ?? null}
        spoken
      />
      <p role="alert" className="text-lost empty:hidden">
        {error}
      </p>
      <button type="submit" className="btn btn-brass" disabled={busy} data-testid="sign-submit">
        {kind === "register" ? "Sign up" : "Log in"}
      </button>
      <button type="button" className="btn btn-bare" onClick={onSwitch}>
        {kind === "register" ? "I have a name already" : "I am new here"}
      </button>
      {kind === "login" && (
        <button type="button" className="btn btn-bare" data-testid="password-lost" onClick={() => setLost(true)}>
          I lost my password
        </button>
      )}
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
