import { cut } from "../../rooms/kit/text.ts";
import { clock } from "../pages/words.ts";
import type { Seen } from "./shapes.ts";

/** The end of the journal, newest first, with only what the public stream told of each event. */
export function Tail({ events }: { readonly events: readonly Seen[] | null }) {
  return (
    <section className="page-section">
      <h2>Journal</h2>
      {events === null && (
        <p className="text-ivory-dim">
          So much is happening that to read the journal would hold the table up. Look again after its next snapshot.
        </p>
      )}
      <ol className="desk-list desk-journal" data-testid="journal">
        {(events ?? []).map(({ seq, at, type, shown, from }) => (
          <li key={seq} className="desk-event">
            <span className="numerals label">{seq}</span>
            <span className="numerals label">{clock(at)}</span>
            <span>
              {type === "game" ? "not public" : type}
              {from.length > 0 && <span className="label block wrap-anywhere">by request {from.join(", ")}</span>}
            </span>
            {shown !== null && <code>{textOf(shown)}</code>}
          </li>
        ))}
      </ol>
    </section>
  );
}

const TEXT_MAX = 400;

/** The event as JSON without its type, which is shown beside it. */
function textOf(shown: unknown): string {
  const text = JSON.stringify(shown, (name, value: unknown) => (name === "type" ? undefined : value)) ?? "";
  return text.length <= TEXT_MAX ? text : `${cut(text, TEXT_MAX)}\u2026`;
}
