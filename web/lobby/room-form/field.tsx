import { useId } from "react";
import { Segments } from "../../ui/segments.tsx";
import { choiceWords, type Choice, type Option, type Whole } from "./option.ts";

type Props<Kind extends Option> = {
  readonly option: Kind;
  readonly text: string;
  readonly fault: string | undefined;
  readonly onChange: (text: string) => void;
};

/** The input for one option, by its kind. */
export function OptionField({ option, ...rest }: Props<Option>) {
  switch (option.kind) {
    case "whole":
      return <WholeField option={option} {...rest} />;
    case "choice":
      return <ChoiceField option={option} {...rest} />;
    case "switch":
      return <SwitchField option={option} {...rest} />;
    default:
      return option satisfies never;
  }
}

function WholeField({ option, text, fault, onChange }: Props<Whole>) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label className="label" htmlFor={id}>
        {option.title}
      </label>
      <span className="field-unit">
        <input
          id={id}
          className="field numerals"
          name={option.name}
          value={text}
          inputMode="decimal"
          autoComplete="off"
          aria-invalid={fault !== undefined}
          aria-describedby={`${id}-about ${id}-fault`}
          data-testid={`option-${option.name}`}
          onChange={(event) => onChange(event.target.value)}
        />
        {option.unit.word !== null && <span className="label">{option.unit.word}</span>}
      </span>
      <About id={id} words={option.description} fault={fault} />
    </div>
  );
}

function ChoiceField({ option, text, fault, onChange }: Props<Choice>) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1 room-form-wide" data-testid={`option-${option.name}`}>
      <Segments
        legend={option.title}
        name={option.name}
        choices={option.values.map((value) => [value, choiceWords(value)] as const)}
        value={text}
        onChange={onChange}
      />
      <About id={id} words={option.description} fault={fault} />
    </div>
  );
}

function SwitchField({ option, text, fault, onChange }: Props<Option>) {
  const id = useId();
  return (
    <div className="flex flex-col room-form-wide">
      <label className="flex min-h-11 items-center justify-between gap-4">
        <span>{option.title}</span>
        <input
          type="checkbox"
          className="switch shrink-0"
          name={option.name}
          checked={text === "true"}
          aria-describedby={`${id}-about`}
          data-testid={`option-${option.name}`}
          onChange={(event) => onChange(String(event.target.checked))}
        />
      </label>
      <About id={id} words={option.description} fault={fault} />
    </div>
  );
}

function About({
  id,
  words,
  fault,
}: {
  readonly id: string;
  readonly words: string;
  readonly fault: string | undefined;
}) {
  return (
    <>
      <p id={`${id}-about`} className="label room-form-about">
        {words}
      </p>
      <p id={`${id}-fault`} className="text-lost empty:hidden">
        {fault}
      </p>
    </>
  );
}
