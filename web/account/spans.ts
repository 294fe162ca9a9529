import { day, moment } from "../ui/format.ts";
import type { Exclusion, Standing } from "./me.ts";

/** Spans of time away, in words. Pure but for the visitor's own calendar. */

const DAY_MS = 86_400_000;

/** When it would be over, if it began now. */
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

/** A break ends at an hour, a longer one on a day. */
export function endWords(exclusion: Exclusion, now: number): string {
  const end = endOf(exclusion, now);
  return exclusion.kind === "cool-off" ? moment(end) : day(end);
}

export function excludedWords({ kind, until }: NonNullable<Standing["excluded"]>): string {
  return kind === "cool-off"
    ? `You take a break until ${moment(until)}.`
    : `You keep yourself out until ${day(until)}.`;
}
