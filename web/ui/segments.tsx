import type { ReactNode } from "react";

type Props<Value extends string> = {
  /** The name of the choice, also for screen readers. */
  readonly legend: string;
  readonly name: string;
  readonly choices: readonly (readonly [value: Value, label: ReactNode])[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Whether the legend is only for screen readers. */
  readonly quiet?: boolean;
};

/** A choice of a few options side by side. Arrow keys move between them. */
export function Segments<Value extends string>({
  legend,
  name,
  choices,
  value,
  onChange,
  quiet = false,
}: Props<Value>) {
  return (
    <fieldset className="min-w-0">
      <legend className={quiet ? "sr-only" : "label mb-1"}>{legend}</legend>
      <div className="segments">
        {choices.map(([one, label]) => (
          <label key={one}>
            <input type="radio" name={name} value={one} checked={one === value} onChange={() => onChange(one)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
