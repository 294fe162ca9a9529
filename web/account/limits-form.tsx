import { useState, type FormEvent } from "react";
import type { Player } from "../api/shapes.ts";
import { announce } from "../ui/announce.tsx";
import { Field } from "../ui/field.tsx";
import { setLimits, type Limits } from "./me.ts";
import { effectOf, FIELDS, readChanges, readLimit, startOf, type LimitField, type LimitName } from "./rules.ts";
import { useAction } from "./use-action.ts";
import { Fault } from "./who.tsx";

type Props = { readonly player: Player; readonly limits: Limits };

/** The four limits. While a limit is being edited, it shows when the change takes effect. */
export function LimitsForm({ player, limits }: Props) {
  const [texts, setTexts] = useState<Readonly<Partial<Record<LimitName, string>>>>({});
  const [faults, setFaults] = useState<Readonly<Partial<Record<LimitName, string>>>>({});
  const [line, setLine] = useState<string | null>(null);
  const { busy, error, fields, run } = useAction();
  const read = readChanges(limits, texts);
  const touched = "faults" in read || Object.keys(read.changes).length > 0;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if ("faults" in read) {
      setFaults(read.faults);
      return;
    }
    const { changes } = read;
    const sent: Readonly<Record<string, string | undefined>> = texts;
    void run(() => setLimits(player.id, changes)).then((done) => {
      if (!done) return;
      // Keep what was typed while the request was under way.
      setTexts((later) => Object.fromEntries(Object.entries(later).filter(([name, text]) => text !== sent[name])));
      const words = savedWords(limits, changes);
      setLine(words);
      announce(words);
    });
  };
  return (
    <form className="flex flex-col gap-5" onSubmit={submit} noValidate data-testid="limits-form">
      <div className="account-fields">
        {FIELDS.map((field) => (
          <Limit
            key={field.name}
            field={field}
            now={limits[field.name]}
            text={texts[field.name]}
            fault={faults[field.name] ?? fields[field.name]}
            onChange={(text) => {
              setLine(null);
              setFaults({});
              setTexts((before) => ({ ...before, [field.name]: text }));
            }}
          />
        ))}
      </div>
      <Fault text={error} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <button type="submit" className="btn btn-brass" disabled={busy || !touched} data-testid="limits-save">
          Save my limits
        </button>
        <p className="text-ivory-dim empty:hidden">{line}</p>
      </div>
    </form>
  );
}

type LimitProps = {
  readonly field: LimitField;
  readonly now: number | null;
  /** Undefined: not edited. */
  readonly text: string | undefined;
  readonly fault: string | undefined;
  readonly onChange: (text: string) => void;
};

function Limit({ field, now, text, fault, onChange }: LimitProps) {
  const { name, title, unit, about } = field;
  return (
    <Field
      className="numerals"
      name={name}
      label={title}
      unit={unit}
      value={text ?? startOf(now)}
      placeholder={name === "realityCheckMinutes" ? "no reminder" : "no limit"}
      inputMode="numeric"
      autoComplete="off"
      hint={text === undefined ? about : (effectWords(field, now, text) ?? about)}
      fault={fault ?? null}
      data-testid={`limit-${name}`}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function effectWords(field: LimitField, now: number | null, text: string): string | null {
  const value = readLimit(field, text);
  if (value === undefined) return null;
  switch (effectOf(field.name, now, value)) {
    case "now":
      return "Counts as soon as you save it.";
    case "later":
      return "Counts a day after you save it; until then the one you have.";
    default:
      return null;
  }
}

function savedWords(before: Limits, changes: Partial<Limits>): string {
  const effects = FIELDS.flatMap(({ name }) => {
    const after = changes[name];
    return after === undefined ? [] : [effectOf(name, before[name], after)];
  });
  if (!effects.includes("later")) return "Saved. It counts from now on.";
  return effects.includes("now") ? "Saved. What is lower counts now, the rest in a day." : "Saved. It counts in a day.";
}
