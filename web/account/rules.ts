import { readNumber } from "../ui/number.ts";
import type { Limits, Standing } from "./me.ts";

/** The limits as form fields, and when a change takes effect. Pure. */

export type LimitName = keyof Limits;
export type LimitField = {
  readonly name: LimitName;
  readonly title: string;
  readonly unit: "chips" | "minutes";
  readonly about: string;
  readonly least: number;
  readonly most: number;
};

export const FIELDS: readonly LimitField[] = [
  {
    name: "lossPerDay",
    title: "Most I may lose in a day",
    unit: "chips",
    about: "Staked less won. Chips that lie on a table count as lost until they come back.",
    least: 0,
    most: 1_000_000_000_000,
  },
  {
    name: "stakePerDay",
    title: "Most I may stake in a day",
    unit: "chips",
    about: "All bets of the day together, however much comes back.",
    least: 0,
    most: 1_000_000_000_000,
  },
  {
    name: "sessionMinutes",
    title: "Longest time at the tables",
    unit: "minutes",
    about: "After it comes a pause of a quarter of an hour.",
    least: 5,
    most: 1_440,
  },
  {
    name: "realityCheckMinutes",
    title: "Remind me every",
    unit: "minutes",
    about: "How long you have played, and what came of it.",
    least: 1,
    most: 1_440,
  },
];

export function startOf(value: number | null): string {
  return value === null ? "" : String(value);
}

/** Parses a field. Null for an empty one: no limit. Undefined: not a valid limit. */
export function readLimit(field: LimitField, text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const { value } = readNumber(text, { whole: true });
  return value !== null && value >= field.least && value <= field.most ? value : undefined;
}

/** When a change takes effect: a lower limit now, a higher one or none after a day. The reminder always changes now. */
export function effectOf(name: LimitName, before: number | null, after: number | null): "none" | "now" | "later" {
  if (before === after) return "none";
  if (name === "realityCheckMinutes") return "now";
  return after !== null && (before === null || after < before) ? "now" : "later";
}

export type Changes =
  { readonly changes: Partial<Limits> } | { readonly faults: Readonly<Partial<Record<LimitName, string>>> };

/**
 * The fields that were edited and differ from the limit in force. Untouched fields are not sent, so that their pending changes
 * stay pending.
 */
export function readChanges(now: Limits, texts: Readonly<Partial<Record<LimitName, string>>>): Changes {
  const changes: Partial<Limits> = {};
  const faults: Partial<Record<LimitName, string>> = {};
  for (const field of FIELDS) {
    const text = texts[field.name];
    if (text === undefined) continue;
    const value = readLimit(field, text);
    if (value === undefined) faults[field.name] = readNumber(text, { whole: true }).fault ?? rangeWords(field);
    else if (value !== now[field.name]) changes[field.name] = value;
  }
  return Object.keys(faults).length > 0 ? { faults } : { changes };
}

function rangeWords({ least, most, unit }: LimitField): string {
  const [low, high] = [least, most].map((one) => one.toLocaleString("en-US"));
  return `From ${low} to ${high} ${unit}, or empty for no limit.`;
}

/** The used part of a limit, from 0 to 1; null: no limit. A limit of 0 is fully used. */
export function partUsed(used: number, limit: number | null): number | null {
  if (limit === null) return null;
  return limit === 0 ? 1 : Math.min(1, Math.max(0, used) / limit);
}

/** "5,000 chips", "no limit". */
export function limitWords(field: LimitField, value: number | null): string {
  if (value === null) return field.name === "realityCheckMinutes" ? "no reminder" : "no limit";
  return `${value.toLocaleString("en-US")} ${field.unit}`;
}

/** One line for each pending limit. */
export function pendingWords({ pending }: Pick<Standing, "pending">): readonly string[] {
  if (pending === null) return [];
  return FIELDS.flatMap((field) => {
    const value = pending.limits[field.name];
    return value === undefined ? [] : [`${field.title}: ${limitWords(field, value)}`];
  });
}
