import { useState, type FormEvent } from "react";
import { useMoney } from "../api/wallet.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { amount } from "../ui/format.ts";
import { readNumber } from "../ui/number.ts";
import { ask } from "./ask.ts";
import { rangeOf, usualBuyIn, type Range } from "./buy-in.ts";
import { useSeat, useSeatedAt, useView } from "./context.tsx";

type SitProps = { readonly seat: number | null; readonly onClose: () => void };

/** Asks for the buy-in before sitting down. */
export function SitDialog({ seat, onClose }: SitProps) {
  const { link } = useSeatedAt();
  const config = useView((view) => view.config);
  const rejoin = useSeat()?.rejoin ?? null;
  const { atHand: balance } = useMoney();
  const range = rangeOf(config, rejoin, link.clock.now());
  const usual = usualBuyIn(range, balance, config.bigBlind);
  return (
    <Dialog open={seat !== null} onClose={onClose} title={seat === null ? "" : `Seat ${seat + 1}`}>
      {usual === null ? (
        <p>
          The least to sit down with is {amount(range.least)}, and you have {amount(balance ?? 0)}. More chips are in
          your account, at the top right.
        </p>
      ) : (
        <Amount
          range={{ least: range.least, most: Math.min(range.most, balance ?? range.most) }}
          usual={usual}
          unit={config.bigBlind}
          label="Chips to bring"
          button="Sit down"
          note={
            rejoin !== null && range.least > config.minBuyInBigBlinds * config.bigBlind
              ? "You left a while ago with this much, so you bring it back."
              : `${config.minBuyInBigBlinds} to ${config.maxBuyInBigBlinds} big blinds of ${amount(config.bigBlind)}.`
          }
          onChoose={(buyIn) => {
            if (seat !== null) void ask(link, { type: "sit", seat, buyIn });
            onClose();
          }}
        />
      )}
    </Dialog>
  );
}

type TopUpProps = { readonly open: boolean; readonly onClose: () => void };

/** Adds chips: between hands, or after a fold for the next hand. (P14) */
export function TopUpDialog({ open, onClose }: TopUpProps) {
  const { link } = useSeatedAt();
  const config = useView((view) => view.config);
  const { seat = null, ordered = 0 } = useSeat() ?? {};
  const stack = useView((view) => (seat === null ? 0 : (view.seats[seat]?.stack ?? 0))) + ordered;
  const { atHand: balance } = useMoney();
  const { least, most } = rangeOf(config, null, 0);
  const range = { least: stack === 0 ? least : 1, most: Math.min(most - stack, balance ?? most) };
  return (
    <Dialog open={open} onClose={onClose} title="More chips">
      {range.most < range.least ? (
        <p>
          {stack >= most
            ? `You have all that may be brought to this table, ${amount(most)}.`
            : `You have ${amount(balance ?? 0)} left, and the least is ${amount(range.least)}.`}
        </p>
      ) : (
        <Amount
          range={range}
          usual={range.most}
          unit={config.bigBlind}
          label="Chips to add"
          button="Bring them"
          note="Chips come into play between hands."
          onChoose={(sum) => {
            void ask(link, { type: "topUp", amount: sum });
            onClose();
          }}
        />
      )}
    </Dialog>
  );
}

type AmountProps = {
  readonly range: Range;
  readonly usual: number;
  readonly unit: number;
  readonly label: string;
  readonly button: string;
  readonly note: string;
  readonly onChoose: (amount: number) => void;
};

function Amount({ range: { least, most }, usual, unit, label, button, note, onChoose }: AmountProps) {
  const [text, setText] = useState(String(Math.min(usual, most)));
  const { value, fault } = readNumber(text, { whole: true });
  const ok = value !== null && value >= least && value <= most;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ok) onChoose(value);
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <Field
        className="numerals text-xl"
        label={label}
        value={text}
        inputMode="numeric"
        autoComplete="off"
        aria-invalid={!ok}
        data-testid="chips"
        onChange={(event) => setText(event.target.value)}
      />
      <input
        type="range"
        className="slider"
        min={least}
        max={most}
        step={Math.min(unit, Math.max(1, most - least))}
        value={value ?? least}
        aria-label={label}
        aria-valuetext={`${amount(value ?? least)} chips`}
        onChange={(event) => {
          const next = Number(event.target.value);
          // The last step goes exactly to the maximum.
          setText(String(next + unit > most ? most : next));
        }}
      />
      <div className="flex justify-between gap-2">
        <button type="button" className="btn" onClick={() => setText(String(least))}>
          {amount(least)}
        </button>
        <button type="button" className="btn" onClick={() => setText(String(most))}>
          {amount(most)}
        </button>
      </div>
      <p className="label">{ok ? note : (fault ?? `From ${amount(least)} to ${amount(most)}.`)}</p>
      <button type="submit" className="btn btn-brass" disabled={!ok} data-testid="sit-down">
        {button}
      </button>
    </form>
  );
}
