import { useView, type Shown } from "./context.tsx";
import { digits } from "./words.ts";

/** Everyone's last numbers, newest first. Wins have a mark as well as a colour. */
export function Pills() {
  const last = useView((view) => view.last);
  if (last.length === 0) return <p className="dice-pills dice-empty">No roll yet</p>;
  return (
    <ol className="dice-pills" aria-label="Last rolls, newest first">
      {last.map((one) => (
        <li key={`${one.round} ${one.nonce}`}>
          <Pill roll={one} />
        </li>
      ))}
    </ol>
  );
}

export function Pill({ roll: { rolled, payout } }: { readonly roll: Pick<Shown, "rolled" | "payout"> }) {
  const won = payout > 0;
  return (
    <span className={`dice-pill numerals ${won ? "dice-won" : ""}`} translate="no">
      {won && <span aria-hidden="true">&#9650;</span>}
      {digits(rolled)}
      <span className="sr-only">, {won ? "won" : "lost"}</span>
    </span>
  );
}
