/** How fast a room that a player made may play: what plays by itself costs the house writes with nobody there. */

/** The times that every round takes, whatever is played in it; the first is where a refusal is told. */
const TIMES: Readonly<Record<string, readonly [string, ...string[]]>> = {
  roulette: ["openMs", "closedMs", "spinMs", "settledMs"],
  crash: ["bettingMs", "pauseMs"],
  poker: ["pauseMs", "dealMs"],
};

/** The option and what is wrong with it, when its rounds are shorter than `leastMs`; null: they are not. */
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
