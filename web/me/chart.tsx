import { useState } from "react";
import type { Day } from "../api/stats.ts";
import { counted, dayWords, shortDay } from "../pages/words.ts";
import { amount, signed } from "../ui/format.ts";
import { Net } from "../pages/net.tsx";
import { barsOf, lineOf, scaleOf, TALL } from "./shape.ts";

/** The balance by day as a line, with each day's result as a bar below. Arrow keys move between days. A table follows. */
export function Chart({ days }: { readonly days: readonly Day[] }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const at = Math.min(chosen ?? days.length - 1, days.length - 1);
  const day = days[at];
  const [first, last] = [days[0], days.at(-1)];
  if (day === undefined || first === undefined || last === undefined) return null;
  const { low, high } = scaleOf(days);
  const line = lineOf(days);
  const x = ((at + 0.5) / days.length) * 100;
  return (
    <figure className="chart">
      <figcaption className="chart-told" data-testid="chart-told">
        <span>{dayWords(day.day)}</span>
        <strong className="numerals" translate="no">
          {amount(day.balance)}
        </strong>
        <span>
          {day.rounds === 0 ? (
            "nothing played"
          ) : (
            <>
              <Net net={day.returned - day.wagered} /> in {counted(day.rounds, "round")}
            </>
          )}
        </span>
      </figcaption>
      <div className="chart-frame">
        {high > low && (
          <span className="chart-high numerals" translate="no">
            {amount(high)}
          </span>
        )}
        <span className={`chart-low numerals ${high > low ? "" : "chart-even"}`} translate="no">
          {amount(low)}
        </span>
        <svg viewBox={`0 0 100 ${TALL.all}`} preserveAspectRatio="none" aria-hidden="true">
          <path className="chart-area" d={`${line.path} L${line.to},${TALL.line} L${line.from},${TALL.line} Z`} />
          <path className="chart-line" d={line.path} />
          <line className="chart-floor" x1="0" x2="100" y1={TALL.zero} y2={TALL.zero} />
          {barsOf(days).map((bar, i) => (
            <rect key={days[i]?.day} {...bar.box} className={bar.won ? "chart-won" : "chart-lost"} />
          ))}
          <line className="chart-at" x1={x} x2={x} y1="0" y2={TALL.all} />
        </svg>
        <input
          type="range"
          min={0}
          max={days.length - 1}
          value={at}
          aria-label="Day"
          aria-valuetext={`${dayWords(day.day)}: balance ${amount(day.balance)}, result ${signed(day.returned - day.wagered)} in ${counted(day.rounds, "round")}`}
          onChange={(event) => setChosen(Number(event.target.value))}
          onPointerMove={(event) => {
            const { left, width } = event.currentTarget.getBoundingClientRect();
            const part = (event.clientX - left) / width;
            setChosen(Math.max(0, Math.min(days.length - 1, Math.floor(part * days.length))));
          }}
        />
      </div>
      <div className="chart-days numerals" aria-hidden="true">
        <span>{shortDay(first.day)}</span>
        {days.length > 1 && <span>{shortDay(last.day)}</span>}
      </div>
      <details className="folded">
        <summary>The same as a table</summary>
        <DayTable days={days} />
      </details>
    </figure>
  );
}

function DayTable({ days }: { readonly days: readonly Day[] }) {
  return (
    <table className="sheet">
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Balance</th>
          <th scope="col">Result</th>
          <th scope="col">Rounds</th>
        </tr>
      </thead>
      <tbody>
        {days.toReversed().map(({ day, balance, returned, wagered, rounds }) => (
          <tr key={day}>
            <th scope="row">{shortDay(day)}</th>
            <td>{amount(balance)}</td>
            <td>
              <Net net={returned - wagered} />
            </td>
            <td>{amount(rounds)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
