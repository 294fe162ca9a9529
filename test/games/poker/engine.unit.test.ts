import { recordFor } from "../../../rooms/kernel/settlement.ts";
import { describe, expect, test } from "vitest";
import { opens, pickOf } from "../../../rooms/fair/deck.ts";
import type { Json } from "../../../rooms/game.ts";
import { proofOf } from "../../../rooms/kernel/state.ts";
import { poker } from "../../../rooms/poker/index.ts";
import type { State } from "../../../rooms/poker/state.ts";
import { EngineRoom } from "../../kernel/model/engine-room.ts";
import { pokerFixture } from "./fixture.ts";
import { id } from "./table.ts";

/** Hold'em in the room's engine: wallets, words, decks, and people who come and go. */

const [ann, bob] = [id("ann"), id("bob")];
const stateOf = (room: EngineRoom): State => room.kernel.state as State;
const roomOf = (config: Json = {}): EngineRoom => new EngineRoom(config, poker);

/** Two who have brought their chips. */
function seated(config: Json = {}): EngineRoom {
  const room = roomOf(config);
  for (const [seat, player] of [ann, bob].entries()) {
    room.come(player);
    room.send(player, { type: "sit", seat, buyIn: 5_000 });
    room.paid(player);
  }
  return room;
}

/** Until the hand that is on is over and put away. */
function playOut(room: EngineRoom): void {
  for (let i = 0; stateOf(room).hand !== null; i++) {
    if (i > 200) throw new Error("the hand does not end");
    const [due] = [...poker.rules.deadlines(stateOf(room))].sort((a, b) => a.at - b.at);
    room.pass(Math.max(1, (due?.at ?? 0) - room.now));
  }
}

describe("chips", () => {
  test("come from the wallet when one sits down, and go home when one stands up and leaves", () => {
    const room = roomOf();
    room.come(ann);
    const sit = room.send(ann, { type: "sit", seat: 0, buyIn: 5_000 });
    expect(room.codeOf(sit)).toBeUndefined();
    expect(room.open(ann)).toMatchObject({ kind: "topup", amount: 5_000 });
    room.paid(ann);
    expect(room.codeOf(sit)).toBe("ok");
    expect([room.chips(ann), room.held(ann)]).toEqual([0, 5_000]);
    room.send(ann, { type: "stand" });
    expect([room.chips(ann), room.held(ann)]).toEqual([5_000, 0]);
    room.send(ann, { type: "leave" });
    expect(room.open(ann)).toMatchObject({ kind: "cashout", amount: 5_000 });
  });

  test("a seat that somebody else took while they were on their way is refused, and they stay in the purse", () => {
    const room = roomOf();
    for (const player of [ann, bob]) room.come(player);
    const first = room.send(ann, { type: "sit", seat: 2, buyIn: 5_000 });
    const second = room.send(bob, { type: "sit", seat: 2, buyIn: 5_000 });
    room.paid(bob);
    room.paid(ann);
    expect([room.codeOf(first), room.codeOf(second)]).toEqual(["seat_taken", "ok"]);
    expect(room.chips(ann)).toBe(5_000);
  });

  test("[P12] who has left while they were on their way is away from the moment they sit, and goes home in time", () => {
    const room = roomOf({ awayMs: 60_000 });
    room.come(ann);
    room.send(ann, { type: "sit", seat: 0, buyIn: 5_000 });
    room.go(ann);
    room.pass(1_000);
    room.paid(ann);
    expect(stateOf(room).seats[0]?.awaySince).toBe(room.now);
    room.pass(60_000);
    expect(stateOf(room).seats[0]).toBeNull();
    expect(room.open(ann)).toMatchObject({ kind: "cashout", amount: 5_000 });
  });

  test("a betting turn touches neither purse nor wallet", () => {
    const room = seated();
    room.pass(2_000);
    const { transfers } = room;
    const turn = stateOf(room).hand?.betting.turn ?? 0;
    const player = stateOf(room).hand?.players[turn]?.player ?? ann;
    const id_ = room.send(player, { type: "raise", to: 400 });
    expect(room.codeOf(id_)).toBe("ok");
    expect([room.chips(ann), room.chips(bob)]).toEqual([0, 0]);
    expect(room.held(ann) + room.held(bob)).toBe(10_000);
    expect(room.transfers).toEqual(transfers);
  });

  test("[P20] a lone visitor's first hand: seat, chips, two house players and cards within five seconds", () => {
    const room = roomOf({ minPlayers: 3 });
    const start = room.now;
    room.come(ann);
    room.send(ann, { type: "sit", seat: 0, buyIn: 5_000 });
    room.paid(ann);
    for (const seat of [2, 4]) room.send(ann, { type: "addBot", seat });
    while (stateOf(room).hand === null && room.now - start < 10_000) room.pass(100);
    expect(room.now - start).toBeLessThanOrEqual(5_000);
    expect(poker.sight.seat(stateOf(room), ann).cards).toHaveLength(2);
  });
});

