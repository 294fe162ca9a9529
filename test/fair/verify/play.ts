import { recordFor } from "../../../rooms/kernel/settlement.ts";
import type { Parked, RoomInput, Stamped } from "../../../rooms/kernel/inputs.ts";
import { nextDeadline, run } from "../../../rooms/kernel/engine.ts";
import { create, proofOf, type FinishedRound, type Kernel } from "../../../rooms/kernel/state.ts";
import type { Proof } from "../../../rooms/fair/deck.ts";
import { LastDeck } from "../../../rooms/kernel/last-deck.ts";
import { chips, type AnyGame, type Json, type Ms, type PlayerId, type Viewer } from "../../../rooms/game.ts";
import type { RoundRecord } from "../../../rooms/host/ports.ts";
import { Recent } from "../../../rooms/kernel/command-ids.ts";
import { commandOf, engineWorld, START } from "../../kit/history.ts";
import { Random } from "../../kit/random.ts";
import type { Frame } from "../../games/fixtures.ts";

/** Rounds played through the pure engine by a virtual clock, and the public records that REST would give of them. */

/** Who plays, and how: asked again and again while time passes. */
export type Habit<State> = (state: State, random: Random, room: Room) => void;

const RICH = chips(1_000_000_000);
const WORDS = ["seven", "öäü", "🎲🎲", "a,b|c", "\u0000\u0001", "croupier/1", '{"seed":"00"}', "00000004spin", " "];

export class Room {
  readonly random: Random;
  readonly finished: FinishedRound[] = [];
  readonly #game: AnyGame;
  readonly #decks = new LastDeck();
  readonly #seeds = new Map<number, string>();
  readonly #recent = new Recent();
  readonly #taken = new Set<string>();
  #kernel: Kernel;
  #parked: Parked<null> = new Map();
  #inputs: Stamped<null>[] = [];
  #ids = 0;
  now: Ms = START;

  constructor(game: AnyGame, config: Json, seed: number) {
    this.random = new Random(seed);
    this.#game = game;
    this.#kernel = create(game, `${game.name}:verify-${seed}`, game.config.parse(config));
    this.#run();
  }

  /** Sends a command at this instant; a frame that needs words gets some now and then. */
  send(player: string, body: Frame): void {
    const entropy = this.random.chance(0.3)
      ? { entropy: this.random.pick([...WORDS, this.random.hex(16)]) ?? "x" }
      : {};
    const frame = { id: `sess-${player}:${++this.#ids}`, ...entropy, ...body };
    this.#put(commandOf(this.#game, player as PlayerId, frame));
  }

  /** Delivers a message at this instant; without an id, one of its own. */
  deliver(message: Frame, id = `event-${++this.#ids}`): string {
    this.#put({ type: "message", id, message });
    return id;
  }

  operate(order: (RoomInput & { type: "order" })["order"]): void {
    this.#put({ type: "order", order });
  }

  fault(): void {
    this.#put({ type: "fault", reason: "a test" });
  }

  #put(input: RoomInput): void {
    this.#inputs.push({ at: this.now, token: null, input });
  }

  /** Lets time pass; what was sent is judged by its own stamp. */
  pass(ms: number): void {
    this.now = (this.now + ms) as Ms;
    this.#run();
  }

  get untilDue(): number {
    const due = nextDeadline(this.#kernel, { game: this.#game, graceMs: 1e9 });
    return due === null ? 0 : Math.max(0, due - this.now);
  }

  get state(): unknown {
    return this.#kernel.state;
  }

  #run(): void {
    do {
      const world = {
        ...engineWorld(this.#game, this.#seeds, this.#recent, this.random, this.#taken),
        decks: this.#decks,
        buyIn: RICH,
      };
      const outcome = run(this.#kernel, this.#parked, this.#inputs, this.now, world);
      this.#kernel = outcome.kernel;
      this.#parked = outcome.parked;
      this.#inputs = [];
      for (const { round, seed } of outcome.seeds) this.#seeds.set(round, seed);
      this.finished.push(...outcome.finished);
      for (const id of outcome.messages) this.#taken.add(id);
      for (const [player, { transfer }] of this.#kernel.purses) {
        if (transfer === null) continue;
        this.#put({
          type: "answer",
          player,
          id: transfer.id,
          answer: { ok: true, amount: transfer.amount, balance: RICH },
        });
      }
    } while (this.#inputs.length > 0);
  }

  /** What a stranger reads of the rounds of a game of a seed. */
  get records(): RoundRecord[] {
    return this.finished.map((round) => this.record(round, null) as RoundRecord);
  }

  /** A finished round as this viewer may read it, as it comes over the wire. */
  record(round: FinishedRound, viewer: Viewer): RoundRecord<Proof> {
    const { n, startedAt, endedAt, kept, void: isVoid } = round;
    const { room } = this.#kernel;
    const outcome = recordFor(this.#game, kept, viewer);
    const proof = proofOf(room, round);
    const record = { room, round: n, startedAt: startedAt ?? endedAt, endedAt, void: isVoid, outcome, proof };
    return JSON.parse(JSON.stringify(record)) as RoundRecord<Proof>;
  }
}

/** Plays until so many rounds are over, and gives what a stranger reads of them. */
export function play<State>(
  game: AnyGame,
  config: Json,
  seed: number,
  rounds: number,
  habit: Habit<State>,
): readonly RoundRecord[] {
  return playOn(game, config, seed, rounds, habit).records.slice(0, rounds);
}

export function playOn<State>(game: AnyGame, config: Json, seed: number, rounds: number, habit: Habit<State>): Room {
  const room = new Room(game, config, seed);
  for (let steps = 0; room.finished.length < rounds; steps++) {
    if (steps > 1_000 * rounds) throw new Error("the rounds do not end");
    habit(room.state as State, room.random, room);
    const { untilDue, random } = room;
    // On time, before it, or a minute late.
    room.pass(random.chance(0.6) ? untilDue : random.chance(0.03) ? untilDue + random.int(60_000) : random.int(2_500));
  }
  return room;
}
