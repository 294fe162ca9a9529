import { Minus, Plus } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { amount } from "../../ui/format.ts";
import { isHeld } from "../../ui/keys.ts";
import type { Acting } from "../acting.ts";
import { useView } from "../context.tsx";
import { atSlider, faultOf, sharesOf, sliderOf, SLIDER_MAX } from "../raises.ts";
import type { OnTurn } from "../standing.ts";

type Props = {
  readonly acting: Acting;
  readonly standing: OnTurn;
  readonly bigBlind: number;
  readonly clock: ReactNode;
};

/** The amount of a raise: shares of the pot, a slider, and a number field. */
export function RaiseRow({ acting, standing, bigBlind, clock }: Props) {
  const { to, text, write, step, raise } = acting;
  const unit = useView((view) => view.config.smallBlind);
  const range = standing.turn.raise;
  if (range === null) return null;
  const { least, most } = range;
  const choose = (value: number): void => write(String(value));
  const keys = (event: KeyboardEvent): void => {
    const action = {
      Enter: () => raise(),
      Escape: () => (event.target as HTMLElement).blur(),
      ArrowUp: () => step(1),
      ArrowDown: () => step(-1),
    }[event.key];
    if (action === undefined) return;
    event.preventDefault();
    if (!isHeld(event.nativeEvent)) action();
  };
  const fault = faultOf(to, least, most);
  return (
    <div className="raise-row" role="group" aria-label="How much">
      {clock}
      <div className="shares">
        {sharesOf(standing).map(({ words, spoken, to: share }) => (
          <button
            key={words}
            type="button"
            className="share"
            disabled={share === null}
            aria-label={`${spoken}${share === null ? "" : `, ${amount(share)}`}`}
            aria-pressed={share !== null && share === to}
            onClick={() => {
              if (share !== null) choose(share);
            }}
          >
            {words}
          </button>
        ))}
        <button
          type="button"
          className="share"
          aria-pressed={to === most}
          aria-label={`All-in, ${amount(most)}`}
          aria-keyshortcuts="A"
          data-testid="all-in"
          onClick={() => choose(most)}
        >
          All-in
        </button>
      </div>
      <div className="slide">
        <button type="button" className="nudge" aria-label={`${amount(bigBlind)} less`} onClick={() => step(-1)}>
          <Minus size={18} aria-hidden="true" />
        </button>
        <input
          type="range"
          className="slider"
          min={0}
          max={SLIDER_MAX}
          step={1}
          value={sliderOf(to ?? least, least, most)}
          aria-label="Amount"
          aria-valuetext={`${amount(to ?? least)} chips`}
          onKeyDown={(event) => {
            const by = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 }[event.key];
            if (by !== undefined) {
              event.preventDefault();
              step(by === 1 ? 1 : -1);
            } else if (event.key === "Enter") raise();
          }}
          onChange={(event) => choose(atSlider(Number(event.target.value), least, most, unit))}
        />
        <button type="button" className="nudge" aria-label={`${amount(bigBlind)} more`} onClick={() => step(1)}>
          <Plus size={18} aria-hidden="true" />
        </button>
        <input
          className="raise-to numerals"
          value={text}
          inputMode="numeric"
          autoComplete="off"
          maxLength={15}
          aria-label={`Raise to, from ${amount(least)} to ${amount(most)}`}
          aria-invalid={fault !== null}
          data-testid="raise-to"
          onFocus={(event) => event.target.select()}
          onKeyDown={keys}
          onChange={(event) => write(event.target.value)}
        />
      </div>
    </div>
  );
}
