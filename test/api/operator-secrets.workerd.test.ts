import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DECKS, deckSeed } from "../../rooms/fair/deck.ts";
import type { PlayerId } from "../../rooms/game.ts";
import { get, newGuest, post } from "./api.workerd.ts";
import * as crash from "../games/crash/client.workerd.ts";
import { KEYS } from "./operator-world.workerd.ts";
import * as poker from "../games/poker/client.workerd.ts";
import { enter } from "../host/room-client.workerd.ts";
import { expectYes } from "../host/room-line.workerd.ts";
import {
  dump,
  fire,
  holdClock,
  letClockGo,
  onDisk,
  pass,
  players,
  playOut,
  query,
  rooms,
} from "../host/room-world.workerd.ts";

/** What an operator must not see either: they may sit at the table themselves. */

beforeEach(holdClock);
afterEach(letClockGo);

/** The inspector's answer, the list and the audit log, as text. */
async function seenOf(room: string): Promise<string> {
  const paths = [`/rooms/${room.replace(":", "/")}`, "/rooms", "/audit"];
  const answers = await Promise.all(paths.map(async (path) => get(`/api/operator${path}`, { token: KEYS.admin })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(answers[0]?.body.tail.length).toBeGreaterThan(3);
  return JSON.stringify(answers.map(({ body }) => body));
}

/** A hex secret as it is, and as the bytes that it stands for. */
function writingsOf(hex: string): string[] {
  const bytes = (hex.match(/../g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join("");
  return [hex, hex.toUpperCase(), btoa(bytes).slice(0, -4), btoa(hex).slice(0, -4)];
}

function expectNone(text: string, secrets: ReadonlyMap<string, readonly string[]>): void {
  const told = [...secrets].filter(([, writings]) => writings.some((one) => text.includes(one))).map(([name]) => name);
  expect(told).toEqual([]);
}

const seedsOf = async (room: string): Promise<string[]> =>
  (await query<{ seed: string }>(room, "SELECT seed FROM seeds ORDER BY round")).map(({ seed }) => seed);

/** A number that stands by itself: between other digits and letters it is part of some id. */
const says = (text: string, n: number): boolean => new RegExp(`(?<![0-9a-z.])${n}(?![0-9a-z])`, "i").test(text);

describe("the inspector", () => {
  test("[C3] does not tell where a flight ends, nor whether the targets are met before: not the seed, the bust, the instant", async () => {
    const lobby = await crash.listedLobby();
    const { room } = lobby;
    const anna = await crash.newGuestPilot(lobby);
    const word = await crash.wordFor(room, anna.id, crash.between(123_456, 987_654));
    expectYes(await anna.flyer.bet(100, { entropy: word }));
    expectYes(await anna.flyer.bet(10, { autoCashout: 1.3 }));
    const path = `/api/operator/rooms/crash/${room.slice("crash:".length)}`;
    expect((await get(path, { token: KEYS.viewer })).body).toMatchObject({
      deadline: { name: "launch" },
      secretDeadline: false,
    });
    await crash.flyTo(room, "running", [anna.flyer]);
    const { bustX100, endAt, startedAt } = await crash.flightOf(room);
    const seeds = new Map((await seedsOf(room)).map((seed) => [seed, writingsOf(seed)]));
    expect(seeds.size).toBeGreaterThan(1);
    expect(await dump(room)).toContain([...seeds.keys()][0]); // the room itself knows
    const look = async (): Promise<void> => {
      const text = await seenOf(room);
      expectNone(text, seeds);
      for (const secret of [bustX100, endAt, endAt - startedAt]) expect(says(text, secret)).toBe(false);
      expect(text).not.toContain((bustX100 / 100).toFixed(2));
      const { body } = await get(path, { token: KEYS.viewer });
      expect(body).toMatchObject({ deadline: null, secretDeadline: true, round: { phase: "running" } });
      expect(JSON.stringify(body.tail)).toContain('"launched"');
    };
    await look();
    pass(1_000);
    await fire(room); // the target is met: what the game waits for next is the end alone
    await anna.flyer.until(() => anna.flyer.view?.board.out === 1, "the target");
    await look();
    pass(endAt - 1 - Date.now());
    await look();
    await crash.flyTo(room, "crashed", [anna.flyer]);
    const after = await seenOf(room);
    expect(says(after, bustX100)).toBe(true); // so the look-out does find it
  });

  test("[P17] does not tell a card that is not on the table, nor what the deck is made of", async () => {
    const table = await poker.listedTable();
    const { room } = table;
    const people = [await poker.newGuestSitter(table), await poker.newGuestSitter(table)];
    for (const [seat, { chair }] of people.entries()) expectYes(await chair.sit(seat, 5_000));
    const chairs = people.map(({ chair }) => chair);
    await poker.allHeard(room, chairs);
    await poker.playUntil(room, chairs, poker.dealt);
    const { round } = await onDisk(room);
    const secrets = new Map<string, readonly string[]>();
    for (const [i, secret] of (await seedsOf(room)).entries()) secrets.set(`secret ${i}`, writingsOf(secret));
    const secret = await poker.secretOf(room, round.n);
    secrets.set("the played deck", writingsOf(deckSeed(secret, room, round.n, round.opened?.deck ?? -1)));
    for (let deck = 0; deck < DECKS; deck += 1) {
      const next = deckSeed(await poker.secretOf(room, round.n + 1), room, round.n + 1, deck);
      secrets.set(`deck ${deck} to come`, writingsOf(next));
    }
    const deck = await poker.deckOf(room);
    const hand = await poker.handOf(room);
    const hole = hand.players.flatMap(({ cards }) => cards);
    expect(hole).toHaveLength(4);
    const shownOf = async (): Promise<Set<number>> => {
      const now = await poker.handOf(room);
      const shown = [...now.board, ...now.players.flatMap((one) => (one.shown ? one.cards : []))];
      return new Set(shown.map(({ opening }) => opening.position));
    };
    const look = async (): Promise<string> => {
      const known = await shownOf();
      const salts = Array.from({ length: 52 }, (_, position) => position)
        .filter((position) => !known.has(position))
        .map((position) => [`salt ${position}`, writingsOf(deck.card(position).opening.salt)] as const);
      const text = await seenOf(room);
      expectNone(text, new Map([...secrets, ...salts]));
      for (const { card, opening } of hole)
        if (!known.has(opening.position)) expect(text).not.toContain(`"card":${card},`);
      return text;
    };
    await look();
    await poker.playUntil(room, chairs, (view) => (view.hand?.board.length ?? 0) >= 3);
    const flop = await look();
    expect(flop).toContain((await poker.handOf(room)).board[0]?.opening.salt); // so the look-out does find what is shown
    expect(await dump(room)).toContain(hole[0]?.opening.salt); // the room itself knows
  });

  test("[R8] does not tell the seed of a spin that is still to come", async () => {
    const { token, id } = await newGuest();
    players.add(id as PlayerId); // as the server just named them
    const { body } = await post("/api/rooms", { token, body: { game: "roulette" } });
    const room = `roulette:${body.id}`;
    rooms.add(room);
    const client = await enter(room, token);
    expectYes(await client.bet("red", 100));
    expectYes(await client.ask({ type: "entropy", value: "words that are mine" }));
    const seeds = await seedsOf(room);
    expect(seeds.length).toBeGreaterThan(1);
    for (const phase of ["open", "closed"] as const) {
      await playOut(room, client, phase);
      const text = await seenOf(room);
      expectNone(text, new Map(seeds.map((seed) => [seed, writingsOf(seed)])));
      expect(text).not.toContain("words that are mine");
    }
    await playOut(room, client);
    const [spun, ...later] = seeds;
    const text = await seenOf(room);
    expect(text).toContain(spun);
    expectNone(text, new Map(later.map((seed) => [seed, writingsOf(seed)])));
  });
});
