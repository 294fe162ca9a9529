import { Ticket, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { useMedia } from "../ui/media.ts";
import { dismiss, useToasts, type Toast } from "./awards.ts";
import { pathTo, wonWords } from "./words.ts";

/** Long enough to read twice, since it covers nothing. The timer stops while the toast has the pointer or the focus. */
const STAYS_MS = 14_000;
/** Over the header of a small screen: long enough to read once. The draw remains on the lottery's page. */
const SHORT_MS = 6_000;

/**
 * Toasts for the visitor's lottery wins, placed so that they cover neither bets nor tables: in a corner, or as one line over the
 * header of a small screen. Announced politely to screen readers.
 */
export function Toasts() {
  const toasts = useToasts();
  return (
    <section className="toasts" aria-label="Won at the lottery" aria-live="polite">
      {toasts.map((toast) => (
        <Card key={toast.n} toast={toast} />
      ))}
    </section>
  );
}

function Card({ toast }: { readonly toast: Toast }) {
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const rests = pointed || focused;
  const stays = useMedia("(min-width: 1024px)") ? STAYS_MS : SHORT_MS;
  useEffect(() => {
    if (rests) return undefined;
    const timer = setTimeout(() => dismiss(toast.n), stays);
    return () => clearTimeout(timer);
  }, [toast.n, rests, stays]);
  const { title, line } = wonWords(toast);
  const close = (): void => dismiss(toast.n);
  return (
    <div
      className="toast"
      data-testid="toast"
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <span className="toast-sign" aria-hidden="true">
        <Ticket size={20} />
      </span>
      <div className="toast-words">
        <p className="toast-title numerals">{title}</p>
        <p className="toast-line">{line}</p>
        <Link to={pathTo(toast)} className="toast-link" onClick={close}>
          {toast.awards.length > 1 ? "To the lottery" : "See the draw"}
        </Link>
      </div>
      <button type="button" className="btn btn-bare w-11 px-0" aria-label="Close" onClick={close}>
        <X size={18} aria-hidden="true" />
      </button>
    </div>
  );
}
