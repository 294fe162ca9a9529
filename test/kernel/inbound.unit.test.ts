import { describe, expect, test } from "vitest";
import { FRAME_COMMANDS_MAX, readFrame } from "../../rooms/kernel/inbound.ts";
import { games } from "../../rooms/games.ts";
import { CLOSE, CLIENT_SEED_CHARS_MAX, FRAME_BYTES_MAX } from "../../rooms/kernel/protocol.ts";
import { roulette } from "../../rooms/roulette/index.ts";

const read = (frame: unknown): ReturnType<typeof readFrame> => readFrame(JSON.stringify(frame), roulette);
/** A command that carries a client seed. */
const words = (clientSeed: unknown): unknown => read({ id: "test:1", type: "undo", clientSeed });
const refused = (code: string, id: string | null = "test:1"): unknown => [
  { kind: "refused", id, code, message: expect.stringMatching(/./) },
];
const bet = (amount: unknown): unknown => ({ id: "test:1", type: "bet", bets: [{ spot: "red", amount }] });

const long = (length: number): string => JSON.stringify("x".repeat(length - 2));

const many = (length: number): unknown => Array.from({ length }, () => ({ id: "test:1", type: "undo" }));

describe("a frame that is none", () => {
  test("closes the socket: binary, text that is not JSON, too long, or too many commands", () => {
    expect(readFrame(new Uint8Array(3).buffer, roulette)).toMatchObject({
      close: CLOSE.badFrame,
      code: "binary_frame",
    });
    for (const text of ["", "{", "undefined", "NaN", "'a'", '{"id":}']) {
      expect(readFrame(text, roulette)).toMatchObject({ close: CLOSE.badFrame, code: "bad_json" });
    }
    expect(readFrame(long(FRAME_BYTES_MAX), roulette)).toMatchObject(refused("invalid_command", null) as object);
    expect(readFrame(long(FRAME_BYTES_MAX + 1), roulette)).toMatchObject({
      close: CLOSE.tooBig,
      code: "frame_too_big",
    });
    expect(read(many(FRAME_COMMANDS_MAX))).toHaveLength(FRAME_COMMANDS_MAX);
    expect(read(many(FRAME_COMMANDS_MAX + 1))).toMatchObject({ close: CLOSE.tooBig });
  });

  test("is refused however deep it is nested, in whatever place", () => {
    const nest = "[".repeat(4_000) + "]".repeat(4_000);
    const bets = `{"id":"test:1","type":"bet","bets":${nest}}`;
    for (const text of [
      nest,
      `{"type":"seen","n":${nest}}`,
      bets,
      `{"id":${nest}}`,
      `{"id":"test:1","type":"chat","text":${nest}}`,
    ]) {
      expect(readFrame(text, roulette)).toMatchObject([{ kind: "refused" }]);
    }
  });

  test("is refused when it is JSON but no command, also the empty array", () => {
    for (const frame of [[], {}, null, 1, "bet", true, [[]], [null]]) {
      expect(read(frame)).toMatchObject([{ kind: "refused", id: null }]);
    }
  });
});

const print = (frame: object): number => {
  const answer = read({ id: "test:1", ...frame });
  const [one] = "close" in answer ? [] : answer;
  if (one?.kind !== "command") throw new Error("refused");
  return one.input.print;
};

