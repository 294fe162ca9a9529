import { useRoom, useYou } from "../table/context.tsx";
import { useNames } from "../table/people.tsx";
import { amount as words, signed } from "../ui/format.ts";
import { useSeat, useView, type Shown } from "./context.tsx";
import { betWords, digits, place, RANGE, type Bet } from "./words.ts";

type Props = { readonly bet: Bet; readonly onAim: (target: number) => void };

/** The latest number, and the rail from 0 to 9,999 with the winning part and the place of the number. */
export function Rail({ bet, onAim }: Props) {
  const everybody = useView((view) => view.last);
  const seat = useSeat();
  // The visitor's own latest roll comes before others'.
  const shown = seat?.last[0] ?? everybody[0] ?? null;
  const [least, most] = RANGE[bet.side];
  const [from, to] = bet.side === "under" ? [0, place(bet.target)] : [place(bet.target), 100];
  return (
    <div className="dice-stage">
      <Newest roll={shown} />
      <div className="dice-rail">
        <div className="dice-track" aria-hidden="true">
          <span className="dice-zone" style={{ left: `${from}%`, right: `${100 - to}%` }} />
        </div>
        {shown !== null && (
          <span
            key={`${shown.round} ${shown.nonce}`}
            className={`dice-mark numerals ${shown.payout > 0 ? "dice-won" : ""}`}
            style={{ left: `${place(shown.rolled)}%` }}
            aria-hidden="true"
          />
        )}
        <input
          type="range"
          className="dice-range"
          min={0}
          max={9_999}
          value={bet.target}
          aria-label="Target"
          aria-valuetext={`${betWords(bet)}, from ${words(least)} to ${words(most)}`}
          data-testid="dice-range"
          onChange={(event) => onAim(Number(event.target.value))}
        />
        <div className="dice-ticks numerals" aria-hidden="true">
          {[0, 2_500, 5_000, 7_500, 9_999].map((n) => (
            <span key={n} style={{ left: `${place(n)}%` }}>
              {words(n)}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

function Newest({ roll }: { readonly roll: Shown | null }) {
  const status = useRoom((table) => table.status);
  const you = useYou();
  const names = useNames();
  if (roll === null) {
    return (
      <div className="dice-said">
        <p className="dice-number dice-none numerals" aria-hidden="true">
          0000
        </p>
        <p className="dice-line">{status === "running" ? "Choose your odds, and roll." : "The table is resting."}</p>
      </div>
    );
  }
  const { amount, rolled, payout } = roll;
  const who = roll.player === you ? "You" : names(roll.player);
  return (
    <div className="dice-said" data-won={payout > 0}>
      <p className="dice-number numerals" translate="no" data-testid="dice-number" key={`${roll.round} ${roll.nonce}`}>
        {digits(rolled)}
      </p>
      <p className="dice-line numerals" data-testid="dice-outcome">
        <bdi>{who}</bdi> {betWords(roll)}:{" "}
        <strong className={payout > 0 ? "text-won" : "text-lost"} translate="no">
          {signed(payout - amount)}
        </strong>
      </p>
    </div>
  );
}
