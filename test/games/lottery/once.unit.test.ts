import { describe, expect, test } from "vitest";
import { replay } from "../../../rooms/kernel/engine.ts";
import type { Json } from "../../../rooms/game.ts";
import { create } from "../../../rooms/kernel/state.ts";
import { freeze, thaw } from "../../../rooms/kernel/snapshot.ts";
import type { EventOf } from "../../../rooms/lottery/events.ts";
import { lottery } from "../../../rooms/lottery/index.ts";
import type { State } from "../../../rooms/lottery/state.ts";
import { ann, bob, cy, dee } from "./driver.ts";
import { LotteryRoom } from "./room.ts";

/** What comes in more than once, and what leaves exactly once. */

const THREE = { players: 3, minPlayers: 2, timeLimitMs: 60_000, drawMs: 5_000, prizeShare: 5_000 };

const ticketsOf = (room: LotteryRoom): string[] => room.state.waiting.tickets.map(({ id }) => id);
const typesOf = (events: readonly { readonly type: string; readonly event?: unknown }[]): string[] =>
  events.map((event) => (event.type === "game" ? (event.event as { type: string }).type : event.type));

type Row = { readonly at: LotteryRoom["now"]; readonly events: LotteryRoom["last"] };

/** Two draws, one roll-over, a pause, a void, words; each batch as the journal has it. */
function story(): { room: LotteryRoom; rows: Row[] } {
  const room = new LotteryRoom({ ...THREE, capPerPlayer: 12 });
  const from: Row = { at: room.now, events: [...room.journal] };
  const rows = [from];
  const judge = room.batch.bind(room);
  room.batch = (inputs) => {
    const outcome = judge(inputs);
    if (outcome.events.length > 0) rows.push({ at: outcome.at, events: outcome.events });
    return outcome;
  };
  room.come(ann);
  room.deliver(ann, 10);
  room.step();
  room.batch([room.message(bob, 30), room.message(ann, 30), room.message(cy, 5)]);
  room.send(ann, { type: "entropy", value: "mine" });
  room.deliver(dee, 7);
  room.step();
  room.input({ type: "order", order: { type: "pause" } });
  room.deliver(ann, 9);
  room.deliver(cy, 9);
  room.input({ type: "order", order: { type: "resume" } });
  room.send(ann, { type: "entropy", value: "again" });
  room.deliver(bob, 11);
  room.input({ type: "order", order: { type: "void", reason: "a test" } });
  room.deliver(bob, 12);
  return { room, rows };
}

describe("one stake event", () => {
  test("[L4] is one ticket, however often it is delivered: at once, later, in one batch, after its draw is over", () => {
    const room = new LotteryRoom(THREE);
    const first = room.deliver(ann, 10, "event-a");
    expect(first).toMatchObject({ ok: true, id: "event-a" });
    for (let i = 0; i < 5; i++) expect(room.deliver(ann, 10, "event-a")).toMatchObject({ ok: true, id: "event-a" });
    room.pass(1_000);
    room.batch([room.message(bob, 5, "event-b"), room.message(ann, 10, "event-a"), room.message(bob, 5, "event-b")]);
    expect(ticketsOf(room)).toEqual(["event-a", "event-b"]);
    expect(room.state.waiting.stakes).toBe(15);
    room.deliver(cy, 5, "event-c");
    room.step();
    expect(room.finished).toHaveLength(1);
    const { seq } = room.kernel;
    for (const id of ["event-a", "event-b", "event-c"]) expect(room.deliver(dee, 900, id)).toMatchObject({ ok: true });
    expect([room.kernel.seq, room.state.waiting.tickets]).toEqual([seq, []]);
  });

  test("[L4] of a game that makes no tickets here is taken too, and once", () => {
    const room = new LotteryRoom({ ...THREE, games: ["poker"] });
    const one = room.message(ann, 10, "event-a", "roulette");
    const first = room.batch([one]);
    expect([first.events, first.messages]).toEqual([[], ["event-a"]]);
    const again = room.batch([one]);
    expect([again.events, again.messages]).toEqual([[], []]);
  });

  test("[L4] of two events of one player two tickets are made, even for the same stake in the same round", () => {
    const room = new LotteryRoom(THREE);
    room.batch([room.message(ann, 10, "event-a"), room.message(ann, 10, "event-b")]);
    expect(ticketsOf(room)).toEqual(["event-a", "event-b"]);
  });

  test("[L4] that came after the last ticket of a draw, in one batch with it, is in the next one", () => {
    const room = new LotteryRoom(THREE);
    const outcome = room.batch([ann, bob, cy, dee, ann].map((player, i) => room.message(player, 10, `event-${i}`)));
    expect(typesOf(outcome.events)).toEqual(["ticket", "ticket", "ticket", "started", "ticket", "ticket"]);
    expect(room.state.started?.tickets.map(({ id }) => id)).toEqual(["event-0", "event-1", "event-2"]);
    expect(ticketsOf(room)).toEqual(["event-3", "event-4"]);
  });
});

