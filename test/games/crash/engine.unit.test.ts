import { describe, expect, test } from "vitest";
import type { Answer, Stamped } from "../../../rooms/kernel/inputs.ts";
import { crash } from "../../../rooms/crash/index.ts";
import type { AnyGame, Ms } from "../../../rooms/game.ts";
import { readFrame } from "../../../rooms/kernel/inbound.ts";
import { freeze } from "../../../rooms/kernel/snapshot.ts";
import { Random } from "../../kit/random.ts";
import type { Frame } from "../fixtures.ts";
import { ann, bob, cy, bitsFor, playerId } from "./driver.ts";
import { exactElapsed } from "./exact.ts";
import { CrashRoom } from "./room.ts";

const game = crash as AnyGame;
const TABLE = { bettingMs: 5_000, pauseMs: 2_000 };
const PLAYERS = [ann, bob, cy];

/** A room whose flights bust here. */
function busting(bustX100: number): AnyGame {
  return {
    ...game,
    rules: {
      ...game.rules,
      decide: (state, input, facts) =>
        game.rules.decide(state, input, {
          ...facts,
          draw: (label) => ({ ...facts.draw(label), bits52: () => bitsFor(bustX100) }),
        }),
    },
  };
}

const told = (answer: Answer): unknown => (answer.ok ? [answer.at, answer.result] : answer.code);

/** What everybody has, what everybody was told, and how the flight is on record. */
function outcome(room: CrashRoom): unknown {
  return {
    chips: PLAYERS.map((player) => [room.chips(player), room.held(player)]),
    house: room.kernel.house,
    answers: [...room.answers].filter(([id]) => id.startsWith("same-")).map(([id, answer]) => [id, told(answer)]),
    history: room.state.history,
    results: room.state.places.map(({ player, last }) => [player, last]),
  };
}

const frozen = (room: CrashRoom): string => JSON.stringify({ ...(freeze(room.kernel) as object), at: 0 });
const betFrame = (entropy: unknown): string => JSON.stringify({ id: "test-1:1", type: "bet", amount: 10, entropy });

const types = (room: CrashRoom): string[] =>
  room.last.map((event) => (event.type === "game" ? (event.event as { type: string }).type : event.type));

describe("one commit", () => {
  test("[C6] autos and crash are one batch, in this order, and the seed is revealed behind them", () => {
    const room = new CrashRoom({ ...TABLE, maxProfit: 100_000 }, PLAYERS, { game: busting(200) });
    room.send(ann, { type: "bet", amount: 100, autoCashout: 2 });
    room.send(bob, { type: "bet", amount: 100, autoCashout: 1.5 });
    room.send(cy, { type: "bet", amount: 100 });
    room.runTo("running");
    room.pass(60_000);
    expect(types(room)).toEqual(["targetsMet", "targetsMet", "ended", "room.revealed", "room.committed", "ready"]);
    expect(room.kernel.house).toBe(-100 - 50 + 100);
    expect(PLAYERS.map((player) => room.chips(player) - 1_000_000_000)).toEqual([100, 50, -100]);
  });

  test("[C5] one batch judges each cash-out by its own stamp: before the bust instant it wins, at it it has crashed", () => {
    const room = new CrashRoom(TABLE, PLAYERS, { game: busting(333) });
    for (const player of PLAYERS) room.send(player, { type: "bet", amount: 100 });
    room.runTo("running");
    const bust = room.now + exactElapsed(333);
    const at = (token: string, stamp: number, player: typeof ann): Stamped<string> => {
      return { at: stamp as Ms, token, input: room.read(player, { type: "cashout" }) };
    };
    room.now = (bust + 90_000) as Ms;
    room.batch([at("ann", bust - 1, ann), at("bob", bust, bob), at("cy", bust - 1, cy)]);
    expect(room.answers.get("ann")).toMatchObject({ ok: true, at: bust - 1, result: { x100: 332, at: bust - 1 } });
    expect(room.answers.get("bob")).toMatchObject({ ok: false, code: "already_crashed" });
    // Stamps do not go back in a room: what stands behind one of the bust instant is judged no earlier.
    expect(room.answers.get("cy")).toMatchObject({ ok: false, code: "already_crashed" });
  });

  test("[C5] a cash-out that is sent again is answered the same, and pays once", () => {
    const room = new CrashRoom(TABLE, PLAYERS, { game: busting(900) });
    room.send(ann, { type: "bet", amount: 100 });
    room.runTo("running");
    room.pass(11_553);
    const id = room.send(ann, { type: "cashout" });
    const first = room.answers.get(id);
    const house = room.kernel.house;
    room.pass(3_000);
    room.send(ann, { type: "cashout" }, id);
    expect(room.answers.get(id)).toEqual(first);
    expect(first).toMatchObject({ ok: true, result: { x100: 200, paid: 200 } });
    expect(room.kernel.house).toBe(house);
    room.send(ann, { type: "cashout" }, id, "later");
    room.runTo("waiting");
    room.send(ann, { type: "cashout" }, id, "much later");
    expect(room.answers.get("much later")).toEqual(first);
  });
});

