import type { Property } from "./games.ts";
import { unitOf, type Unit } from "./units.ts";

/** An option of a game's config as a form field. Pure. */

type Common = {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly advanced: boolean;
  /** The field's initial text. */
  readonly start: string;
};
export type Whole = Common & {
  readonly kind: "whole";
  readonly unit: Unit;
  readonly least: number;
  readonly most: number;
};
export type Choice = Common & { readonly kind: "choice"; readonly values: readonly string[] };
export type Switch = Common & { readonly kind: "switch" };
export type Option = Whole | Choice | Switch;

/** Null: this form cannot ask for the option, so the room gets the default. */
export function readOption(name: string, property: Property): Option | null {
  const { title, description, type, enum: values, minimum, maximum } = property;
  const fallback = property.default;
  const common = { name, title, description, advanced: property["x-advanced"] };
  if (type === "boolean" && typeof fallback === "boolean")
    return { ...common, kind: "switch", start: String(fallback) };
  if (type === "string" && values !== undefined && typeof fallback === "string")
    return { ...common, kind: "choice", values, start: fallback };
  if (type !== "integer" || typeof fallback !== "number") return null;
  const unit = unitOf(name);
  const { MIN_SAFE_INTEGER: lowest, MAX_SAFE_INTEGER: highest } = Number;
  const limits = { least: minimum ?? lowest, most: maximum ?? highest };
  return { ...common, kind: "whole", unit, ...limits, start: unit.write(fallback) };
}

export type Read = { readonly value: string | number | boolean } | { readonly fault: string };

/** Parses a field's text, with the server's limits. */
export function readField(option: Option, text: string): Read {
  if (option.kind === "switch") return { value: text === "true" };
  if (option.kind === "choice")
    return option.values.includes(text) ? { value: text } : { fault: "Choose one of these." };
  const value = option.unit.read(text);
  if (value === null || value < option.least || value > option.most) {
    return { fault: option.unit.fault(text) ?? limitsOf(option) };
  }
  return { value };
}

/** The field's range in words: "From 2 to 9 seats". */
export function limitsOf({ unit, least, most }: Whole): string {
  const word = unit.word ?? "";
  // A symbol follows each number, a word only the last one.
  if (!/^[a-z]/.test(word)) return `From ${unit.show(least)}${word} to ${unit.show(most)}${word}.`;
  return `From ${unit.show(least)} to ${unit.show(most)} ${word}.`;
}

/** "underTheGun" as "Under the gun". */
export function choiceWords(value: string): string {
  const words = value.replaceAll(/([A-Z])/g, " $1").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export type Order =
  | { readonly config: Readonly<Record<string, string | number | boolean>> }
  | { readonly faults: Readonly<Record<string, string>> };

/** The options that differ from the defaults, or error messages by field. */
export function readForm(options: readonly Option[], texts: Readonly<Record<string, string>>): Order {
  const config: Record<string, string | number | boolean> = {};
  const faults: Record<string, string> = {};
  for (const option of options) {
    const text = texts[option.name] ?? option.start;
    if (text === option.start) continue;
    const read = readField(option, text);
    if ("fault" in read) faults[option.name] = read.fault;
    else config[option.name] = read.value;
  }
  return Object.keys(faults).length > 0 ? { faults } : { config };
}

/** The key of errors that belong to no single field. */
export const WHOLE_FORM = "";

/** Maps the server's `fields` to the form's: `config.minStake` to `minStake`; other names become errors of the whole form. */
export function faultsOf(
  options: readonly Option[],
  fields: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields).map(([path, words]) => {
      const name = path.replace(/^config\./, "");
      const known = options.some((option) => option.name === name);
      return [known ? name : WHOLE_FORM, inWords(options, words)];
    }),
  );
}

function inWords(options: readonly Option[], text: string): string {
  const words = text.replaceAll(/[A-Za-z0-9]+/g, (word) => {
    const option = options.find(({ name }) => name === word);
    return option === undefined ? word : `\u201c${option.title}\u201d`;
  });
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
