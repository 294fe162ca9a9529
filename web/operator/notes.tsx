import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { randomHex } from "../api/random.ts";
import { announce } from "../ui/announce.tsx";
import { moment } from "../ui/format.ts";
import { ask, useMay, wordsOf } from "./desk.ts";
import { noted, type Player } from "./shapes.ts";

/** Operators' notes about a player. */
export function Notes({ who }: { readonly who: Player }) {
  const may = useMay("support");
  return (
    <section className="page-section">
      <h2>Notes</h2>
      {who.notes.length === 0 && <p className="label">Nobody has noted anything. The player never sees these.</p>}
      <ul className="desk-list" data-testid="player-notes">
        {who.notes.map(({ id, text, by, at }) => (
          <li key={id} className="desk-line">
            <span className="min-w-0 wrap-anywhere">
              {text}
              <span className="label block">
                {by}, {moment(at)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {may && <NoteForm player={who.id} />}
    </section>
  );
}

function NoteForm({ player }: { readonly player: string }) {
  const client = useQueryClient();
  const [text, setText] = useState("");
  const draft = useRef({ text: "", id: "" });
  const noting = useMutation({
    mutationFn: async (wanted: string) => {
      if (draft.current.text !== wanted) draft.current = { text: wanted, id: `note-${randomHex(10)}` };
      const body = { id: draft.current.id, text: wanted };
      return ask("POST /api/operator/players/{id}/notes", noted, { path: { id: player }, body });
    },
    onSuccess: async () => {
      draft.current = { text: "", id: "" };
      setText("");
      announce("Noted.");
      await client.invalidateQueries({ queryKey: ["operator", "player", player] });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    noting.mutate(text.trim());
  };
  return (
    <form className="desk-form" onSubmit={submit}>
      <label className="flex flex-col gap-1">
        <span className="label">A new one</span>
        <textarea
          className="field"
          rows={2}
          required
          maxLength={1_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          data-testid="note-text"
        />
      </label>
      <p role="alert" className="text-lost empty:hidden">
        {noting.isError ? wordsOf(noting.error) : null}
      </p>
      <button type="submit" className="btn self-start" disabled={text.trim() === "" || noting.isPending}>
        Note it
      </button>
    </form>
  );
}
