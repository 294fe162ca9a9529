import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CARDS, DECKS, deckSeed, type PlayedDeck } from "../../../rooms/fair/deck.ts";
import { gameOf } from "../../../rooms/games.ts";
import { get } from "../../api/api.workerd.ts";
import {
  allHeard,
  calls,
  comeBack,
  dealt,
  deckOf,
  handOf,
  listedTable,
  newGuestSitter,
  over,
  playUntil,
  pullUp,
  recordOf,
  secretOf,
  stateOf,
  type Chair,
  type Habit,
} from "./client.workerd.ts";
import { expectNo, expectYes } from "../../host/room-line.workerd.ts";
import { expectConserved } from "../../host/room-oracle.workerd.ts";
import { dump, eventually, fire, holdClock, letClockGo, onDisk, query, roomOf } from "../../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

const hexOf = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const bytesOf = (hex: string): string =>
  (hex.match(/../g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join("");

/** The part of the base64 that stays the same whatever stands around it, for each of the three ways it may fall. */
function base64Of(bytes: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = btoa("\0".repeat(before) + bytes).replace(/=+$/, "");
    const cut = (before + bytes.length) % 3 === 0 ? whole.length : whole.length - 1;
    const core = whole.slice([0, 2, 3][before], cut);
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

const writtenAs = (hex: string): readonly string[] => [
  hex,
  hex.toUpperCase(),
  hexOf(hex),
  ...base64Of(bytesOf(hex)),
  ...base64Of(hex),
];

/** Names of the secrets that a text gives away, however they are written in it. */
function foundIn(text: string, secrets: ReadonlyMap<string, string>): string[] {
  return [...secrets].flatMap(([name, hex]) => (writtenAs(hex).some((one) => text.includes(one)) ? [name] : []));
}

/** Every card that is told anywhere in what was sent: by the names under which a view, a step or a record may have one. */
function cardsIn(value: unknown, found = new Set<number>()): Set<number> {
  if (Array.isArray(value)) for (const one of value) cardsIn(one, found);
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (key === "card" && typeof inner === "number") found.add(inner);
      if (/^(cards|board|board2)$/.test(key) && Array.isArray(inner)) {
        for (const one of inner) if (typeof one === "number") found.add(one);
      }
      cardsIn(inner, found);
    }
  }
  return found;
}

/** What is nobody's to know while this hand is on, and ever after: the secrets that make the deck, and those of the hand to come. */
async function secretsOf(room: string): Promise<Map<string, string>> {
  const { round } = await onDisk(room);
  const [secret, next] = [await secretOf(room, round.n), await secretOf(room, round.n + 1)];
  const played = round.opened?.deck ?? -1;
  const secrets = new Map([
    ["this round's secret", secret],
    ["the next one's", next],
    ["the played deck's seed", deckSeed(secret, room, round.n, played)],
  ]);
  for (let deck = 0; deck < DECKS; deck += 1) {
    secrets.set(`deck ${deck} of the next round`, deckSeed(next, room, round.n + 1, deck));
  }
  return secrets;
}

/** Salts of the cards at all positions but these. */
function saltsBut(deck: PlayedDeck, known: readonly number[]): Map<string, string> {
  const positions = Array.from({ length: CARDS }, (_, position) => position).filter((one) => !known.includes(one));
  return new Map(positions.map((position) => [`salt ${position}`, deck.card(position).opening.salt]));
}

/** Everything that is written to any log from here on. */
function everyLog(): unknown[] {
  const lines: unknown[] = [];
  for (const level of ["log", "info", "debug", "warn", "error", "trace"] as const) {
    vi.spyOn(console, level).mockImplementation((...line) => void lines.push(...line));
  }
  return lines;
}

/** Everything that leaves by the queues. */
function everyMessage(): unknown[] {
  const sent: unknown[] = [];
  const prototype = Object.getPrototypeOf(env.STAKES) as Queue;
  vi.spyOn(prototype, "sendBatch").mockImplementation(async (messages) => {
    sent.push(...messages);
    return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
  });
  return sent;
}

/** What the table last told the Directory, as it lies on the Directory's disk. */
async function reportOf(room: string): Promise<string> {
  const stub: unknown = env.DIRECTORY.get(env.DIRECTORY.idFromName("main"));
  return runInDurableObject(stub as DurableObjectStub, (_, { storage }) =>
    storage.sql
      .exec<{ body: string }>("SELECT body FROM report WHERE room = ?", room)
      .toArray()
      .map(({ body }) => body)
      .join(),
  );
}

/** The least, as long as nobody else has. */
const bets: Habit = (chair) => {
  const { turn } = chair;
  return turn?.toCall === 0 && turn.raise !== null ? { type: "raise", to: turn.raise.least } : calls(chair);
};

describe("[P17] what nobody was shown", () => {
  test("is found by the look-out of these tests however it is written", () => {
    const salt = "c0ffee11".repeat(4);
    const secrets = new Map([["salt", salt]]);
    expect(foundIn(`{"salt":"${salt.replace("11", "12")}"}`, secrets)).toEqual([]);
    for (const text of [`x${salt}y`, salt.toUpperCase(), hexOf(salt)]) expect(foundIn(text, secrets)).toEqual(["salt"]);
    for (const before of ["", "a", "ab", "abc"]) {
      expect(foundIn(btoa(before + bytesOf(salt)), secrets)).toEqual(["salt"]);
      expect(foundIn(btoa(`${before}${salt},`), secrets)).toEqual(["salt"]);
    }
    expect(
      cardsIn({ a: [{ card: 3, path: [7] }], seats: { 1: { cards: [5, 6] } }, hand: { board: [9], hand: 8 } }),
    ).toEqual(new Set([3, 5, 6, 9]));
  });

  test("is in no frame, answer, log, report or message: neither while the hand is on, nor when it is over", async () => {
    const log = everyLog();
    const sent = everyMessage();
    const table = await listedTable();
    const { room, path } = table;
    const [anna, bert, carl] = [await newGuestSitter(table), await newGuestSitter(table), await newGuestSitter(table)];
    const watcher = await pullUp(room, null);
    expectYes(await anna.chair.sit(0, 5_000));
    expectYes(await bert.chair.sit(2, 5_000));
    expectYes(await carl.chair.sit(4, 5_000, "words of the third"));
    const chairs = [anna.chair, bert.chair, carl.chair, watcher];
    const people = [anna, bert, carl];
    /** More sockets of the same players. */
    const again: { readonly viewer: string; readonly chair: Chair }[] = [];

    const answers: { readonly viewer: string | null; readonly answer: unknown }[] = [];
    const ask = async (): Promise<void> => {
      const stub = roomOf(room);
      const everybodys = [
        await stub.describe(),
        await stub.stats(),
        (await get("/api/rooms?game=poker")).body,
        (await get("/api/health")).body,
        await query(room, "SELECT * FROM outbox"),
        ...(await Promise.all(people.map(({ id }) => stub.holdings(id)))),
      ];
      for (const answer of everybodys) answers.push({ viewer: null, answer });
      for (const { id: viewer, token } of [...people, { id: null, token: undefined }]) {
        answers.push({ viewer, answer: await stub.listRounds(null, 50, viewer) });
        answers.push({ viewer, answer: await stub.readRound(1, viewer) });
        for (const call of ["", "/rounds", "/rounds/1"]) {
          answers.push({ viewer, answer: (await get(path + call, { token })).body });
        }
      }
    };
    await allHeard(room, chairs);
    await playUntil(room, chairs, dealt);
    const deck = await deckOf(room);
    const secrets = await secretsOf(room);
    const hand = await handOf(room);
    /** Where a viewer's own cards lie in the deck. */
    const ownOf = (viewer: string | null): number[] =>
      hand.players.flatMap(({ player, cards }) =>
        player === viewer ? cards.map(({ opening }) => opening.position) : [],
      );
    expect(
      hand.players
        .flatMap(({ cards }) => cards)
        .map(({ opening }) => opening.position)
        .toSorted((a, b) => a - b),
    ).toEqual([0, 1, 2, 3, 4, 5]);

    /** Holds everything that has left the room against what its reader may know by now. */
    const look = async (): Promise<void> => {
      const { hand: now } = await stateOf(room);
      const shown = [...(now?.board ?? []), ...(now?.players.flatMap((one) => (one.shown ? one.cards : [])) ?? [])].map(
        ({ opening }) => opening.position,
      );
      const readers = [
        ...people.map(({ id, chair }) => ({ viewer: id as string | null, told: chair.frames as unknown })),
        ...again.map(({ viewer, chair }) => ({ viewer, told: chair.frames })),
        { viewer: null, told: [watcher.frames, log, sent, await reportOf(room)] },
        ...answers.map(({ viewer, answer }) => ({ viewer, told: answer })),
      ];
      for (const { viewer, told } of readers) {
        const known = [...shown, ...ownOf(viewer)];
        expect(foundIn(JSON.stringify(told), new Map([...secrets, ...saltsBut(deck, known)]))).toEqual([]);
        const may = new Set(known.map((position) => deck.card(position).card));
        expect([...cardsIn(told)].filter((card) => !may.has(card))).toEqual([]);
      }
    };
    await ask();
    await look();
    // The room itself knows the cards that were dealt, and what makes the deck. The others exist nowhere, not even there.
    const during = await dump(room);
    expect(foundIn(during, secrets)).toEqual(["this round's secret", "the next one's"]);
    expect(foundIn(during, saltsBut(deck, []))).toEqual([0, 1, 2, 3, 4, 5].map((position) => `salt ${position}`));
    await eventually(async () => expect(await reportOf(room)).toContain('"playing"'));

    // Before the flop somebody folds, somebody goes and comes back, and a rule throws with all it knows.
    const folder = people.find(({ chair }) => chair.isOn);
    if (folder === undefined) throw new Error("nobody is on");
    expectYes(await folder.chair.ask({ type: "fold" }));
    expectNo(await folder.chair.ask({ type: "fold" }), "no_hand");
    expectYes(await folder.chair.ask({ type: "chat", text: "what did you have?" }));
    const late = await comeBack(room, folder, folder.chair);
    const fresh = await pullUp(room, folder);
    again.push({ viewer: folder.id, chair: late }, { viewer: folder.id, chair: fresh });
    const game = gameOf(room);
    if (game === undefined) throw new Error("no poker");
    const decide = game.rules.decide.bind(game.rules);
    const planted = vi.spyOn(game.rules, "decide").mockImplementation((state, input, facts) => {
      if (input.type === "command" && JSON.stringify(input.command).includes("straddle")) {
        facts.deck.card(20);
        throw new Error("planted");
      }
      return decide(state, input, facts);
    });
    expect(await late.ask({ type: "straddle", on: true })).toMatchObject({ ok: false, code: "internal" });
    planted.mockRestore();
    expect(log.join()).toContain("planted");
    for (const { chair } of again) {
      expect(chair.cards).toEqual(ownOf(folder.id).map((position) => deck.card(position).card));
    }

    await playUntil(room, chairs, over, bets, look);
    await ask();
    await look();
    await fire(room);
    await allHeard(room, chairs);
    const record = await recordOf(room, 1);
    const closed = record.outcome.players.filter(({ shown }) => !shown);
    expect(closed.length).toBeGreaterThanOrEqual(1);
    expect(record.outcome.players.filter(({ shown }) => shown).length).toBeGreaterThanOrEqual(1);

    // When it is over, and for good: the next hand has a deck of its own, and this one stays as closed as it was.
    answers.length = 0;
    for (const { id: viewer, token } of [...people, { id: null, token: undefined }]) {
      const hands = [await roomOf(room).readRound(1, viewer), (await get(`${path}/rounds/1`, { token })).body];
      // By REST the fields have their new names besides.
      expect(hands[1]).toMatchObject(hands[0] as object);
      for (const answer of hands) answers.push({ viewer, answer });
    }
    const faceUp = [...record.outcome.board, ...record.outcome.players.flatMap(({ cards }) => cards ?? [])].map(
      ({ opening }) => opening.position,
    );
    for (const { viewer, answer } of answers) {
      const known = [...faceUp, ...ownOf(viewer)];
      expect(foundIn(JSON.stringify(answer), new Map([...secrets, ...saltsBut(deck, known)]))).toEqual([]);
      expect(cardsIn(answer)).toEqual(new Set(known.map((position) => deck.card(position).card)));
    }
    // The room itself keeps what it must, and no more: the secret of a hand that is over is gone for good.
    const disk = await dump(room);
    expect(foundIn(disk, secrets)).toEqual(["the next one's"]);
    await expectConserved();
  });
});
