import type { PlayerId } from "../../rooms/game.ts";
import type { Env } from "../env.ts";
import { readEvent } from "../events.ts";
import { isPlayerId } from "../api/auth/random.ts";
import { step } from "../steps.ts";
import { playerStub, promotionsStub } from "../objects/stubs.ts";
import { done, poison, retry, type Item, type Verdict } from "./verdict.ts";

/**
 * Consumes awards: each is approved out of the lottery's budget, then credited to the player's ledger, both idempotent by the
 * award's id. If the Worker dies between the two, the next delivery completes the award.
 */
export async function takeAwards(env: Env, items: readonly Item[]): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  // One after another: two awards of a lottery share its budget, and their order should decide which one fits, not chance.
  for (const { body } of items) verdicts.push(await take(env, body));
  return verdicts;
}

async function take(env: Env, body: unknown): Promise<Verdict> {
  const read = readEvent("awards", body);
  if (!read.ok) return poison(read.code, read.message);
  const { id: event, payload } = read.event;
  const { award, lottery, draw, player, amount } = payload;
  if (!isPlayerId(player)) return poison("unknown_player", `There is no player ${player}.`);
  const id: PlayerId = player;
  try {
    const promotions = promotionsStub(env);
    const approved = await promotions.approve({ award, lottery, draw, player: id, amount });
    if (!approved.ok) return poison(approved.code, approved.message);
    if (!approved.paid) {
      await step(env, "awards.approved");
      const credited = await playerStub(env, id).award({ id: award, lottery, amount });
      if (!credited.ok) {
        await promotions.cancel(award);
        return poison(credited.code, `Player ${player}: ${credited.code}.`);
      }
    }
    await step(env, "awards.credited");
    await promotions.paid(award, event);
    await step(env, "awards.paid");
    return done;
  } catch (error) {
    return retry(String(error));
  }
}
