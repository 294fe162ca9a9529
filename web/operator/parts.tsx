import { RotateCw } from "lucide-react";
import { Empty } from "../pages/frame.tsx";
import { clock } from "../pages/words.ts";
import { wordsOf } from "./desk.ts";

type BarProps = {
  readonly title: string;
  /** When what is shown was read; 0: not yet. */
  readonly at: number;
  readonly busy: boolean;
  readonly onAgain: () => void;
};

/** A title, and the way to look again: nothing here is asked for by itself, since each look is written down. */
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

/** What was asked for cannot be read: says why, and offers to ask again. */
export function Unread({ error, onAgain }: { readonly error: unknown; readonly onAgain: () => void }) {
  return (
    <Empty words={wordsOf(error)}>
      <button type="button" className="btn" onClick={onAgain}>
        Try again
      </button>
    </Empty>
  );
}

/** Plain data as text, to be looked at closely. */
export function Raw({ words, value }: { readonly words: string; readonly value: unknown }) {
  return (
    <details className="folded desk-raw">
      <summary>{words}</summary>
      <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}
