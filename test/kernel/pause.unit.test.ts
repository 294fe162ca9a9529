import { expect, test } from "vitest";
import type { Input } from "../../rooms/game.ts";
import { roulette } from "../../rooms/roulette/index.ts";
import { EngineRoom } from "./model/engine-room.ts";

test("everybody is told of each order to pause or resume, and the game of a change alone", () => {
  const told: Input<unknown, unknown>[] = [];
  const watched = {
    ...roulette,
    rules: {
      ...roulette.rules,
      decide: (...[state, input, facts]: Parameters<typeof roulette.rules.decide>) => {
        told.push(input);
        expect(facts.table).toBe(input.type === "table" ? input.status : "running");
        return roulette.rules.decide(state, input, facts);
      },
    },
  };
  const room = new EngineRoom({}, watched);
  const events = (["resume", "pause", "pause", "resume"] as const).flatMap(
    (type) => room.input({ type: "order", order: { type } }).events,
  );
  expect(events.map((event) => (event.type === "room.notice" ? event.status : event.type))).toEqual([
    "running",
    "paused",
    "paused",
    "running",
  ]);
  expect(told).toEqual([
    { type: "table", status: "paused" },
    { type: "table", status: "running" },
  ]);
});
