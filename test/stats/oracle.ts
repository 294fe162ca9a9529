import type { PlayerId } from "../../rooms/game.ts";
import { balanceLine, changeLine, Checksum, personaLine, resultLine, totalLine } from "../../src/stats/checksum.ts";
import {
  DAY_MS,
  STREAK_ROUNDS,
  dayOf,
  rangeOf,
  windowAround,
  type Board,
  type BoardPage,
  type Change,
  type Day,
  type Facts,
  type Freshness,
  type HistoryPage,
  type Line,
  type Period,
  type Persona,
  type Place,
  type ReadModel,
  type Result,
  type Stats,
  type Streaks,
  type Totals,
} from "../../src/stats/model.ts";

/** The read model as its doc comments say it, and no faster: every answer is worked out anew from the list of all facts. */
export class Oracle implements ReadModel {
  readonly #results = new Map<string, Result>();
  readonly #changes = new Map<string, Change>();
  readonly #personas = new Map<PlayerId, Persona>();
  #freshness: Freshness = { projectedAt: null, lagMs: 0 };

  async project({ results, changes, personas }: Facts, now: number): Promise<void> {
    for (const one of results) this.#results.set(JSON.stringify([one.player, one.room, one.round]), one);
    for (const one of changes) this.#changes.set(JSON.stringify([one.player, one.entry]), one);
    for (const one of personas)
      if (one.version > (this.#personas.get(one.player)?.version ?? -1)) this.#personas.set(one.player, one);
    const oldest = Math.min(now, ...results.map(({ at }) => at), ...changes.map(({ at }) => at));
    if (now >= (this.#freshness.projectedAt ?? 0)) this.#freshness = { projectedAt: now, lagMs: now - oldest };
  }

  async stats(player: PlayerId, period: Period, game: string | null, now: number): Promise<Stats> {
    const { from, to } = rangeOf(period, now);
    const played = this.#of(player, game).filter(({ at }) => at >= from && at < to);
    const games = [...new Set(played.map((one) => one.game))];
    return {
      total: sums(played),
      games: Object.fromEntries(games.map((game) => [game, sums(played.filter((one) => one.game === game))])),
      streaks: streaks(played.toSorted(byPlace).slice(-STREAK_ROUNDS)),
    };
  }

  async days(player: PlayerId, days: number, now: number): Promise<readonly Day[]> {
    const played = this.#of(player, null);
    const firstAt = Math.min(...played.map(({ at }) => at), ...this.#changesOf(player).map(({ at }) => at));
    const today = rangeOf("day", now).from;
    const all = Array.from({ length: days }, (_, i) => today - (days - 1 - i) * DAY_MS);
    return all
      .filter((from) => from + DAY_MS > firstAt)
      .map((from) => ({
        day: dayOf(from),
        balance: this.#balance(player, from + DAY_MS),
        ...sums(played.filter(({ at }) => dayOf(at) === dayOf(from))),
      }));
  }

  async history(player: PlayerId, game: string | null, before: Place | null, limit: number): Promise<HistoryPage> {
    const below = this.#of(player, game)
      .filter((one) => before === null || byPlace(one, before) < 0)
      .toSorted(byPlace)
      .toReversed();
    // Where it was played is told by the room.
    const results = below.slice(0, limit).map((one): Result => {
      const { player, room, game: of, round, at, staked, returned } = one;
      return { player, room, game: of, round, at, staked, returned };
    });
    const last = results.at(-1);
    const next = last && below.length > limit ? { at: last.at, room: last.room, round: last.round } : null;
    return { results, next };
  }

  async board(board: Board, period: Period, limit: number, around: PlayerId | null, now: number): Promise<BoardPage> {
    const { from, to } = rangeOf(period, now);
    const played = [...this.#results.values()].filter(({ at, apart }) => at >= from && at < to && apart !== true);
    const players = [...new Set(played.map(({ player }) => player))];
    const shown = players.filter((player) => !this.#hidden(player));
    const ranked = players
      .filter((player) => !this.#hidden(player) || player === around)
      .map((player) => ({ player, value: this.#value(board, player, played) }))
      .toSorted((a, b) => b.value - a.value || compare(a.player, b.player));
    const lines = ranked.map(({ player, value }): Line => {
      const name = this.#personas.get(player)?.name ?? player;
      return { rank: 1 + ranked.filter((other) => other.value > value).length, player, name, value };
    });
    const place = lines.findIndex(({ player }) => player === around);
    if (around !== null && place < 0) return { lines: [], players: shown.length };
    const first = around === null ? 0 : windowAround(place, lines.length, limit);
    return { lines: lines.slice(first, first + limit), players: shown.length };
  }

  async has(player: PlayerId, room: string, round: number): Promise<boolean> {
    return this.#results.has(JSON.stringify([player, room, round]));
  }

  async freshness(): Promise<Freshness> {
    return this.#freshness;
  }

  async checksum(): Promise<{ sum: string; facts: number }> {
    const players = new Set([...this.#results.values()].map(({ player }) => player));
    const facts = [
      ...[...this.#results.values()].map(resultLine),
      ...[...this.#changes.values()].filter(({ player }) => players.has(player)).map(changeLine),
      ...[...this.#personas.values()].filter(({ player }) => players.has(player)).map(personaLine),
    ];
    const checksum = new Checksum();
    for (const line of facts) checksum.add(line);
    for (const player of players) {
      if (this.#of(player, null).some(({ apart }) => apart !== true))
        checksum.add(balanceLine(player, this.#boardBalance(player)));
      const days = Map.groupBy(this.#of(player, null), ({ game, at }) => `${game} ${dayOf(at)}`);
      for (const [key, played] of days) {
        const [game = "", day = ""] = key.split(" ");
        checksum.add(totalLine(player, game, day, sums(played)));
      }
    }
    return { sum: checksum.hex, facts: facts.length };
  }

  async known(): Promise<{ players: readonly PlayerId[]; next: null }> {
    return { players: [...this.#personas.keys()], next: null };
  }

  async clear(): Promise<void> {
    this.#results.clear();
    this.#changes.clear();
    this.#personas.clear();
    this.#freshness = { projectedAt: null, lagMs: 0 };
  }

  async ping(): Promise<void> {}

  #of(player: PlayerId, game: string | null): Result[] {
    return [...this.#results.values()].filter((one) => one.player === player && (game === null || one.game === game));
  }

  #changesOf(player: PlayerId): Change[] {
    return [...this.#changes.values()].filter((one) => one.player === player);
  }

  #hidden(player: PlayerId): boolean {
    return this.#personas.get(player)?.hidden ?? false;
  }

  /** By all that happened before `until`. */
  #balance(player: PlayerId, until: number): number {
    const gains = this.#of(player, null).map((one) => ({ at: one.at, amount: profit(one) }));
    return [...gains, ...this.#changesOf(player)]
      .filter(({ at }) => at < until)
      .reduce((sum, { amount }) => sum + amount, 0);
  }

  /** Without what was won and lost at players' own tables. */
  #boardBalance(player: PlayerId): number {
    const apart = this.#of(player, null).filter((one) => one.apart === true);
    return this.#balance(player, Infinity) - apart.reduce((sum, one) => sum + profit(one), 0);
  }

  #value(board: Board, player: PlayerId, played: readonly Result[]): number {
    if (board === "balance") return this.#boardBalance(player);
    const { wagered, returned, biggestWin } = sums(played.filter((one) => one.player === player));
    return { profit: returned - wagered, wagered, "biggest-win": biggestWin }[board];
  }
}

const profit = ({ staked, returned }: Result): number => returned - staked;

const sums = (played: readonly Result[]): Totals => ({
  rounds: played.length,
  wagered: played.reduce((sum, { staked }) => sum + staked, 0),
  returned: played.reduce((sum, { returned }) => sum + returned, 0),
  won: played.filter((one) => profit(one) > 0).length,
  biggestWin: Math.max(0, ...played.map(profit)),
});

function streaks(played: readonly Result[]): Streaks {
  let [current, longestWon, longestLost] = [0, 0, 0];
  for (const sign of played.map((one) => Math.sign(profit(one))).filter((sign) => sign !== 0)) {
    current = Math.sign(current) === sign ? current + sign : sign;
    longestWon = Math.max(longestWon, current);
    longestLost = Math.max(longestLost, -current);
  }
  return { current, longestWon, longestLost };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byPlace = (a: Place, b: Place): number => a.at - b.at || compare(a.room, b.room) || a.round - b.round;
