/** Limits how fast the rounds of a player's room may run: rounds that play by themselves cost writes even with nobody present. */

/** The options that set the least time of a round. A refusal names the first one. */
const TIMES: Readonly<Record<string, readonly [string, ...string[]]>> = {
  roulette: ["openMs", "closedMs", "spinMs", "settledMs"],
  crash: ["bettingMs", "pauseMs"],
  poker: ["pauseMs", "dealMs"],
};

/** The option and an error message, when a round is shorter than `leastMs`; null: it is long enough. */
export function tooFast(
  game: string,
  config: object,
  leastMs: number,
): readonly [option: string, words: string] | null {
  const times = TIMES[game];
  if (times === undefined) return null;
  const sum = Object.entries(config).reduce(
    (ms, [name, value]) => (times.includes(name) && typeof value === "number" ? ms + value : ms),
    0,
  );
  const names = times.map((name) => `\`${name}\``).join(" + ");
  return sum >= leastMs ? null : [times[0], `Here a round takes at least ${leastMs} ms: ${names} are ${sum}.`];
}