describe("the same stamped inputs", () => {
  type Sent = { readonly at: number; readonly id: string; readonly player: typeof ann; readonly body: Frame };

  function started(seed: number): { room: CrashRoom; inputs: Sent[]; end: number } {
    const random = new Random(seed);
    const maxProfit = random.pick([60, 300, 1_000_000]);
    const config = { bettingMs: 20_000, pauseMs: 2_000, maxProfit, minForceX100: 110 };
    const room = new CrashRoom(config, PLAYERS, { seed });
    for (const player of PLAYERS) {
      for (let n = random.between(0, 2); n > 0; n--) {
        const target = random.chance(0.5) ? { autoCashout: random.between(101, 400) / 100 } : {};
        room.send(player, { type: "bet", amount: random.between(1, 90), ...target });
      }
    }
    room.send(ann, { type: "bet", amount: 20 });
    if (random.chance(0.5)) room.send(cy, { type: "strategy", amount: 15, autoCashout: 1.5, onLoss: 2 });
    room.runTo("running");
    const from = room.now;
    const inputs = Array.from({ length: random.between(4, 20) }, (_, n): Sent => {
      const player = random.pick(PLAYERS) ?? ann;
      const body = random.pick<Frame>([
        { type: "cashout" },
        { type: "cashout" },
        { type: "cashout", bet: random.between(4, 10) },
        { type: "bet", amount: random.between(1, 90) },
        { type: "cancel", bet: random.between(4, 14) },
        { type: "strategy", amount: 9, autoCashout: 1.2, rounds: 2 },
        { type: "stopStrategy" },
      ]);
      return { at: from + random.int(random.pick([3_000, 12_000, 30_000])), id: `same-${player}:${n}`, player, body };
    }).sort((a, b) => a.at - b.at);
    // Past the crash and its pause, but before the next flight.
    const { phase } = room.state;
    const ends = phase.name === "running" ? phase.endAt : from;
    const end = Math.max(ends + 2_500, Math.min(ends + 12_000, inputs.at(-1)?.at ?? 0));
    return { room, inputs: inputs.filter(({ at }) => at <= end), end };
  }

  const stamped = (room: CrashRoom, { at, id, player, body }: Sent): Stamped<string> => {
    return { at: at as Ms, token: id, input: room.read(player, body, id) };
  };

  /** Alarms on time, every input a batch of its own. */
  function oneByOne(seed: number): CrashRoom {
    const { room, inputs, end } = started(seed);
    const goTo = (at: number): void => {
      for (let { due } = room; due !== null && due <= at; { due } = room) room.step();
      room.now = Math.max(room.now, at) as Ms;
    };
    for (const sent of inputs) {
      goTo(sent.at);
      room.batch([stamped(room, sent)]);
    }
    goTo(end);
    return room;
  }

  /** No alarm at all: what came in is judged in batches, the last of them when all is long over. */
  function batched(seed: number, chance: number): CrashRoom {
    const random = new Random(seed + 7);
    const { room, inputs, end } = started(seed);
    let batch: Stamped<string>[] = [];
    for (const sent of inputs) {
      batch.push(stamped(room, sent));
      if (!random.chance(chance)) continue;
      room.now = Math.max(room.now, sent.at) as Ms;
      room.batch(batch);
      batch = [];
    }
    room.now = Math.max(room.now, end) as Ms;
    room.batch(batch);
    return room;
  }

  test("[C4] [C5] [C8] give the same money, answers and record, in one batch or many, with alarms on time or never", () => {
    const codes = new Set<string>();
    let paid = 0;
    let forced = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const expected = oneByOne(seed);
      for (const chance of [0, 0.3, 1])
        expect(outcome(batched(seed, chance)), `seed ${seed}`).toEqual(outcome(expected));
      forced += expected.state.history[0]?.forced === true ? 1 : 0;
      for (const [id, answer] of expected.answers) {
        if (!id.startsWith("same-")) continue;
        if (answer.ok) paid += JSON.stringify(answer.result ?? null).includes("paid") ? 1 : 0;
        else codes.add(answer.code);
      }
    }
    expect(paid).toBeGreaterThan(100);
    expect(forced).toBeGreaterThan(20);
    for (const code of ["already_cashed_out", "already_crashed", "not_your_bet", "flight_started", "too_many_bets"]) {
      expect(codes).toContain(code);
    }
  });
});

