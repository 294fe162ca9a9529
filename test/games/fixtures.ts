import type { DomainEvent, Json, PlayerId, TableStatus, Viewer } from "../../rooms/game.ts";
import type { DealtCard, Proof } from "../../rooms/fair/deck.ts";
import type { Random } from "../kit/random.ts";
import { crashFixture } from "./crash/fixture.ts";
import { diceFixture } from "./dice/fixture.ts";
import { lotteryFixture } from "./lottery/fixture.ts";
import { pokerFixture } from "./poker/fixture.ts";
import { rouletteFixture } from "./roulette/fixture.ts";

/**
 * What the invariants and the simulation must know of a game to play it: how its players and messages may look, and how its events
 * are judged by someone who knows the rules and not the code. A new game adds one entry; without one the suite fails.
 */
export interface Fixture<State, Event> {
  /** Tables to play at, as their makers would write them. Short phases and small limits, so that limits are met. */
  readonly configs: readonly Json[];
  /** A command as a frame holds it, without its id. Most make sense in `state`; a rule may refuse it. */
  command(random: Random, state: State, player: PlayerId): Frame;
  /** A command that the schema does not take. */
  malformed(random: Random): Frame;
  /** A valid message; null when no message is meant for this game. */
  message(random: Random): Frame | null;
  /** Where rounds live on messages: how often one comes, and one that came before once more, among what else happens. */
  readonly messages?: {
    readonly fresh: number;
    readonly again: number;
    readonly commands: number;
    readonly orders: number;
    /** What every room takes: words for the draw are among it. */
    readonly room: number;
  };
  /**
   * What the suites demand to have met, and a room of this game can never journal, be refused or wait for. They hold it to that:
   * what is listed here must not happen.
   */
  readonly never?: readonly string[];
  /** Someone who watches a table from its first event on. `config` is the parsed one. */
  oracle(config: Json): Oracle<Event>;
  /** Whether no round with chips is in play: left alone, every table must get there. */
  idle(state: State, table: TableStatus): boolean;
  /** Throws unless a finished round (`recordFor`) follows from its proof, and its commit published what it must. */
  verify(proof: Proof, outcome: Json, published: readonly DomainEvent[]): void;
}

export type Frame = Readonly<Record<string, Json>>;

export interface Oracle<Event> {
  /** The table was paused, or is open again; what it is is told again and again. */
  table?(status: TableStatus): void;
  /** Throws when the rules do not allow the event here; tells what it must move. */
  see(event: Event): Verdict;
  /**
   * The room has faulted, and the kernel gave these stakes of the open round back: what it has won or lost anybody against what
   * was theirs. Left out where no round pays before its end, for there everybody gets all of it.
   */
  faulted?(refunds: ReadonlyMap<PlayerId, number>): Verdict["profits"];
  /** Somebody gave words for the draw. Throws when the rules take none here. */
  words?(player: PlayerId): void;
  /** In a game of cards: what this viewer may have been shown of the deck that is in play. All others are secret. */
  mayKnow?(viewer: Viewer): readonly DealtCard[];
}

/** `house`: table -> house. `profits`: what each player wins, or loses (negative), by the event. */
export type Verdict = { readonly house: number; readonly profits: ReadonlyMap<PlayerId, number> };

export type AnyFixture = Fixture<unknown, unknown>;

const registry: Readonly<Record<string, AnyFixture>> = {
  roulette: rouletteFixture,
  crash: crashFixture,
  dice: diceFixture,
  poker: pokerFixture,
  lottery: lotteryFixture,
};

export const fixtures: ReadonlyMap<string, AnyFixture> = new Map(Object.entries(registry));

/** Throws for a game without an entry here. */
export function fixtureOf(game: string): AnyFixture {
  const world = fixtures.get(game);
  if (world === undefined) throw new Error(`${game} has no entry in test/games/fixtures.ts`);
  return world;
}
