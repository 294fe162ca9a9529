import { colourOf } from "../../rooms/roulette/wheel.ts";

/** The last results in a row, newest first. Red ones are round and black ones have corners, so that colour is not needed. */
export function Pips({ results }: { readonly results: readonly string[] }) {
  return (
    <ol className="pips" aria-label="Last results, newest first">
      {results.map((pocket, i) => (
        <li key={`${results.length - i} ${pocket}`} className={`pips-${colourOf(pocket)} numerals`}>
          {pocket}
          <span className="sr-only"> {colourOf(pocket)}</span>
        </li>
      ))}
    </ol>
  );
}