describe("a full lobby", () => {
  const CROWD = Array.from({ length: 70 }, (_, i) => playerId(`player-${i}`));

  /** Everybody has a target, some go for it by hand; `apart`: every input comes in a batch of its own, with alarms on time. */
  function play(seed: number, apart: boolean): { chips: number[]; house: number; history: unknown } {
    const random = new Random(seed);
    const room = new CrashRoom({ ...TABLE, maxProfit: 10_000_000 }, CROWD, {
      seed,
      game: busting(random.between(150, 400)),
    });
    for (const player of CROWD) {
      room.send(player, { type: "bet", amount: random.between(1, 99), autoCashout: random.between(101, 500) / 100 });
    }
    room.runTo("running");
    const from = room.now;
    const stamps = Array.from({ length: 60 }, () => from + random.int(18_000)).sort((a, b) => a - b);
    const inputs = stamps.map((at, n) => {
      const input = room.read(random.pick(CROWD) ?? ann, { type: "cashout" }, `full:${n}`);
      return { at: at as Ms, token: `full:${n}`, input };
    });
    for (const one of apart ? inputs : []) {
      for (let { due } = room; due !== null && due <= one.at; { due } = room) room.step();
      room.now = one.at;
      room.batch([one]);
    }
    room.now = Math.max(room.now, from + 60_000) as Ms;
    room.batch(apart ? [] : inputs);
    return { chips: CROWD.map((player) => room.chips(player)), house: room.kernel.house, history: room.state.history };
  }

  test("[C4] [C5] pays everybody the same whenever its targets are settled, by hand or by themselves", () => {
    const houses = Array.from({ length: 12 }, (_, seed) => {
      const expected = play(seed, true);
      expect(play(seed, false), `seed ${seed}`).toEqual(expected);
      return expected.house;
    });
    expect(new Set(houses).size).toBe(12);
  });
});

describe("words for the draw", () => {
  test("[C3] of ten thousand characters are refused at the door, and so is whatever is no text of 1 to 64", () => {
    expect(readFrame(betFrame("x".repeat(10_000)), game)).toMatchObject({ code: "frame_too_big" });
    for (const entropy of ["x".repeat(65), "x".repeat(5_000), "", 7, null, ["a"], { a: 1 }, "\ud800", "a\udfff"]) {
      expect(readFrame(betFrame(entropy), game)).toMatchObject([{ kind: "refused", code: "invalid_entropy" }]);
    }
    expect(readFrame(betFrame("x".repeat(64)), game)).toMatchObject([{ kind: "command" }]);
  });

  test("[C3] with separators, quotes, zeros or newlines in them are one text each, and make another draw each", () => {
    const words = [
      "a",
      "a,b",
      'a","b',
      "a|b",
      "a:b",
      "a\u0000b",
      "a\nb",
      "a b",
      "a\u0000",
      "\u0000a",
      "ab",
      '{"a":1}',
      "\u00e4",
      "a\u0308",
    ];
    const drawn = new Set<number>();
    const watched: AnyGame = {
      ...game,
      rules: {
        ...game.rules,
        decide: (state, input, facts) =>
          game.rules.decide(state, input, {
            ...facts,
            draw: (label) => {
              const bits = facts.draw(label).bits52();
              drawn.add(bits);
              return { ...facts.draw(label), bits52: () => bits };
            },
          }),
      },
    };
    for (const value of words) {
      const room = new CrashRoom(TABLE, [ann, bob], { game: watched });
      room.send(ann, { type: "bet", amount: 10, entropy: value });
      room.send(bob, { type: "bet", amount: 10, entropy: "b" });
      expect(room.kernel.round.entropy).toEqual([
        { player: ann, value },
        { player: bob, value: "b" },
      ]);
      room.pass(5_000);
    }
    expect(drawn.size).toBe(words.length);
  });

  test("[C3] count once a round, and not in flight: a bet that is queued there is taken without them", () => {
    const room = new CrashRoom(TABLE, [ann, bob], { game: busting(300) });
    room.send(ann, { type: "bet", amount: 10, entropy: "first" });
    room.send(ann, { type: "bet", amount: 10, entropy: "second" });
    expect(room.kernel.round.entropy).toEqual([{ player: ann, value: "first" }]);
    room.runTo("running");
    const before = frozen(room);
    expect(room.codeOf(room.send(ann, { type: "entropy", value: "late" }))).toBe("entropy_frozen");
    expect(frozen(room)).toBe(before);
    expect(room.codeOf(room.send(bob, { type: "bet", amount: 10, entropy: "late" }))).toBe("ok");
    expect(room.kernel.round.entropy).toEqual([{ player: ann, value: "first" }]);
    room.runTo("crashed");
    // While the crash is shown they count for the next one.
    expect(room.codeOf(room.send(bob, { type: "entropy", value: "next" }))).toBe("ok");
    expect([room.kernel.round.n, room.kernel.round.entropy]).toEqual([2, [{ player: bob, value: "next" }]]);
  });
});
