import { describe, expect, test } from "vitest";
import { games } from "../../rooms/games.ts";
import { pack, type Envelope } from "../../rooms/host/outbox.ts";
import { readEvent, TOPICS } from "../../src/events.ts";
import { record } from "../kit/history.ts";
import { fixtureOf } from "./fixtures.ts";

describe.each([...games])("what %s says to the outside", (name, game) => {
  test("is read by the schemas that everybody else reads it with, and nothing is in it that they do not know", () => {
    let read = 0;
    for (const config of fixtureOf(name).configs) {
      for (const { outcome } of record(game, config, 3, 120).batches) {
        const { kernel, published, at } = outcome;
        const origin = { room: kernel.room, epoch: "3f2a91bc", seq: kernel.seq, firstSequence: 1, at };
        for (const { topic, body } of pack(published, origin)) {
          for (const envelope of JSON.parse(body) as Envelope[]) {
            const answer = readEvent(topic, envelope);
            expect(answer).toEqual({ ok: true, event: envelope });
            read += 1;
          }
        }
      }
    }
    expect(read).toBeGreaterThan(10);
  });
});

describe("reading an event", () => {
  const event = {
    id: "roulette:main:3f2a91bc:1",
    type: "player.stakeCreated",
    version: 1,
    source: "roulette:main",
    sequence: 1,
    correlation: "roulette:main@4",
    key: "anna",
    at: 5,
    payload: { player: "anna", game: "roulette", room: "roulette:main", round: 1, stake: 5 },
  };

  test("passes over what this version does not know", () => {
    expect(readEvent("stakes", { ...event, trace: "x" })).toEqual({ ok: true, event });
  });

  test("says what is wrong, and never throws", () => {
    const codes = [
      [undefined, "not_an_event"],
      [[], "not_an_event"],
      [{ type: 7 }, "not_an_event"],
      [{ ...event, type: "x" }, "unknown_type"],
      [{ ...event, version: "1" }, "unknown_version"],
      [{ ...event, sequence: 0 }, "bad_event"],
      [{ ...event, id: "" }, "bad_event"],
      [{ ...event, more: JSON.parse("[".repeat(9_000) + "]".repeat(9_000)) as unknown }, "too_deep"],
      [{ ...event, payload: null }, "bad_event"],
      [{ ...event, payload: { ...event.payload, stake: Number.NaN } }, "bad_event"],
    ] as const;
    for (const [value, code] of codes) expect(readEvent("stakes", value)).toMatchObject({ ok: false, code });
    expect(readEvent("awards", event)).toMatchObject({ ok: false, code: "unknown_type" });
  });

  test("knows each type on one topic alone", () => {
    const types = Object.values(TOPICS).flatMap(({ events }) => events.map((schema) => schema.shape.type.value));
    expect(new Set(types).size).toBe(types.length);
  });
});
