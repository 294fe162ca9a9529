import type { Ms } from "../game.ts";

export type Utc = {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** "09:05:00". */
  readonly time: string;
};

const DAY_MS = 86_400_000;

/** An instant's day and time in UTC, by the proleptic Gregorian calendar; rules have no clock of their own. */
export function utcOf(at: Ms): Utc {
  const days = Math.floor(at / DAY_MS);
  // Years begin in March here, so that a leap day is the last of its year; 400 of them are an era of 146,097 days.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const seconds = Math.floor((at - days * DAY_MS) / 1_000);
  const time = [seconds / 3_600, (seconds / 60) % 60, seconds % 60]
    .map((part) => String(Math.floor(part)).padStart(2, "0"))
    .join(":");
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    time,
  };
}
