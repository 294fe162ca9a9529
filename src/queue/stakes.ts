import type { Delivered } from "../../rooms/host/ports.ts";
import { countedOf } from "../../rooms/kernel/settlement.ts";
import { settingsOf, type Env } from "../env.ts";
import { readEvent, type StakeCreated } from "../events.ts";
import { roomStub } from "../objects/stubs.ts";
import { isPlayer, isRoom } from "./existence-cache.ts";
import { done, poison, retry, type Item, type Verdict } from "./verdict.ts";

/**
 * Turns stakes into lottery tickets: each event goes to every lottery of the settings, which deduplicates it. A stake is done
 * when all of them have stored it, or at once if it counts for nothing (LOTTERY_WEIGHT_BY).
 */
export async function takeStakes(env: Env, items: readonly Item[]): Promise<Verdict[]> {
  const { LOTTERIES, LOTTERY_WEIGHT_BY } = settingsOf(env);
  const verdicts = await Promise.all(items.map(async ({ body }) => examine(env, body)));
  const good = verdicts.flatMap((verdict) => ("stake" in verdict ? counted(verdict.stake, LOTTERY_WEIGHT_BY) : []));
  const refused = new Map<string, Verdict>();
  await Promise.all([...LOTTERIES.keys()].map(async (id) => hand(env, `lottery:${id}`, good, refused)));
  return verdicts.map((verdict) => ("stake" in verdict ? (refused.get(verdict.stake.id) ?? done) : verdict));
}

/** The event with its stake replaced by what it counts for; empty if that is 0. */
function counted(event: StakeCreated, by: "edge" | "stake"): StakeCreated[] {
  const { gainX10000, ...payload } = event.payload;
  const stake = by === "stake" || gainX10000 === undefined ? payload.stake : countedOf(payload.stake, gainX10000);
  return stake === 0 ? [] : [{ ...event, payload: { ...payload, stake } }];
}

/** Checks that the stake's room and player exist. With ROLE=lottery they belong to another house and are not checked. */
async function examine(env: Env, body: unknown): Promise<Verdict | { readonly stake: StakeCreated }> {
  const read = readEvent("stakes", body);
  if (!read.ok) return poison(read.code, read.message);
  const stake = read.event;
  const { player, room, game } = stake.payload;
  if (room !== stake.source || !room.startsWith(`${game}:`)) {
    return poison("bad_event", "payload.room: not the room that it comes from.");
  }
  if (settingsOf(env).ROLE === "lottery") return { stake };
  try {
    if (!(await isRoom(env, room))) return poison("unknown_room", `There is no room ${room}.`);
    if (!(await isPlayer(env, player))) return poison("unknown_player", `There is no player ${player}.`);
  } catch (error) {
    return retry(String(error));
  }
  return { stake };
}

/** Refusals that are temporary; with any other one the stake is poison. */
const PASSING: ReadonlySet<string> = new Set(["faulted", "internal"]);

/** Delivers the stakes to a lottery's room. Adds a verdict to `refused` for each one that it did not take. */
async function hand(
  env: Env,
  room: string,
  stakes: readonly StakeCreated[],
  refused: Map<string, Verdict>,
): Promise<void> {
  if (stakes.length === 0) return;
  let answers: Delivered[];
  try {
    answers = await roomStub(env, room).deliver(stakes.map(({ id, payload }) => ({ id, message: payload })));
  } catch (error) {
    for (const { id } of stakes) refused.set(id, retry(String(error)));
    return;
  }
  for (const [i, stake] of stakes.entries()) {
    const answer = answers[i] ?? { ok: false, code: "internal", message: `${room} did not say` };
    if (answer.ok || refused.get(stake.id)?.type === "poison") continue;
    const why = `${room}: ${answer.message}`;
    refused.set(stake.id, PASSING.has(answer.code) ? retry(why) : poison(answer.code, why));
  }
}
