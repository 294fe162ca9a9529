import { faceted, flat, type FlatOf } from "../../kit/flat.ts";
import { describe, expect, test, vi } from "vitest";
import type { Outcome } from "../../../rooms/kernel/inputs.ts";
import { crash } from "../../../rooms/crash/index.ts";
import type { State } from "../../../rooms/crash/state.ts";
import { run } from "../../../rooms/kernel/engine.ts";
import type { AnyGame, Json, Ms } from "../../../rooms/game.ts";
import { Recent } from "../../../rooms/kernel/command-ids.ts";
import { engineWorld } from "../../kit/history.ts";
import { Random } from "../../kit/random.ts";
import { ann, bitsFor, bob, cy, playerId } from "./driver.ts";
import { CrashRoom } from "./room.ts";
import { formsOf, Watch } from "./watch.ts";

type Crash = FlatOf<typeof crash>;

/**
 * The bust point is private to the server until it is due. [C3] It is planted with numbers of eight digits and more that nothing
 * else has, and looked for in all that leaves the room before the crash.
 */

vi.setConfig({ testTimeout: 120_000 });

const PLAYERS = [ann, bob, cy];
const STRANGER = playerId("stranger");
const LOBBY = { bettingMs: 3_000, pauseMs: 500, maxStake: 1_000, maxProfit: 1_000_000_000_000 };
const ROUNDS = 10_000;

/** The game with bust points of this source, and a note taken of the 52 bits they came from. */
function planted(real: AnyGame, next: () => number): { game: AnyGame; bits: () => number } {
  let bits = 0;
  const game: AnyGame = {
    ...real,
    rules: {
      ...real.rules,
      decide: (state, input, facts) =>
        real.rules.decide(state, input, {
          ...facts,
          draw: (label) => ({ ...facts.draw(label), bits52: () => (bits = bitsFor(next())) }),
        }),
    },
  };
  return { game, bits: () => bits };
}

/** A forced end is due long before the bust point: in these lobbies the force point is what must not be told. */
const FORCED = { ...LOBBY, maxProfit: 40_000_000 };

/** Plays `rounds` flights and gives what it finds of the secrets before each crash. */
function scan(real: AnyGame, config: Json, rounds: number, seed: number): string[] {
  const random = new Random(seed);
  // Eight digits, and seven in hex: too many to occur by chance.
  const { game, bits } = planted(real, () => random.between(0x1000001, 99_999_998));
  const room = new CrashRoom(config, PLAYERS, { game, seed });
  const watch = new Watch(game, room, [...PLAYERS, STRANGER]);
  const said: string[] = [];
  const input = room.batch.bind(room);
  room.batch = (inputs): Outcome<string> => {
    const outcome = input(inputs);
    said.push(...watch.sent(outcome));
    return outcome;
  };
  const found: string[] = [];
  for (let n = 0; n < rounds; n++) {
    said.length = 0;
    for (const player of PLAYERS) {
      const target = random.chance(0.5) ? { autoCashout: random.between(101, 900) / 100 } : {};
      room.send(player, { type: "bet", amount: random.between(1, 99), ...target });
    }
    room.runTo("running");
    const { phase } = room.state;
    if (phase.name !== "running") throw new Error("it runs");
    const secretSeed = room.seedOf(room.kernel.round.n);
    // The same stakes have the same force point: one where an earlier flight was seen to end is no news.
    const { forceX100 } = phase;
    const news = forceX100 < phase.bustX100 && room.state.history.every(({ endX100 }) => endX100 !== forceX100);
    const forced = news ? [forceX100] : [];
    const secrets = [
      phase.bustX100,
      phase.bustX100 / 100,
      phase.endAt,
      bits(),
      secretSeed.slice(0, 24),
      secretSeed.slice(-24),
      ...forced,
    ];
    const raw = Buffer.from(secretSeed, "hex").toString("base64");
    const forms = [...secrets.flatMap(formsOf), new Date(phase.endAt).toISOString(), raw.slice(0, 40)];
    said.push(...watch.shown());
    // All that one can do in flight, well-meant or not.
    for (const after of [500, 20_000, 50_000]) {
      room.pass(after);
      const who = random.pick(PLAYERS) ?? ann;
      room.send(who, { type: "cashout" });
      room.send(who, { type: "cancel", bet: room.state.nextBet - 1 });
      if (n % 4 === 0) room.send(who, { type: "bet", amount: 1, autoCashout: 1.5 });
      if (n % 16 === 0) room.send(who, { type: "bets" });
      if (n % 16 === 1) room.send(who, { type: "strategy", amount: 5, autoCashout: 2, rounds: 1 });
      if (n % 16 === 2) room.send(who, { type: "cashout", bet: 99_999_999 });
      if (n % 16 === 3) room.send(who, { type: "entropy", value: "late" });
    }
    said.push(...watch.shown());
    if (n % 8 === 0) said.push(watch.resumed(12));
    if (n % 64 === 0) said.push(failure(room, game));
    if (room.state.phase.name === "running") {
      const text = said.join("\n");
      found.push(...forms.filter((form) => text.includes(form)));
    }
    // What the scan looks for is really what comes out once it is due.
    const before = said.length;
    room.runTo("crashed");
    if (!said.slice(before).join("\n").includes(String(phase.bustX100)))
      found.push("the bust point was never shown at all");
    room.runTo("waiting");
    for (const { player } of room.state.places) room.send(player, { type: "stopStrategy" });
    if (found.length > 0) return found;
  }
  return found;
}

