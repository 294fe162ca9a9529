import { day, moment } from "../ui/format.ts";
import type { Exclusion, Standing } from "./me.ts";

/** The lengths of breaks and exclusions in words. Pure except for the visitor's time zone. */

const DAY_MS = 86_400_000;

/** When an exclusion that starts now would end, epoch milliseconds. */
export function endOf(exclusion: Exclusion, now: number): number {
  if (exclusion.kind === "cool-off") return now + exclusion.days * DAY_MS;
  const end = new Date(now);
  end.setUTCMonth(end.getUTCMonth() + exclusion.months);
  return end.getTime();
}

/** "for a week", "for 5 years". */
export function spanWords(exclusion: Exclusion): string {
  if (exclusion.kind === "cool-off")
    return exclusion.days === 1 ? "for a day" : exclusion.days === 7 ? "for a week" : "for a month";
  return exclusion.months === 6 ? "for 6 months" : exclusion.months === 12 ? "for a year" : "for 5 years";
}

/** The end in words: a break ends at a time of day, a longer exclusion on a date. */
export function endWords(exclusion: Exclusion, now: number): string {
  const end = endOf(exclusion, now);
  return exclusion.kind === "cool-off" ? moment(end) : day(end);
}

export function excludedWords({ kind, until }: NonNullable<Standing["excluded"]>): string {
  return kind === "cool-off"
    ? `You take a break until ${moment(until)}.`
    : `You keep yourself out until ${day(until)}.`;
}
