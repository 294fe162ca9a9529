import { RotateCw } from "lucide-react";
import { Empty } from "../pages/frame.tsx";
import { clock } from "../pages/words.ts";
import { wordsOf } from "./desk.ts";

type BarProps = {
  readonly title: string;
  /** When the data was read, epoch milliseconds; 0: not yet. */
  readonly at: number;
  readonly busy: boolean;
  readonly onAgain: () => void;
};

/** A title with a refresh button. Nothing refreshes by itself, because each read is written to the audit log. */
export function Bar({ title, at, busy, onAgain }: BarProps) {
  return (
    <div className="page-row justify-between">
      <h1 className="desk-title">{title}</h1>
      <div className="page-row">
        {at > 0 && <span className="label numerals">As of {clock(at)}</span>}
        <button type="button" className="btn" disabled={busy} onClick={onAgain}>
          <RotateCw size={16} aria-hidden="true" /> Look again
        </button>
      </div>
    </div>
  );
}

/** Shows why data could not be read, with a button to try again. */
export function Unread({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) {
  return (
    <Empty words={wordsOf(error)}>
      <button type="button" className="btn" onClick={onAgain}>
        Try again
      </button>
    </Empty>
  );
}

/** Data as formatted JSON, folded. */
export function Raw({ words, value }: { readonly words: string; readonly value: unknown }) {
  return (
    <details className="folded desk-raw">
      <summary>{words}</summary>
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}
