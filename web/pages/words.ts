/** Texts shared by the statistics pages. Pure. */

/** "2 s ago", "4 min ago", "3 h ago", "2 days ago". */
export function ago(at: number, now: number): string {
  return `${span(Math.max(0, now - at))} ago`;
}

/** A short duration: "0.4 s", "12 s", "4 min", "3 h", "2 days". */
export function span(ms: number): string {
  if (ms < 1_000) return `${(Math.round(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`;
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** `2026-11-27` as 27 November. */
export function dayWords(day: string): string {
  return DAY.format(Date.parse(`${day}T00:00:00Z`));
}

/** `2026-11-27` as 27 Nov. */
export function shortDay(day: string): string {
  return SHORT_DAY.format(Date.parse(`${day}T00:00:00Z`));
}

/** "1 round", "2 rounds". */
export function counted(howMany: number, what: string): string {
  return `${howMany.toLocaleString("en-US")} ${what}${howMany === 1 ? "" : "s"}`;
}

/** A fraction in whole per cent; "" if the whole is 0. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? "" : `${Math.round((part / whole) * 100)} %`;
}

/** Time of day with seconds in the visitor's time zone: 21:04:12. */
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
export function clock(at: number): string {
  return CLOCK.format(at);
}
