import { useId, type ComponentProps } from "react";

type Props = Omit<ComponentProps<"input">, "id"> & {
  readonly label: string;
  /** The unit shown after the input: "chips". */
  readonly unit?: string;
  /** Help shown before typing. */
  readonly hint?: string;
  /** The error message; null: none. Undefined: errors are shown elsewhere. */
  readonly fault?: string | null;
  /** Whether the error comes from a submission, not while typing: then it is read out. */
  readonly spoken?: boolean;
};

/** A text input with its label above and messages below. Other attributes go to the input. */
export function Field({ label, unit, hint, fault, spoken = false, className = "", ...input }: Props) {
  const id = useId();
  const told = [hint === undefined ? "" : `${id}-hint`, fault === undefined ? "" : `${id}-fault`].join(" ").trim();
  const line = (
    <input
      {...input}
      id={id}
      className={`field ${className}`}
      aria-invalid={fault === undefined ? input["aria-invalid"] : fault !== null}
      aria-describedby={told === "" ? undefined : told}
    />
  );
  return (
    <div className="flex flex-col justify-end gap-1">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {unit === undefined ? (
        line
      ) : (
        <span className="field-unit">
          {line}
          <span className="label">{unit}</span>
        </span>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="label">
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p id={`${id}-fault`} role={spoken ? "alert" : undefined} className="text-lost empty:hidden">
          {fault}
        </p>
      )}
    </div>
  );
}

/** A `Field` for a password. */
export function Secret(props: Omit<ComponentProps<typeof Field>, "type" | "required" | "maxLength">) {
  return <Field {...props} type="password" required maxLength={200} />;
}
