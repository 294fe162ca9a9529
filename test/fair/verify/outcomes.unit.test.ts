import Ajv from "ajv";
import { expect, test } from "vitest";
import { namedView } from "../../../rooms/kit/names.ts";
import { games } from "../../../rooms/games.ts";
import { OUTCOMES } from "../../../src/api/docs/frames.gen.ts";
import { PLAYED } from "./played.ts";
import { playHands } from "./poker-habit.ts";

/** What the OpenAPI document says of a round's outcome, held against rounds that are played. */

/** A hand's cards come from decks, so it is played in a way of its own. */
function recordsOf(name: string): readonly { readonly outcome: unknown }[] {
  if (name !== "poker") return PLAYED[name]?.(32, 30) ?? [];
  const { room, rounds } = playHands(33, 20);
  return rounds.map((round) => room.record(round, null));
}

test.each([...games.keys()])("an outcome of %s is as the document has it", (name) => {
  const fits = new Ajv({ strict: false }).compile(OUTCOMES[name] ?? false);
  const records = recordsOf(name);
  expect(records.length).toBeGreaterThan(5);
  for (const { outcome } of records) expect([fits(namedView(outcome)), fits.errors]).toEqual([true, null]);
});
