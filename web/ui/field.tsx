import { useId, type ComponentProps } from "react";

type Props = Omit<ComponentProps<"input">, "id"> & {
  readonly label: string;
  /** In what it is counted, behind it: "chips". */
  readonly unit?: string;
  /** What one should know before one writes. */
  readonly hint?: string;
  /** What is wrong with it; null: nothing. Left out: that is told elsewhere. */
  readonly fault?: string | null;
  /** The fault comes as an answer, not while one writes: it is read out. */
  readonly spoken?: boolean;
};

/** One line to write in, with its label above and what there is to say of it below. Other attributes are the input's. */
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

/** As `Field`, for a password. */
export function Secret(props: Omit<ComponentProps<typeof Field>, "type" | "required" | "maxLength">) {
  return <Field {...props} type="password" required maxLength={200} />;
}
