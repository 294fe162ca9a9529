import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useNavigate } from "react-router";
import { textOf } from "../ui/forms.ts";
import { ask, wordsOf } from "./desk.ts";
import { found } from "./shapes.ts";
import { Field } from "../ui/field.tsx";

const ID = /^[0-9a-hjkmnp-tv-z]{20}$/;

/** Finds a player by user name or id. A guest has no user name. */
export function Lookup() {
  const go = useNavigate();
  const finding = useMutation({
    mutationFn: async (text: string) =>
      ID.test(text) ? text : (await ask("GET /api/operator/players", found, { query: { name: text } })).id,
    onSuccess: (id) => void go(`/operator/players/${id}`),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    finding.mutate(textOf(new FormData(event.currentTarget), "player").trim());
  };
  return (
    <section className="page-section">
      <h1 className="desk-title">Players</h1>
      <form className="desk-form" onSubmit={submit}>
        <Field
          label="User name or player id"
          name="player"
          required
          maxLength={80}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          data-testid="player-name"
        />
        <p role="alert" className="text-lost empty:hidden">
          {finding.isError ? wordsOf(finding.error) : null}
        </p>
        <button type="submit" className="btn btn-brass self-start" disabled={finding.isPending}>
          Find
        </button>
      </form>
    </section>
  );
}