describe("an award", () => {
  test("[L5] is published in the very commit that finishes its draw, and in no other", () => {
    const room = new LotteryRoom(THREE);
    const published = [ann, bob, cy].map((player) => room.batch([room.message(player)]).published);
    expect(published).toEqual([[], [], []]);
    const outcome = room.step();
    expect(typesOf(outcome.events)).toEqual(["drawn", "room.revealed", "room.committed"]);
    expect(outcome.published).toHaveLength(1);
    expect(outcome.finished.map(({ n }) => n)).toEqual([1]);
    room.pass(3_600_000);
    expect(room.published).toHaveLength(1);
  });

  test("[L4] [L5] carries the player, the sum and how it was drawn, under an id of this lottery, draw and tickets", () => {
    const room = new LotteryRoom(THREE);
    for (const player of [ann, bob, cy]) room.deliver(player, 33);
    const { root } = room.state.started ?? { root: "" };
    const { published } = room.step();
    const { number, ticket } = room.state.history[0] ?? { number: -1, ticket: -1 };
    const winner = [ann, bob, cy][ticket];
    expect(published).toEqual([
      {
        topic: "awards",
        type: "lotteryAwardCreated",
        key: winner,
        payload: {
          award: `lottery:story:1:${root.slice(0, 16)}`,
          lottery: "story",
          draw: 1,
          player: winner,
          amount: 49,
          proof: { root, tickets: 3, weight: 99, number, ticket },
        },
      },
    ]);
  });

  test("[L5] of one draw and the start of the next one are one commit: nothing in between can be lost", () => {
    const room = new LotteryRoom(THREE);
    for (const player of [ann, bob, cy, ann, bob, dee]) room.deliver(player);
    const outcome = room.step();
    expect(typesOf(outcome.events)).toEqual(["drawn", "room.revealed", "room.committed", "started"]);
    expect(outcome.published).toHaveLength(1);
    room.step();
    const ids = room.published.map(({ payload }) => (payload as { award: string; draw: number }).award);
    expect(new Set(ids).size).toBe(2);
    for (const round of room.finished) room.record(round);
  });

  test("[L4] no chips move in the room: it is paid from promotions", () => {
    const room = new LotteryRoom(THREE);
    for (const player of [ann, bob, cy]) room.deliver(player);
    room.step();
    expect([room.kernel.house, room.kernel.purses.size, room.kernel.staked, room.transfers]).toEqual([0, 0, 0, []]);
  });
});

describe("a restart", () => {
  test("[L1] [L4] replayed from its journal, or from a snapshot at any point, the lottery is the same to the last ticket", () => {
    const { room, rows } = story();
    const types = rows.flatMap(({ events }) => typesOf(events));
    for (const type of ["ticket", "rolled", "started", "drawn", "voided", "room.notice", "room.entropy"]) {
      expect(types).toContain(type);
    }
    const text = JSON.stringify(freeze(room.kernel));
    const read = (JSON.parse(JSON.stringify(rows)) as typeof rows).map(({ at, events }) => ({
      at,
      events: events.map((e) => (e.type === "game" ? { ...e, event: lottery.event.parse(e.event) } : e)),
    }));
    const config = lottery.config.parse({ ...THREE, capPerPlayer: 12 });
    const base = create(lottery, room.kernel.room, config);
    for (const cut of read.keys()) {
      const kernel = replay(base, read.slice(0, cut), lottery);
      const snapshot = JSON.parse(JSON.stringify(freeze(kernel))) as Json;
      const woken = replay(
        thaw(snapshot, (state) => state),
        read.slice(cut),
        lottery,
      );
      expect(JSON.stringify({ ...(freeze(woken) as object), at: 0 })).toBe(
        JSON.stringify({ ...(JSON.parse(text) as object), at: 0 }),
      );
      expect(lottery.rules.deadlines(woken.state as State)).toEqual(lottery.rules.deadlines(room.state));
    }
  });

  test("[L2] old events and snapshots are read: their schemas keep every field, and take nothing that is none", () => {
    const { rows } = story();
    const own = rows.flatMap(({ events }) => events.flatMap((e) => (e.type === "game" ? [e.event] : [])));
    for (const event of own) expect(lottery.event.parse(JSON.parse(JSON.stringify(event)))).toStrictEqual(event);
    const ticket = own[0] as EventOf<"ticket">;
    for (const wrong of [{ stake: -1 }, { weight: 0.5 }, { into: -1 }, { id: 5 }, { endsAt: "soon" }]) {
      expect(lottery.event.safeParse({ ...ticket, ...wrong }).success).toBe(false);
    }
    expect(lottery.version).toBe(1);
  });
});
