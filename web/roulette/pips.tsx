import { colourOf } from "../../rooms/roulette/wheel.ts";

/** The last results in a row, newest first. Red is round and black has corners, so that colour is not needed to tell. */
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
