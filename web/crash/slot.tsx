import { Minus, Plus } from "lucide-react";
import { useEffect, useId, useRef, type KeyboardEvent } from "react";
import type { Config } from "../../rooms/crash/types.ts";
import { useView } from "./context.tsx";
import { readAmount, readTarget, stepAmount, targetText } from "./inputs.ts";
import { Act } from "./act.tsx";
import { lineOf } from "./lines.ts";
import { usePress, useSlot } from "./press.ts";
import { NAMES, type Slot } from "./slots.ts";
import { chooseSlot, setDraft, useChosen, useDraft } from "./draft.ts";

/** One of the two bets: amount, target, and one button for the action that is possible now. */
export function SlotBox({ slot }: { readonly slot: Slot }) {
  const phase = useView((view) => view.phase);
  const config = useView((view) => view.config);
  const { place, action, means } = useSlot(slot);
  const press = usePress();
  const draft = useDraft(slot);
  const chosen = useChosen() === slot;
  const box = useRef<HTMLElement>(null);
  const bets = action.does === "bet" || action.does === "queue";
  const amount = readAmount(draft.amount, config);
  const target = readTarget(draft.target, config);
  const fault = bets ? (amount.fault ?? target.fault) : null;
  const line = fault === null ? lineOf(phase, place) : null;

  // Focusing or pressing anything in a slot selects it for keyboard shortcuts.
  useEffect(() => {
    const target = box.current;
    const choose = (): void => chooseSlot(slot);
    target?.addEventListener("focusin", choose);
    target?.addEventListener("pointerdown", choose);
    return () => {
      target?.removeEventListener("focusin", choose);
      target?.removeEventListener("pointerdown", choose);
    };
  }, [slot]);

  // In a field, Enter bets, and Escape leaves the field so that shortcuts work again.
  const steer = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    if (event.key === "Enter" && !event.repeat) press(slot, ["bet", "queue"]);
    else if (event.key === "Escape") event.target.blur();
  };

  return (
    <section
      ref={box}
      className="slot"
      onKeyDown={steer}
      aria-label={NAMES[slot]}
      data-chosen={chosen || undefined}
      data-does={action.does}
      data-testid={`slot-${slot}`}
    >
      <div className="slot-fields">
        <Amount slot={slot} config={config} text={draft.amount} value={amount.value} faulty={amount.fault !== null} />
        <Target slot={slot} text={draft.target} config={config} faulty={target.fault !== null} />
      </div>
      <Act slot={slot} action={action} means={means} amount={amount.value} ready={fault === null} />
      <p
        className={`slot-line slot-${fault === null ? (line?.tone ?? "plain") : "fault"}`}
        data-testid={`slot-${slot}-line`}
      >
        {fault ?? line?.text ?? "\u00a0"}
      </p>
    </section>
  );
}

type AmountProps = {
  readonly slot: Slot;
  readonly config: Config;
  readonly text: string;
  readonly value: number | null;
  readonly faulty: boolean;
};

function Amount({ slot, config, text, value, faulty }: AmountProps) {
  const id = useId();
  const set = (next: number): void => setDraft(slot, { amount: String(next) });
  const step = (by: 1 | -1): void => set(stepAmount(value ?? config.minStake, by, config));
  return (
    <div className="slot-field slot-amount">
      <label htmlFor={id}>Amount</label>
      <div className="slot-input">
        <button type="button" aria-label="Less" onClick={() => step(-1)} data-testid={`slot-${slot}-less`}>
          <Minus size={16} aria-hidden="true" />
        </button>
        <input
          id={id}
          className="numerals"
          inputMode="numeric"
          autoComplete="off"
          value={text}
          maxLength={13}
          aria-invalid={faulty}
          data-testid={`slot-${slot}-amount`}
          onChange={(event) => setDraft(slot, { amount: event.target.value })}
          onBlur={() => {
            if (value !== null) setDraft(slot, { amount: String(value) });
          }}
        />
        <button type="button" aria-label="More" onClick={() => step(1)} data-testid={`slot-${slot}-more`}>
          <Plus size={16} aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}

type TargetProps = { readonly slot: Slot; readonly config: Config; readonly text: string; readonly faulty: boolean };

function Target({ slot, config, text, faulty }: TargetProps) {
  const id = useId();
  return (
    <div className="slot-field slot-target">
      <label htmlFor={id}>Out at</label>
      <div className="slot-input">
        <input
          id={id}
          className="numerals"
          inputMode="decimal"
          autoComplete="off"
          placeholder="by hand"
          value={text}
          maxLength={12}
          aria-invalid={faulty}
          data-testid={`slot-${slot}-target`}
          onChange={(event) => setDraft(slot, { target: event.target.value })}
          onBlur={() => {
            const read = readTarget(text, config);
            if (read.fault === null) setDraft(slot, { target: targetText(read.value) });
          }}
        />
        {text !== "" && <span aria-hidden="true">&times;</span>}
      </div>
    </div>
  );
}
