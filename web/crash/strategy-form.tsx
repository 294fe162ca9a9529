import { useState, type ComponentProps, type FormEvent } from "react";
import { ENDLESS_ROUNDS } from "../../rooms/crash/strategy.ts";
import type { Plan } from "../../rooms/crash/types.ts";
import { Field } from "../ui/field.tsx";
import { amount as chips } from "../ui/format.ts";
import { textOf } from "../ui/forms.ts";
import { useSeatedAt, useView } from "./context.tsx";
import { freshClientSeed, hasGiven, markGiven, unmarkGiven } from "../table/client-seed.ts";
import { readAmount, readTarget, targetText } from "./inputs.ts";
import { readPlan } from "./plan.ts";
import { wordsFor } from "./refusals.ts";
import { chosenSlot, draftOf } from "./draft.ts";

type Props = { readonly plan: Plan | null; readonly onDone: () => void };

/** The form of a strategy. Errors are shown beside the button. */
export function StrategyForm({ plan, onDone }: Props) {
  const { link } = useSeatedAt();
  const config = useView((view) => view.config);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const draft = draftOf(chosenSlot());
  const amount = plan?.amount ?? readAmount(draft.amount, config).value ?? 50;
  const target = targetText(plan?.targetX100 ?? readTarget(draft.target, config).value ?? 200);

  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = readPlan((name) => textOf(form, name), config);
    if (typeof read === "string") {
      setFault(read);
      return;
    }
    setBusy(true);
    setFault(null);
    const { phase, round } = link.get().known?.view ?? {};
    const first = round !== undefined && phase?.name !== "running" && !hasGiven(link, round);
    if (first) markGiven(link, round);
    void link.send(first ? { ...read, clientSeed: freshClientSeed() } : read).then((answer) => {
      setBusy(false);
      if (answer.ok) onDone();
      else {
        if (first) unmarkGiven(link, round);
        setFault(wordsFor(answer));
      }
    });
  };

  return (
    <form className="flex flex-col gap-4" onSubmit={submit} noValidate>
      <div className="grid grid-cols-2 gap-3">
        <Amount name="amount" label="First amount" defaultValue={String(amount)} inputMode="numeric" />
        <Amount name="target" label="Out at" defaultValue={target} inputMode="decimal" />
      </div>
      <After name="onWin" words="After a win, bet" factorX100={plan?.onWinX100 ?? null} />
      <After name="onLoss" words="After a loss, bet" factorX100={plan?.onLossX100 ?? null} />
      <div className="grid grid-cols-3 gap-3">
        <Amount
          name="rounds"
          label="Flights"
          defaultValue={plan?.rounds ?? ""}
          inputMode="numeric"
          placeholder={chips(ENDLESS_ROUNDS)}
        />
        <Amount
          name="stopLoss"
          label="Lose no more than"
          defaultValue={plan?.stopLoss ?? ""}
          inputMode="numeric"
          placeholder="none"
        />
        <Amount
          name="stopWin"
          label="Stop at a win of"
          defaultValue={plan?.stopWin ?? ""}
          inputMode="numeric"
          placeholder="none"
        />
      </div>
      <p className="label">It stops before a bet that could lose more than that in all, and once the win is reached.</p>
      <p role="alert" className="text-lost empty:hidden">
        {fault}
      </p>
      <button type="submit" className="btn btn-brass" disabled={busy} data-testid="strategy-start">
        {plan === null ? "Start the strategy" : "Start again"}
      </button>
    </form>
  );
}

function Amount(props: ComponentProps<typeof Field>) {
  return <Field {...props} className="numerals" autoComplete="off" data-testid={`strategy-${props.name}`} />;
}

type AfterProps = { readonly name: string; readonly words: string; readonly factorX100: number | null };

/** After a win or loss: reset to the first amount, or multiply the last one. */
function After({ name, words, factorX100 }: AfterProps) {
  const [grows, setGrows] = useState(factorX100 !== null);
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4">
      <legend className="label">{words}</legend>
      <label className="inline-choice">
        <input type="radio" name={`${name}How`} value="base" checked={!grows} onChange={() => setGrows(false)} />
        <span>the first amount</span>
      </label>
      <span className="inline-flex items-center gap-3">
        <label className="inline-choice">
          <input type="radio" name={`${name}How`} value="times" checked={grows} onChange={() => setGrows(true)} />
          <span>the last times</span>
        </label>
        <input
          className="field numerals w-20"
          name={name}
          inputMode="decimal"
          autoComplete="off"
          aria-label={`${words} the last times`}
          defaultValue={factorX100 === null ? "2.00" : (factorX100 / 100).toFixed(2)}
          disabled={!grows}
          data-testid={`strategy-${name}`}
        />
      </span>
    </fieldset>
  );
}
