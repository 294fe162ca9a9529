import { useState, type ComponentProps, type FormEvent } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { amount, signed } from "../ui/format.ts";
import { textOf } from "../ui/forms.ts";
import { useRest } from "../ui/rest.ts";
import { ask } from "./actions.ts";
import { autoWords, readAuto, ROUNDS_MAX } from "./auto-form.ts";
import { useSeat, useSeatedAt } from "./context.tsx";

/** Auto-repeat: the table repeats the last bets until a stop condition. It runs on the server, even with no page open. */
export function AutoDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { link } = useSeatedAt();
  const seat = useSeat();
  const auto = seat?.auto ?? null;
  const stop = (): void => {
    void ask(link, { type: "autoRepeat", rounds: 0 }).then((answer) => answer.ok && onClose());
  };
  const { attrs } = useRest(auto === null ? "start" : "stop");
  return (
    <Dialog open={open} onClose={onClose} title="Auto-repeat">
      <div {...attrs}>
        {auto === null ? (
          <AutoForm onDone={onClose} />
        ) : (
          <div className="flex flex-col gap-6">
            <p className="text-ivory-dim">The table repeats your last bets. It goes on when this page is closed.</p>
            <dl className="grid grid-cols-2 gap-4">
              <Fact words="Rounds left" value={amount(auto.left)} />
              <Fact words="Won or lost so far" value={signed(auto.net)} />
              {auto.stopLoss !== null && <Fact words="Loses no more than" value={amount(auto.stopLoss)} />}
              {auto.stopWin !== null && <Fact words="Stops at a win of" value={amount(auto.stopWin)} />}
            </dl>
            <button type="button" className="btn btn-brass" data-testid="auto-stop" onClick={stop}>
              Stop repeating
            </button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function Fact({ words, value }: { readonly words: string; readonly value: string }) {
  return (
    <div>
      <dt className="label">{words}</dt>
      <dd className="numerals font-display text-2xl">{value}</dd>
    </div>
  );
}

function AutoForm({ onDone }: { readonly onDone: () => void }) {
  const { link } = useSeatedAt();
  const seat = useSeat();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const bets = seat === null ? 0 : seat.staked > 0 ? seat.staked : seat.last.reduce((sum, one) => sum + one.amount, 0);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = readAuto((name) => textOf(form, name));
    if (typeof read === "string") {
      setFault(read);
      return;
    }
    setFault(null);
    setBusy(true);
    void ask(link, read).then((answer) => {
      setBusy(false);
      if (answer.ok) onDone();
    });
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={submit} noValidate>
      <p className="text-ivory-dim">{autoWords(bets)}</p>
      <Whole name="rounds" label="Rounds" defaultValue={10} hint={`At most ${amount(ROUNDS_MAX)}.`} />
      <Whole
        name="stopLoss"
        label="Lose no more than"
        hint="It stops before bets that could lose more than this in all. Leave empty for no limit."
      />
      <Whole
        name="stopWin"
        label="Stop when I have won"
        hint="It stops after the round that brings this much or more. Leave empty for no limit."
      />
      <p role="alert" className="text-lost empty:hidden">
        {fault}
      </p>
      <button type="submit" className="btn btn-brass" disabled={busy || bets === 0} data-testid="auto-start">
        Start repeating
      </button>
    </form>
  );
}

function Whole(props: ComponentProps<typeof Field>) {
  return <Field {...props} className="numerals" inputMode="numeric" autoComplete="off" />;
}