/** What a batch says that cannot be judged: it spans more rounds than are committed to. */
function failure(room: CrashRoom, game: AnyGame): string {
  const broken: AnyGame = {
    ...game,
    rules: {
      ...game.rules,
      decide: (_, input) => {
        throw new Error(`cannot judge ${input.type}`);
      },
    },
  };
  try {
    run(room.kernel, new Map(), [], (room.now + 3_600_000) as Ms, engineWorld(broken, new Map(), new Recent()));
    throw new Error("it judged");
  } catch (error) {
    return error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error);
  }
}

const real: AnyGame = crash;
const flying = (state: State): Extract<State["phase"], { name: "running" }> | null =>
  state.phase.name === "running" ? state.phase : null;

/** Ways to tell too early, each as somebody could write it. */
const LEAKS: readonly (readonly [string, (real: Crash) => Crash])[] = [
  [
    "a view with the phase as the server has it",
    (game) => ({ ...game, view: (s: State) => ({ ...game.view(s), phase: s.phase }) }),
  ],
  [
    "a launch that is shown as it is journaled",
    (game) => ({
      ...game,
      show: (s: State, event: Parameters<Crash["show"]>[1]) =>
        event.type === "launched" ? event : game.show(s, event),
    }),
  ],
  [
    "a seat with the end in base64",
    (game) => ({
      ...game,
      seat: (s: State, player: typeof ann) => ({
        ...game.seat(s, player),
        token: Buffer.from(`end:${flying(s)?.endAt ?? 0}`).toString("base64"),
      }),
    }),
  ],
  [
    "a lobby line with the bust point in hex",
    (game) => ({
      ...game,
      summary: (s: State) => ({ ...game.summary(s), note: { next: (flying(s)?.bustX100 ?? 0).toString(16) } }),
    }),
  ],
  [
    "a published event when the flight starts",
    (game) => ({
      ...game,
      publish: (s: State, event: Parameters<Crash["publish"]>[1], room: string) =>
        event.type === "launched"
          ? [{ topic: "settled", type: "started", key: "x", payload: { until: event.bustX100 / 100 } }]
          : game.publish(s, event, room),
    }),
  ],
  [
    "a refusal that says when it will be over",
    (game) => ({
      ...game,
      decide: (s: State, ...rest: [Parameters<Crash["decide"]>[1], Parameters<Crash["decide"]>[2]]) => {
        const decision = game.decide(s, ...rest);
        if (!("refused" in decision)) return decision;
        return { ...decision, message: `Wait until ${new Date(flying(s)?.endAt ?? 0).toISOString()}.` };
      },
    }),
  ],
  [
    "a reply to a cash-out with what it might have been",
    (game) => ({
      ...game,
      decide: (s: State, ...rest: [Parameters<Crash["decide"]>[1], Parameters<Crash["decide"]>[2]]) => {
        const decision = game.decide(s, ...rest);
        if ("refused" in decision || rest[0].type !== "command" || rest[0].command.type !== "cashout") return decision;
        return { ...decision, result: { missed: flying(s)?.bustX100 ?? 0 } };
      },
    }),
  ],
];

describe("before the crash", () => {
  test("[C3] nothing that leaves the room has the bust point, its instant, its bits or the seed in it: 10,000 flights", () => {
    expect(scan(real, LOBBY, ROUNDS * 0.8, 11)).toEqual([]);
  });

  test("[C3] [C8] nor where the force point will end the flight", () => {
    expect(scan(real, FORCED, ROUNDS * 0.2, 12)).toEqual([]);
  });

  test.each(LEAKS)("[C3] the scan finds %s", (_, leaky) => {
    expect(scan(faceted(leaky(flat(crash))), LOBBY, 20, 13)).not.toEqual([]);
  });

  test("[C3] its forms are found in whatever they are wrapped", () => {
    const secret = 23_456_789;
    const wraps = [
      `x${secret}y`,
      Buffer.from(`{"bust":${secret}}`).toString("base64"),
      Buffer.from(`{"a":${secret}}`).toString("base64"),
      Buffer.from(`{"ab":${secret}}`).toString("base64url"),
      Buffer.from(String(secret)).toString("hex"),
      secret.toString(16) + "0",
    ];
    for (const wrapped of wraps) expect(formsOf(secret).some((form) => wrapped.includes(form))).toBe(true);
  });
});
