import { DAY_MS, dayOf, rangeOf, spanOf, weekOf, type Facts } from "./model.ts";

/** The input of the script PROJECT (upstash-scripts.ts), passed as JSON text. */
export type Batch = {
  readonly now: number;
  readonly lag: number;
  /** The spans whose boards are kept, and their TTL in seconds; 0: for ever. */
  readonly live: readonly (readonly [span: string, seconds: number])[];
  /** For each day with a result: the live spans that it is in. */
  readonly spans: Readonly<Record<string, readonly string[]>>;
  readonly changes: readonly (readonly [...[string, number, number, number, string, string]])[];
  readonly results: readonly (readonly [...[string, string, string, number, number, number, string, string, 0 | 1]])[];
  readonly personas: readonly (readonly [string, string, 0 | 1, number])[];
};

/** Facts in one script run. Lua's `unpack` is limited to about 8,000 values; a fact needs at most two. */
const CHUNK = 1_000;

/** The board of a past day or week is kept for two days. Results that come later than a day after its end are not added to it. */
const KEPT_MS = 2 * DAY_MS;
/** How far a room's clock may be ahead of this one. */
const AHEAD_MS = 300_000;

/** The batches of a projection: one for up to `CHUNK` facts. */
export function batchesOf({ results, changes, personas }: Facts, now: number): Batch[] {
  const oldest = Math.min(now, ...results.map(({ at }) => at), ...changes.map(({ at }) => at));
  const live = liveSpans(now);
  const count = Math.ceil((results.length + changes.length + personas.length) / CHUNK);
  const cut = <T>(items: readonly T[], i: number): readonly T[] =>
    items.slice(Math.floor((items.length * i) / count), Math.floor((items.length * (i + 1)) / count));
  return Array.from({ length: count }, (_, i) => ({
    now,
    lag: now - oldest,
    live,
    spans: spansOf(
      cut(results, i).map(({ at }) => at),
      new Set(live.map(([span]) => span)),
    ),
    changes: cut(changes, i).map((one) => [one.player, one.entry, one.amount, one.at, one.kind, dayText(one.at)]),
    results: cut(results, i).map((one) => [
      one.player,
      one.room,
      roundText(one.round),
      one.at,
      one.staked,
      one.returned,
      one.game,
      dayText(one.at),
      one.apart === true ? 1 : 0,
    ]),
    personas: cut(personas, i).map((one) => [one.player, one.name.toWellFormed(), one.hidden ? 1 : 0, one.version]),
  }));
}

/** Days since 1970, as text. */
export const dayText = (at: number): string => String(Math.floor(at / DAY_MS));

/** The number in decimal, prefixed with its length as one base-36 digit, so that texts sort like the numbers. */
export const roundText = (round: number): string => `${String(round).length.toString(36)}${round}`;
export const roundOf = (text: string): number => Number(text.slice(1));

function liveSpans(now: number): Batch["live"] {
  const ends = new Map<string, number>();
  for (const at of [now - DAY_MS, now, now + AHEAD_MS])
    for (const period of ["day", "week"] as const) ends.set(spanOf(period, at), rangeOf(period, at).to);
  return [["all", 0], ...[...ends].map(([span, end]) => [span, Math.ceil((end + KEPT_MS - now) / 1_000)] as const)];
}

function spansOf(times: readonly number[], live: ReadonlySet<string>): Batch["spans"] {
  const days = new Map(times.map((at) => [dayText(at), at]));
  return Object.fromEntries(
    [...days].map(([day, at]) => [day, ["all", dayOf(at), weekOf(at)].filter((span) => live.has(span))]),
  );
}
