import type { FormEvent } from "react";
import { textOf } from "../ui/forms.ts";
import { openDesk, useWhy } from "./desk.ts";
import { Field } from "../ui/field.tsx";

/** The form that asks for the operator's key. */
export function Gate() {
  const why = useWhy();
  return (
    <form className="desk-gate" onSubmit={submit}>
      <h1>The operators&rsquo; desk</h1>
      <p className="text-ivory-dim">
        For who runs this house. Your key stays in this tab and is gone when you close it. Whatever you do here is
        written down.
      </p>
      <Field
        label="Key"
        name="key"
        type="password"
        autoComplete="off"
        spellCheck={false}
        required
        minLength={32}
        maxLength={200}
        data-testid="operator-key"
      />
      <p role="alert" className="text-lost empty:hidden">
        {why}
      </p>
      <div className="page-row">
        <button type="submit" className="btn btn-brass">
          Open the desk
        </button>
        <a href="/" className="btn btn-bare">
          To the tables
        </a>
      </div>
    </form>
  );
}

function submit(event: FormEvent<HTMLFormElement>): void {
  event.preventDefault();
  openDesk(textOf(new FormData(event.currentTarget), "key").trim());
}
