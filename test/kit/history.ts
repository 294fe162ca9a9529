import type { Answer, Outcome, Parked, RoomInput, Stamped, World } from "../../rooms/kernel/inputs.ts";
import { run } from "../../rooms/kernel/engine.ts";
import type { AnyGame, Deadline, Json, Ms, PlayerId } from "../../rooms/game.ts";
import { readFrame } from "../../rooms/kernel/inbound.ts";
import { create, type Kernel } from "../../rooms/kernel/state.ts";
import { freeze } from "../../rooms/kernel/snapshot.ts";
import type { TransferAnswer, TransferRequest } from "../../rooms/kernel/transfer.ts";
import { Recent } from "../../rooms/kernel/command-ids.ts";
import { chips } from "../../rooms/game.ts";
import { Random } from "./random.ts";
import { fixtureOf, type AnyFixture, type Frame } from "../games/fixtures.ts";

/**
 * A random room, as the pure engine saw it: every batch with what went in, what came out, and what the game was asked. The invariants
 * (invariants.ts) are functions of a history.
 */

export const PLAYERS = ["ann", "bob", "cy", "dee", "constructor"].map((name) => name as PlayerId);
export const BUY_IN = 200;
export const GRACE_MS = 8_000;
export const START = 1_700_000_000_000 as Ms;

/** One call of the game's `decide`. */
export type Asked = {
  readonly input: string;
  /** Of a deadline: when it was promised. */
  readonly at: Ms | null;
  readonly now: Ms;
  /** The game's deadlines as it was asked. */
  readonly deadlines: readonly Deadline[];
};

/** One stream that the game took, or the deck that it dealt from. */
export type Drawn = {
  readonly round: number;
  readonly label: string;
  /** Whether no more words for the round are taken, once what was decided on it has happened. */
  readonly frozen: boolean;
};

export type Judged = {
  readonly before: Kernel;
  /** `before` as it was then. */
  readonly frozen: string;
  readonly parked: Parked<number>;
  readonly inputs: readonly Stamped<number>[];
  readonly until: Ms;
  readonly outcome: Outcome<number>;
  readonly asked: readonly Asked[];
  readonly drawn: readonly Drawn[];
};

export type History = {
  readonly game: AnyGame;
  readonly world: AnyFixture;
  readonly config: unknown;
  readonly room: string;
  readonly seed: number;
  readonly first: Kernel;
  readonly batches: readonly Judged[];
  /** Every seed ever made, by round. */
  readonly seeds: ReadonlyMap<number, string>;
  /** What was written to the console meanwhile. */
  readonly logged: readonly string[];
};

/** The engine's world for a game and the seeds of a history; `recent` knows what was accepted before. */
export function engineWorld(
  game: AnyGame,
  seeds: ReadonlyMap<number, string>,
  recent: Recent,
  random = new Random(1),
  taken: ReadonlySet<string> = new Set(),
): World {
  return {
    game,
    recent,
    buyIn: BUY_IN,
    graceMs: GRACE_MS,
    taken: (id) => taken.has(id),
    seedOf: (round) => {
      const seed = seeds.get(round);
      if (seed === undefined) throw new Error(`no seed for round ${round}`);
      return seed;
    },
    freshSeed: () => random.hex(32),
  };
}

/** The command inputs that a frame's text holds; throws when it is refused at the door. */
export function commandOf(game: AnyGame, player: PlayerId, frame: Frame): RoomInput & { type: "command" } {
  const read = readFrame(JSON.stringify(frame), game);
  const [first] = "close" in read ? [] : read;
  if (first?.kind !== "command")
    throw new Error(`refused at the door: ${JSON.stringify(frame)} ${JSON.stringify(read)}`);
  return { ...first.input, player };
}

export function record(game: AnyGame, config: Json, seed: number, count = 60): History {
  return new Recorder(game, config, seed).play(count);
}

type Order = (RoomInput & { type: "order" })["order"];

class Recorder {
  readonly #random: Random;
  readonly #game: AnyGame;
  readonly #world: AnyFixture;
  readonly #engine: World;
  readonly #config: unknown;
  readonly #seed: number;
  readonly #recent = new Recent();
  readonly #seeds = new Map<number, string>();
  /** Messages taken so far. */
  readonly #taken = new Set<string>();
  readonly #first: Kernel;
  readonly #batches: Judged[] = [];
  #kernel: Kernel;
  #parked: Parked<number> = new Map();
  #now: Ms = START;
  #asked: Asked[] = [];
  #drawn: Drawn[] = [];
  #tokens = 0;
  #ids = 0;
  readonly #sent: { player: PlayerId; frame: Frame }[] = [];
  readonly #delivered: (RoomInput & { type: "message" })[] = [];
  readonly #wallets = new Map<PlayerId, number>(PLAYERS.map((player, i) => [player, i < 2 ? 170 : 3_000]));
  readonly #answered = new Map<string, TransferAnswer>();

