import * as z from "zod/mini";
import { expect, test } from "vitest";
import { drawStream } from "../../rooms/fair/draw.ts";
import type { PlayerId } from "../../rooms/game.ts";
import { defineGame } from "../../rooms/kit/define.ts";
import { EngineRoom } from "./model/engine-room.ts";

/** A game that draws as soon as it is asked to, unless three are enough. */
const player = z.custom<PlayerId>((value) => typeof value === "string");
const urn = defineGame({
  name: "urn",
  version: 1,
  config: z.object({}),
  command: z.strictObject({ type: z.literal("draw") }),
  event: z.object({ type: z.literal("drawn"), player, n: z.int() }),
  rules: {
    initial: (): readonly number[] => [],
    decide(drawn, input, facts) {
      if (input.type !== "command") return { events: [] };
      if (drawn.length === 3) return { refused: "empty", message: "Three are enough." };
      return { events: [{ type: "drawn" as const, player: input.player, n: facts.draw("n").int(1_000_000) }] };
    },
    evolve: (drawn, { n }) => [...drawn, n],
    round: () => 1,
    seedsClosed: (drawn) => drawn.length > 1,
  },
  bank: { moves: () => [] },
  sight: { view: (drawn) => ({ drawn }) },
  rounds: { settle: () => null },
  lobby: {
    title: "Urn",
    options: {},
    summary: () => ({ phase: "open", round: 1, players: 0, minStake: 0, maxStake: 0, note: null }),
    rtp: () => ({ kind: "rake", bps: 0, cap: 0 }),
  },
});

const given = (who: string, value: string) => ({ player: who as PlayerId, value });

test("what a command draws has the words in it that came with it, and what is refused or closed takes none", () => {
  const room = new EngineRoom({}, urn);
  const drawnFrom = (entropy: readonly { player: string; value: string }[]): number =>
    drawStream(room.seedOf(1), "urn:story", 1, entropy, "n").int(1_000_000);
  const first = [given("ann", "mine")];
  const both = [...first, given("bob", "and mine")];
  room.send("ann" as PlayerId, { type: "draw", entropy: "mine" });
  room.send("bob" as PlayerId, { type: "draw", entropy: "and mine" });
  room.send("cyd" as PlayerId, { type: "draw", entropy: "too late" });
  const refused = room.send("dan" as PlayerId, { type: "draw", entropy: "for nothing" });
  expect(room.codeOf(refused)).toBe("empty");
  expect(room.kernel.round.entropy).toEqual(both);
  expect(room.kernel.state).toEqual([drawnFrom(first), drawnFrom(both), drawnFrom(both)]);
});