describe("a command", () => {
  test("that lacks a field is told the name that it may have been misspelt by, too", () => {
    expect(read({ id: "test:1", type: "bet", bet: [] })).toMatchObject([
      {
        code: "invalid_command",
        message: expect.stringMatching(/^bets: .* There is no `bet` here. Did you mean `bets`\?$/),
      },
    ]);
    const put = readFrame('{"id":"test:1","type":"bet","amout":5}', games.get("crash") ?? roulette);
    expect(put).toMatchObject([
      {
        code: "invalid_amount",
        message: "amount: an amount is a whole number, at least 1. There is no `amout` here. Did you mean `amount`?",
      },
    ]);
  });

  test("comes out parsed: its envelope, and what the game reads", () => {
    const command = { type: "bet", bets: [{ spot: "red", amount: 5 }] };
    expect(read({ id: "test:1", clientSeed: "seven", ...command })).toMatchObject([
      {
        kind: "command",
        input: { type: "command", id: "test:1", clientSeed: "seven", command: { to: "game", command } },
      },
    ]);
  });

  test.each([
    ["roulette", { type: "bet", bets: [{ spot: "red", amount: 5 }], bonus: 1 }, "There is no `bonus` here."],
    ["roulette", { type: "bet", bets: [{ spot: "red", amount: 5, colour: 1 }] }, "bets.0: There is no `colour` here."],
    ["roulette", { type: "autoRepeat", rounds: 5, stop_loss: 9 }, "`stop_loss` here. Did you mean `stopLoss`?"],
    ["crash", { type: "bet", amount: 100, autoCashOut: 1.5 }, "`autoCashOut` here. Did you mean `autoCashout`?"],
    ["crash", { type: "strategy", amount: 1, autoCashout: 2, stoploss: 9 }, "Did you mean `stopLoss`?"],
    ["poker", { type: "call", hands: 7 }, "There is no `hands` here. Did you mean `hand`?"],
    ["poker", { type: "stand", hand: 7 }, "There is no `hand` here."],
    ["lottery", { type: "tickets", form: 50 }, "There is no `form` here. Did you mean `from`?"],
    ["lottery", { type: "leave", now: true }, "There is no `now` here."],
    ["crash", { type: "chat", text: "hello", to: "ann" }, "There is no `to` here."],
    ["crash", { type: "clientSeed", value: "x", words: "y" }, "There is no `words` here."],
    ["crash", JSON.parse('{"type": "stopStrategy", "__proto__": 1}') as object, "There is no `__proto__` here."],
  ])("[%s] with a field that it does not have is refused, and the field named: %j", (name, command, words) => {
    const game = games.get(name);
    if (game === undefined) throw new Error(name);
    const answer = readFrame(JSON.stringify({ id: "test:1", ...command, clientSeed: "x" }), game);
    expect(answer).toMatchObject([{ kind: "refused", id: "test:1", code: "invalid_command" }]);
    expect(answer).toMatchObject([{ message: expect.stringContaining(words) as string }]);
  });

  test("`seen` with more in it is refused too", () => {
    expect(read({ type: "seen", n: 5 })).toEqual([{ kind: "seen", n: 5 }]);
    expect(read({ type: "seen", n: 5, at: 1 })).toMatchObject([{ message: "There is no `at` here." }]);
  });

  test("may be one of several, and each is read by itself", () => {
    const frames = [{ id: "test:1", type: "undo" }, { id: "test:2", type: "fly" }, 7, { id: "test:3", type: "leave" }];
    expect(read(frames)).toMatchObject([
      { kind: "command", input: { command: { to: "game", command: { type: "undo" } } } },
      { kind: "refused", id: "test:2", code: "unknown_command" },
      { kind: "refused", id: null, code: "invalid_command" },
      { kind: "command", input: { command: { to: "room", command: { type: "leave" } } } },
    ]);
  });

  test.each([[-1], [0], [1.5], [2 ** 53], ["10"], [null], [undefined], [true], [[5]], [{ n: 5 }], [-0.5], [1e300]])(
    "with an amount of %j is refused invalid_amount",
    (amount) => {
      expect(read(bet(amount))).toMatchObject(refused("invalid_amount") as object);
      expect(read({ id: "test:1", type: "call", name: "tiers", amount })).toMatchObject(
        refused("invalid_amount") as object,
      );
    },
  );

  test("with an amount that JSON has no number for is refused as well", () => {
    for (const text of ["NaN", "Infinity", "1e999", "0x10", "1_000"]) {
      const frame = `{"id":"test:1","type":"bet","bets":[{"spot":"red","amount":${text}}]}`;
      const answer = readFrame(frame, roulette);
      if ("close" in answer) expect(answer.code).toBe("bad_json");
      else expect(answer).toMatchObject(refused("invalid_amount") as object);
    }
  });

  test("with the largest amount there is passes the door: limits are the game's business", () => {
    expect(read(bet(Number.MAX_SAFE_INTEGER))).toMatchObject([{ kind: "command" }]);
    expect(read(bet(1))).toMatchObject([{ kind: "command" }]);
  });

  test("that nobody knows is refused unknown_command, and one of another shape invalid_command", () => {
    for (const type of ["fly", "__proto__", "constructor", "settled", "room.faulted", "deadline"]) {
      expect(read({ id: "test:1", type })).toMatchObject(refused("unknown_command") as object);
    }
    for (const type of [undefined, null, 5, "", "x".repeat(41)]) {
      expect(read({ id: "test:1", type })).toMatchObject(refused("unknown_command") as object);
    }
    expect(read({ id: "test:1", type: "bet", bets: [] })).toMatchObject(refused("invalid_command") as object);
    expect(read({ id: "test:1", type: "bet", bets: [{ spot: "x".repeat(41), amount: 1 }] })).toMatchObject(
      refused("invalid_command") as object,
    );
    expect(read({ id: "test:1", type: "chat", text: "x".repeat(281) })).toMatchObject(
      refused("invalid_command") as object,
    );
  });

  test("without an id of the agreed form is refused invalid_id, and no id is repeated back", () => {
    for (const id of [
      undefined,
      null,
      7,
      "",
      "test",
      "test:",
      ":1",
      "abc:1",
      "test:01",
      "test:-1",
      "test:1e3",
      "te st:1",
      "test:1\n",
      `test:${"9".repeat(16)}`,
      `${"x".repeat(41)}:1`,
      "<b>:1",
    ]) {
      expect(read({ id, type: "undo" })).toMatchObject(refused("invalid_id", null) as object);
    }
    for (const id of ["test:0", "A_b-9:999999999999999"])
      expect(read({ id, type: "undo" })).toMatchObject([{ kind: "command" }]);
  });

  test("may carry well-formed words for the draw, at most 64 characters", () => {
    expect(words("seven 🎲")).toMatchObject([{ kind: "command", input: { clientSeed: "seven 🎲" } }]);
    expect(words("x".repeat(CLIENT_SEED_CHARS_MAX))).toMatchObject([{ kind: "command" }]);
    for (const bad of ["", "x".repeat(CLIENT_SEED_CHARS_MAX + 1), 7, null, "\ud83c", "a\udfb2b"]) {
      expect(words(bad)).toMatchObject(refused("invalid_entropy") as object);
    }
    for (const value of ["\ud83c", "x".repeat(8_000), undefined]) {
      expect(read({ id: "test:1", type: "clientSeed", value })).toMatchObject(refused("invalid_entropy") as object);
    }
    expect(words("a,b|c:\u0000\n\u001f")).toMatchObject([{ kind: "command" }]);
  });

  test("has one print however its keys are ordered, and another for every other body", () => {
    const base = print({ type: "bet", bets: [{ spot: "red", amount: 5 }] });
    expect(print({ bets: [{ amount: 5, spot: "red" }], type: "bet" })).toBe(base);
    const others = [
      { type: "bet", bets: [{ spot: "red", amount: 6 }] },
      { type: "bet", bets: [{ spot: "black", amount: 5 }] },
      { type: "bet", bets: [{ spot: "red", amount: 5 }], clientSeed: "x" },
      {
        type: "bet",
        bets: [
          { spot: "red", amount: 5 },
          { spot: "red", amount: 5 },
        ],
      },
      { type: "undo" },
      { type: "clear" },
      { type: "leave" },
      { type: "chat", text: "x" },
      { type: "clientSeed", value: "x" },
    ].map(print);
    expect(new Set([base, ...others]).size).toBe(others.length + 1);
  });
});
