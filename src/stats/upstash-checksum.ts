import * as z from "zod";
import type { PlayerId } from "../../rooms/game.ts";
import { balanceLine, changeLine, Checksum, personaLine, resultLine, totalLine } from "./checksum.ts";
import { DAY_MS, dayOf } from "./model.ts";
import { changeOf, keys, personaOf, resultOf, totalsOf } from "./upstash-keys.ts";
import type { Store } from "./upstash-store.ts";

/** The most players in one round trip, and the most results of one player. */
const PLAYERS = 100;
const RESULTS = 5_000;

const texts = z.array(z.string());
const page = z.tuple([z.string(), texts]);
const aboutPlayer = z.tuple([z.string().nullable(), texts, texts, texts, z.number()]);

/** The checksum of the whole model, read player by player: facts that are projected meanwhile may be in it in part. */
export async function checksumOf(store: Store): Promise<{ readonly sum: string; readonly facts: number }> {
  const checksum = new Checksum();
  let facts = 0;
  const fact = (line: string): void => {
    checksum.add(line);
    facts += 1;
  };
  const seen = new Set<string>();
  let cursor = "0";
  do {
    const answer = await store.ask(async (redis) => redis.sscan(keys.players, cursor, { count: PLAYERS }));
    const [next, rows] = page.parse(answer);
    cursor = next;
    // SSCAN may return a player twice.
    const players = rows.filter((player) => !seen.has(player)) as PlayerId[]; // as they were written
    for (const player of players) seen.add(player);
    for (let from = 0; from < players.length; from += PLAYERS)
      await addPlayers(store, players.slice(from, from + PLAYERS), checksum, fact);
  } while (cursor !== "0");
  return { sum: checksum.hex, facts };
}

async function addPlayers(
  store: Store,
  players: readonly PlayerId[],
  checksum: Checksum,
  fact: (line: string) => void,
): Promise<void> {
  const answers = await store.ask(async (redis) => {
    const asked = redis.pipeline();
    for (const player of players) {
      asked.hget(keys.personas, player);
      asked.hgetall(keys.changes(player));
      asked.hgetall(keys.sums(player));
      asked.zrange(keys.results(player, null), 0, RESULTS - 1, { withScores: true });
      asked.hexists(keys.standings("all"), player);
    }
    return asked.exec<unknown[]>();
  });
  for (const [i, player] of players.entries()) {
    const [persona, changes, sums, results, stands] = aboutPlayer.parse(answers.slice(i * 5, i * 5 + 5));
    if (persona !== null) fact(personaLine(personaOf(player, persona)));
    for (const [entry, line] of pairs(changes)) fact(changeLine(changeOf(player, entry, line)));
    for (const [field, value] of pairs(sums)) {
      const [day = "", game] = field.split(" ");
      if (day === "balance") {
        if (stands === 1) checksum.add(balanceLine(player, Number(value)));
      } else if (game !== undefined && day !== "all")
        checksum.add(totalLine(player, game, dayOf(Number(day) * DAY_MS), totalsOf(value)));
    }
    let some = results;
    for (let from = RESULTS; some.length > 0; from += RESULTS) {
      for (const [line, at] of pairs(some)) fact(resultLine(resultOf(player, line, Number(at))));
      if (some.length < 2 * RESULTS) break;
      const more = await store.ask(async (redis) =>
        redis.zrange(keys.results(player, null), from, from + RESULTS - 1, { withScores: true }),
      );
      some = texts.parse(more);
    }
  }
}

/** Pairs up Redis' flat list of alternating keys and values. */
const pairs = (flat: readonly string[]): (readonly [string, string])[] =>
  Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? "", flat[2 * i + 1] ?? ""] as const);
