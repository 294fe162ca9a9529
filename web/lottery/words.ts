import type { Config, Holding, Result, Started, Waiting } from "../../rooms/lottery/types.ts";
import { amount } from "../ui/format.ts";

/** Texts of the lottery: odds, times, how tickets are earned, and the state of a draw. Pure. */

const TENTHS = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const HUNDREDTHS = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

export type Odds = { readonly percent: string; readonly oneIn: string };

/** The chance of tickets with `weight` out of `whole`; null: none. */
export function oddsOf(weight: number, whole: number): Odds | null {
  if (weight <= 0 || whole <= 0) return null;
  if (weight >= whole) return { percent: "100%", oneIn: "every number is yours" };
  const percent = (100 * weight) / whole;
  const inAll = whole / weight;
  const inWords = inAll < 10 ? TENTHS.format(inAll) : amount(Math.round(inAll));
  return { percent: percentWords(percent), oneIn: inWords === "1" ? "nearly every number" : `1 in ${inWords}` };
}

/** Never rounds to 100% or to 0%. */
function percentWords(percent: number): string {
  if (percent < 0.01) return "under 0.01%";
  if (percent > 99.9) return "over 99.9%";
  return `${(percent < 1 ? HUNDREDTHS : TENTHS).format(percent)}%`;
}

/** "25%, 1 in 4". */
export function oddsWords(weight: number, whole: number): string {
  const odds = oddsOf(weight, whole);
  return odds === null ? "none" : `${odds.percent}, ${odds.oneIn}`;
}

/** Remaining time as on a clock: 1:23, 2 h 05 min, 3 days. */
export function clockWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  const minutes = Math.ceil(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${two(minutes % 60)} min` : `${Math.floor(hours / 24)} days`;
}

function two(n: number): string {
  return String(n).padStart(2, "0");
}

/** A duration as spoken: "2 minutes", "90 seconds", "3 hours". */
export function lengthWords(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  if (seconds < 120) return counted(seconds, "second");
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return counted(minutes, "minute");
  const hours = Math.round(minutes / 60);
  return hours < 48 ? counted(hours, "hour") : counted(Math.round(hours / 24), "day");
}

/** "1 ticket", "1,200 tickets". */
export function counted(n: number, what: string): string {
  return `${amount(n)} ${what}${n === 1 ? "" : "s"}`;
}

/** Converts parts of 10,000 to per cent: "1%". */
export function shareWords(share: number): string {
  return `${HUNDREDTHS.format(share / 100)}%`;
}

/** The main tables that earn tickets in this lottery. [L2] */
export function tablesOf({ games }: Pick<Config, "games">, makers: readonly string[]): readonly string[] {
  return makers.filter((game) => games.length === 0 || games.includes(game));
}

/** Where the next ticket can be earned: "at roulette, crash or dice". */
export function whereWords(config: Pick<Config, "games">, makers: readonly string[]): string {
  const tables = tablesOf(config, makers);
  const all = [tables.slice(0, -1).join(", "), ...tables.slice(-1)].filter((part) => part !== "").join(" or ");
  return all === "" ? "at a Hold\u2019em table that takes a rake" : `at ${all}`;
}

type Ways = Pick<Config, "weighting" | "capPerPlayer">;

/** How tickets are earned, and what they weigh. */
export function waysWords({ weighting, capPerPlayer }: Ways): string {
  const cap = amount(capPerPlayer);
  return weighting === "flat"
    ? `Every settled stake that the house earns by makes a ticket: at Hold\u2019em only where there is a rake. All weigh the same; ${cap} count for one player.`
    : `Every settled stake that the house earns by makes a ticket. It weighs what was staked; less where the house keeps less, as at crash. Hold\u2019em counts by its rake, and makes none where there is none. Up to ${cap} count for one player.`;
}

export type Said = { readonly title: string; readonly line: string };
type Rules = Pick<Config, "players" | "minPlayers" | "timeLimitMs">;

/** The state of the draw that collects tickets. [L1] [L3] */
export function waitingWords(rules: Rules, waiting: Waiting): Said {
  const { players: needed, minPlayers, timeLimitMs } = rules;
  const { tickets, players, endsAt, prize } = waiting;
  if (tickets === 0) {
    return {
      title: "Waiting for a ticket",
      line: `The first settled stake that makes one starts the clock: ${lengthWords(timeLimitMs)}.`,
    };
  }
  if (prize < 1) {
    return {
      title: "Gathering tickets",
      line: "The stakes do not make a prize of one chip yet; with the next ones it can start.",
    };
  }
  if (endsAt === null) {
    const short = players < minPlayers ? ` with ${counted(players, "player")}, and it takes ${amount(minPlayers)}` : "";
    return {
      title: "The tickets wait on",
      line: `Time was up${short}. Every ticket keeps its place, and the next one starts the clock anew.`,
    };
  }
  return {
    title: "Gathering tickets",
    line:
      players < minPlayers
        ? `At ${amount(needed)} players it starts at once. With fewer than ${amount(minPlayers)} when time is up, the tickets keep their places and wait on.`
        : `It starts when time is up, or at once with ${counted(needed, "player")}.`,
  };
}

/** A player's tickets in a draw; null: none. */
export function mineWords(mine: Holding | null): string | null {
  if (mine === null || mine.tickets === 0) return null;
  return `${counted(mine.tickets, "ticket")}, ${amount(mine.stake)} staked`;
}

/** Announced when a draw starts. */
export function startWords({ draw, tickets, prize, weight }: Started, mine: Holding | null): string {
  const own = mine === null ? "You have no ticket in it." : `Your odds: ${oddsWords(mine.weight, weight)}.`;
  return `Draw ${amount(draw)} has started: ${counted(tickets, "ticket")} for a prize of ${amount(prize)}. ${own}`;
}

/** Announced when the ring has stopped. `who`: "You" or the winner's name. */
export function resultWords({ draw, prize, number, weight }: Result, who: string, took: boolean): string {
  const lost = took && who !== "You" ? " It was not yours this time." : "";
  const won = `${who} won ${amount(prize)}`;
  return `Draw ${amount(draw)}: ${won}, with number ${amount(number)} of ${amount(weight)}.${lost}`;
}