const dealt = (words: string): { room: EngineRoom; hole: readonly number[] } => {
  const room = seated();
  room.send(ann, { type: "entropy", value: words });
  room.pass(2_000);
  return { room, hole: poker.sight.seat(stateOf(room), ann).cards.map(({ card }) => card) };
};

describe("the deck", () => {
  test("the players' words pick it, until the cards come", () => {
    const { room, hole } = dealt("tea");
    expect(dealt("tea").hole).toEqual(hole);
    expect(dealt("no tea").hole).not.toEqual(hole);
    expect(room.codeOf(room.send(bob, { type: "entropy", value: "late" }))).toBe("entropy_frozen");
  });

  test("seven decks are opened when the cards come; the one in play never is, and every card that is shown opens", () => {
    const { room } = dealt("tea");
    expect(room.journal.find((event) => event.type === "room.opened")).toMatchObject({ round: 1 });
    const before = poker.sight.seat(stateOf(room), ann).cards;
    const turn = stateOf(room).hand?.betting.turn ?? 0;
    const player = stateOf(room).hand?.players[turn]?.player ?? ann;
    room.send(player, { type: "raise", to: 5_000 });
    room.send(player === ann ? bob : ann, { type: "call" });
    let checked = 0;
    for (let i = 0; checked === 0 && i < 100; i++) {
      room.now = (room.now + 500) as typeof room.now;
      for (const round of room.input({ type: "wake" }).finished) {
        const proof = proofOf(room.kernel.room, round);
        if (proof.scheme !== "deck") throw new Error("a deck's proof");
        pokerFixture.verify(proof, recordFor(poker, round.kept, null), []);
        const pick = pickOf(proof.commitment, proof.room, proof.round, proof.entropy);
        const root = proof.roots[proof.deck ?? -1] ?? "";
        for (const card of before) expect(opens(card, root, pick)).toBe(true);
        expect(proof.seeds.filter((seed) => seed !== null)).toHaveLength(7);
        checked += 1;
      }
    }
    expect(checked).toBe(1);
  });

  test("a void hand leaves it closed too", () => {
    const { room } = dealt("tea");
    const outcome = room.input({ type: "order", order: { type: "void", reason: "a test" } });
    const [round] = outcome.finished;
    expect(round).toMatchObject({ n: 1, void: true, seed: null });
    expect(round?.opened?.seeds.filter((seed) => seed !== null)).toHaveLength(7);
    expect(room.held(ann)).toBe(5_000);
  });
});

describe("people who come and go", () => {
  test("[P12] a hand goes on without who has lost the connection, and their chips go home after it", () => {
    const room = seated({ actionMs: 1_000, timeBankMs: 0, graceMs: 500, awayMs: 5_000 });
    room.pass(2_000);
    for (const player of [ann, bob]) room.go(player);
    playOut(room);
    for (let i = 0; i < 100; i++) room.pass(1_000);
    expect(stateOf(room).seats.every((seat) => seat === null)).toBe(true);
    expect(room.transfers.filter(({ kind }) => kind === "cashout").map(({ amount }) => amount)).toHaveLength(2);
    expect(poker.rules.deadlines(stateOf(room))).toEqual([]);
  });

  test("[P21] judged one by one or in one batch, what was stamped alike plays alike", () => {
    const acts = (room: EngineRoom): ReturnType<EngineRoom["read"]>[] => {
      const hand = stateOf(room).hand;
      const [first, second] = hand?.betting.turn === 1 ? [1, 0] : [0, 1];
      const name = (place: number): typeof ann => hand?.players[place]?.player ?? ann;
      return [
        room.read(name(first), { type: "call" }, "sess-one:1"),
        room.read(name(second), { type: "check" }, "sess-one:2"),
        room.read(name(second), { type: "raise", to: 300 }, "sess-one:3"),
      ];
    };
    const [one, many] = [seated(), seated()];
    for (const room of [one, many]) room.pass(2_000);
    for (const input of acts(one)) one.input(input);
    many.batch(acts(many).map((input) => ({ at: many.now, token: "x", input })));
    expect(stateOf(many)).toEqual(stateOf(one));
  });
});
