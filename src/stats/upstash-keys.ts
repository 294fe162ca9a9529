import type { PlayerId } from "../../rooms/game.ts";
import type { Board, Change, Persona, Result, Totals } from "./model.ts";
import { roundOf, roundText } from "./upstash-batch.ts";

/** The keys in Redis, and how to read their values; upstash-scripts.ts describes and writes them. */

/** Prefix of every key, so that the database can be shared with other uses. */
export const PREFIX = "croupier:";

export const keys = {
  players: `${PREFIX}players`,
  personas: `${PREFIX}personas`,
  fresh: `${PREFIX}fresh`,
  seen: (player: PlayerId) => `${PREFIX}seen:${player}`,
  round: (room: string, round: number) => `${room} ${roundText(round)}`,
  results: (player: PlayerId, game: string | null) => `${PREFIX}results:${player}${game === null ? "" : `:${game}`}`,
  changes: (player: PlayerId) => `${PREFIX}changes:${player}`,
  sums: (player: string) => `${PREFIX}sums:${player}`,
  standings: (span: string) => `${PREFIX}standings:${span}`,
  board: (board: Board, span: string) => `${PREFIX}board:${board}:${span}`,
} as const;

export function resultOf(player: PlayerId, line: string, at: number): Result {
  const [room = "", round = "", staked, returned] = line.split(" ");
  const [game = ""] = room.split(":");
  return { player, room, game, round: roundOf(round), at, staked: Number(staked), returned: Number(returned) };
}

export function changeOf(player: PlayerId, entry: string, line: string): Change {
  const [amount, at, ...kind] = line.split(" ");
  return { player, entry: Number(entry), kind: kind.join(" "), amount: Number(amount), at: Number(at) };
}

export function personaOf(player: PlayerId, line: string): Persona {
  const [version, hidden, ...name] = line.split(" ");
  return { player, name: name.join(" "), hidden: hidden === "1", version: Number(version) };
}

export const NO_TOTALS: Totals = { rounds: 0, wagered: 0, returned: 0, won: 0, biggestWin: 0 };

export function totalsOf(text: string | null): Totals {
  const [rounds = 0, wagered = 0, returned = 0, won = 0, biggestWin = 0] = text?.split(" ").map(Number) ?? [];
  return { rounds, wagered, returned, won, biggestWin };
}

export const sumOf = (all: readonly Totals[]): Totals =>
  all.reduce(
    (sum, one) => ({
      rounds: sum.rounds + one.rounds,
      wagered: sum.wagered + one.wagered,
      returned: sum.returned + one.returned,
      won: sum.won + one.won,
      biggestWin: Math.max(sum.biggestWin, one.biggestWin),
    }),
    NO_TOTALS,
  );