  constructor(game: AnyGame, config: Json, seed: number) {
    this.#random = new Random(seed);
    this.#seed = seed;
    this.#game = game;
    this.#world = fixtureOf(game.name);
    this.#config = game.config.parse(config);
    this.#engine = engineWorld(this.#traced(), this.#seeds, this.#recent, this.#random, this.#taken);
    this.#first = create(game, `${game.name}:laws`, this.#config);
    this.#kernel = this.#first;
  }

  /** The game, with a note taken of all that it is asked and all that it draws. */
  #traced(): AnyGame {
    const game = this.#game;
    return {
      ...game,
      rules: {
        ...game.rules,
        decide: (state, input, facts) => {
          const at = input.type === "deadline" ? input.at : null;
          // Before it is resumed, what waited for that could not fire.
          const paused = input.type === "table" ? input.status === "running" : facts.table === "paused";
          const deadlines = game.rules.deadlines(state).filter(({ unlessPaused }) => !paused || unlessPaused !== true);
          this.#asked.push({ input: input.type, at, now: facts.now, deadlines });
          const labels: string[] = [];
          const decision = game.rules.decide(state, input, {
            ...facts,
            draw: (label) => {
              const stream = facts.draw(label);
              labels.push(label);
              return stream;
            },
            deck: {
              card: (position) => {
                const card = facts.deck.card(position);
                labels.push("deck");
                return card;
              },
            },
          });
          if (labels.length === 0) return decision;
          const events = "refused" in decision ? [] : decision.events;
          const after = events.reduce((before, event) => game.rules.evolve(before, event), state);
          const round = game.rules.round(state);
          const frozen = game.rules.seedsClosed(after) || game.rules.round(after) > round;
          this.#drawn.push(...[...new Set(labels)].map((label) => ({ round, label, frozen })));
          return decision;
        },
      },
    };
  }

  play(count: number): History {
    const logged: string[] = [];
    const restore = listen(logged);
    try {
      this.#judge([this.#stamp({ type: "wake" })]);
      this.#judge(
        PLAYERS.map((player) => this.#stamp({ type: "presence", player, name: `The ${player}`, online: true })),
      );
      for (let i = 0; i < count; i++) {
        this.#pass();
        this.#judge(this.#inputs(i > count * 0.85 && this.#seed % 3 === 0));
      }
    } finally {
      restore();
    }
    return {
      game: this.#game,
      world: this.#world,
      config: this.#config,
      room: this.#first.room,
      seed: this.#seed,
      first: this.#first,
      batches: this.#batches,
      seeds: this.#seeds,
      logged,
    };
  }

  #pass(): void {
    const step = this.#random.chance(0.03) ? this.#random.between(1, 5) * 3_600_000 : this.#random.int(1_100);
    this.#now = (this.#now + step) as Ms;
  }

  /** Stamps go up within a batch, but for a few that go back. */
  #stamp(input: RoomInput): Stamped<number> {
    const back = this.#random.chance(0.05) ? this.#random.int(5_000) : 0;
    return { at: (this.#now - back) as Ms, token: ++this.#tokens, input };
  }

  #judge(inputs: readonly Stamped<number>[]): void {
    this.#asked = [];
    this.#drawn = [];
    const [before, parked, until] = [this.#kernel, this.#parked, this.#now];
    const frozen = JSON.stringify(freeze(before));
    const outcome = run(before, parked, inputs, until, this.#engine);
    this.#batches.push({ before, frozen, parked, inputs, until, outcome, asked: this.#asked, drawn: this.#drawn });
    this.#kernel = outcome.kernel;
    this.#parked = outcome.parked;
    for (const { round, seed } of outcome.seeds) this.#seeds.set(round, seed);
    for (const accepted of outcome.accepted) this.#recent.add(accepted);
    for (const id of outcome.messages) this.#taken.add(id);
    this.#recent.evict(outcome.at);
  }

  #inputs(mayFault: boolean): Stamped<number>[] {
    const random = this.#random;
    const inputs: Stamped<number>[] = this.#answers();
    for (let n = random.between(0, 5); n > 0; n--) {
      const player = random.pick(PLAYERS) ?? ("ann" as PlayerId);
      if (random.chance(0.3)) this.#now = (this.#now + random.int(500)) as Ms;
      inputs.push(this.#stamp(this.#input(player)));
    }
    if (mayFault && random.chance(0.3)) inputs.push(this.#stamp({ type: "fault", reason: "a test" }));
    return inputs;
  }

  #input(player: PlayerId): RoomInput {
    const random = this.#random;
    const often = this.#world.messages ?? { fresh: 3, again: 0, commands: 60, orders: 5, room: 10 };
    const { fresh, again, commands, orders, room } = often;
    const weights = { game: commands, again: 10, other: 3, room, presence: 6, order: orders, wake: 4 };
    switch (random.weighted({ ...weights, message: fresh, delivered: again })) {
      case "game": {
        const entropy = random.chance(0.2) ? { entropy: random.pick(["seven", "öäü", "🎲🎲", "0"]) } : {};
        return this.#send(player, { ...this.#world.command(random, this.#kernel.state, player), ...entropy });
      }
      case "again": {
        const sent = random.pick(this.#sent.slice(-20));
        return sent === undefined ? { type: "wake" } : commandOf(this.#game, sent.player, sent.frame);
      }
      case "other": {
        const sent = random.pick(this.#sent.slice(-20));
        if (sent === undefined) return { type: "wake" };
        return commandOf(this.#game, sent.player, { id: sent.frame["id"] ?? "", type: "chat", text: random.hex(4) });
      }
      case "room":
        return this.#send(
          player,
          random.pick<Frame>([
            { type: "leave" },
            { type: "chat", text: `Hello ${random.hex(2)}` },
            { type: "entropy", value: random.hex(3) },
            { type: "entropy", value: "words" },
          ]),
        );
      case "presence":
        return { type: "presence", player, name: `The ${player}`, online: random.chance(0.6) };
      case "order":
        return {
          type: "order",
          order: random.pick<Order>([
            { type: "pause" },
            { type: "resume" },
            { type: "resume" },
            { type: "resume" },
            { type: "resume" },
            { type: "void", reason: "a test" },
          ]),
        };
      case "message": {
        const message = this.#world.message(random);
        if (message === null) return { type: "wake" };
        const input = { type: "message", id: random.hex(8), message } as const;
        this.#delivered.push(input);
        return input;
      }
      // Once more, now and then in the very same batch, and long after.
      case "delivered":
        return random.pick(this.#delivered.slice(random.chance(0.5) ? -3 : 0)) ?? { type: "wake" };
      case "wake":
      default:
        return { type: "wake" };
    }
  }

  #send(player: PlayerId, body: Frame): RoomInput {
    const frame = { id: `sess-${player}:${++this.#ids}`, ...body };
    this.#sent.push({ player, frame });
    return commandOf(this.#game, player, frame);
  }

  /** The wallet's answers, most of them at the next occasion, and some once more. */
  #answers(): Stamped<number>[] {
    const inputs: Stamped<number>[] = [];
    for (const [player, { transfer }] of this.#kernel.purses) {
      if (transfer === null || this.#random.chance(0.3)) continue;
      const answer = this.#transfer(player, transfer);
      inputs.push(this.#stamp({ type: "answer", player, id: transfer.id, answer }));
      if (this.#random.chance(0.2)) inputs.push(this.#stamp({ type: "answer", player, id: transfer.id, answer }));
    }
    return inputs;
  }

  #transfer(player: PlayerId, { id, kind, amount, min }: TransferRequest): TransferAnswer {
    const known = this.#answered.get(id);
    if (known !== undefined) return known;
    const balance = this.#wallets.get(player) ?? 0;
    const moved = kind === "topup" ? 0 - Math.min(amount, balance) : amount;
    const ok = kind === "cashout" || balance >= min;
    const after = chips(ok ? balance + moved : balance);
    this.#wallets.set(player, after);
    const answer: TransferAnswer = ok
      ? { ok, amount: chips(Math.abs(moved)), balance: after }
      : { ok, code: "insufficient_funds", balance: after };
    this.#answered.set(id, answer);
    return answer;
  }
}

const CONSOLE = ["debug", "error", "info", "log", "warn"] as const;

/** Collects what is written to the console until the returned function is called. */
function listen(lines: string[]): () => void {
  const real = CONSOLE.map((name) => [name, console[name]] as const);
  for (const name of CONSOLE) console[name] = (...words: unknown[]) => void lines.push(words.map(String).join(" "));
  return () => {
    for (const [name, write] of real) console[name] = write;
  };
}

/** What each command of a batch was answered, by token. */
export function answersOf(outcome: Outcome<number>): ReadonlyMap<number, Answer> {
  return new Map(outcome.answers.map(({ token, answer }) => [token, answer]));
}
