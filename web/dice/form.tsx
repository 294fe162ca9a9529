import { ArrowLeftRight } from "lucide-react";
import { useId, useState } from "react";
import { amount as words, signed } from "../ui/format.ts";
import { readNumber } from "../ui/number.ts";
import { Segments } from "../ui/segments.tsx";
import { useSeat } from "./context.tsx";
import type { Desk } from "./desk.ts";
import { chanceWords, profitOf, timesWords } from "./words.ts";

/** The controls: amount, side, target, the possible payout, and the roll button. */
export function Form({ desk }: { readonly desk: Desk }) {
  const { amount, bet, busy, fault, press } = desk;
  const watching = useSeat() === null;
  return (
    <section className="dice-desk" aria-label="Your roll">
      <div className="dice-fields">
        <Amount desk={desk} />
        <Target desk={desk} />
      </div>
      <dl className="dice-odds numerals">
        <div>
          <dt>Win chance</dt>
          <dd data-testid="dice-chance">{chanceWords(bet)}</dd>
        </div>
        <div>
          <dt>Pays</dt>
          <dd data-testid="dice-times">{timesWords(bet)}</dd>
        </div>
        <div>
          <dt>Profit</dt>
          <dd data-testid="dice-profit">{amount === null ? "\u2013" : signed(profitOf(amount, bet))}</dd>
        </div>
      </dl>
      <button
        type="button"
        className="dice-roll"
        aria-disabled={watching || fault !== null}
        aria-busy={busy}
        aria-keyshortcuts="Space"
        data-testid="dice-roll"
        onClick={press}
      >
        Roll{amount === null ? "" : ` for ${words(amount)}`}
      </button>
      <p className="dice-fault" role="status">
        {fault}
      </p>
    </section>
  );
}

function Amount({ desk }: { readonly desk: Desk }) {
  const id = useId();
  return (
    <div className="dice-field">
      <label htmlFor={id}>Amount</label>
      <div className="dice-input">
        <input
          id={id}
          className="numerals"
          inputMode="numeric"
          autoComplete="off"
          maxLength={13}
          value={desk.text}
          aria-invalid={desk.fault !== null}
          data-testid="dice-amount"
          onChange={(event) => desk.write(event.target.value)}
          onBlur={() => desk.amount !== null && desk.write(String(desk.amount))}
        />
        <button type="button" aria-label="Half the amount" onClick={() => desk.scale(1 / 2)}>
          &frac12;
        </button>
        <button type="button" aria-label="Double the amount" onClick={() => desk.scale(2)}>
          2&times;
        </button>
      </div>
    </div>
  );
}

function Target({ desk }: { readonly desk: Desk }) {
  const id = useId();
  const { side, target } = desk.bet;
  /** The text being typed; null: not editing. The target changes only when editing ends. */
  const [text, setText] = useState<string | null>(null);
  const done = (): void => {
    const { value } = text === null ? { value: null } : readNumber(text, { whole: true });
    if (value !== null) desk.aim(value);
    setText(null);
  };
  return (
    <>
      <Segments
        quiet
        legend="Which numbers win"
        name={`${id}-side`}
        choices={[
          ["under", "Under"],
          ["over", "Over"],
        ]}
        value={side}
        onChange={(next) => next !== side && desk.turn()}
      />
      <div className="dice-field">
        <label htmlFor={id}>Target</label>
        <div className="dice-input">
          <input
            id={id}
            className="numerals"
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            value={text ?? String(target)}
            data-testid="dice-target"
            onChange={(event) => setText(event.target.value)}
            onBlur={done}
            onKeyDown={(event) => {
              if (event.key === "Enter") done();
            }}
          />
          <button type="button" aria-label="The other side, at the same chance" onClick={desk.turn}>
            <ArrowLeftRight size={18} aria-hidden="true" />
          </button>
        </div>
      </div>
    </>
  );
}
