import assert from "node:assert/strict";
import * as z from "zod/mini";
import type { Json, PlayerId, TableStatus } from "../../../rooms/game.ts";
import type { Event, EventOf } from "../../../rooms/lottery/events.ts";
import { exactHolder, exactPrize, exactRoot, exactWeights, sumOf, type Slip } from "./exact.ts";
import type { Oracle, Verdict } from "../fixtures.ts";

const configSchema = z.object({
  players: z.int(),
  minPlayers: z.int(),
  timeLimitMs: z.int(),
  drawMs: z.int(),
  weighting: z.enum(["stake", "flat"]),
  capPerPlayer: z.int(),
  prizeShare: z.int(),
});
type Config = z.infer<typeof configSchema>;

/** A started draw: nothing of it changes any more. */
type Closed = {
  readonly slips: readonly Slip[];
  readonly weights: readonly bigint[];
  readonly carriedIn: bigint;
  readonly drawsAt: number;
};

const NOTHING: Verdict = { house: 0, profits: new Map() };
const OWN_TICKETS = 20;
const ALL_TICKETS = 2_000;

const playersOf = (slips: readonly Slip[]): number => new Set(slips.map(({ player }) => player)).size;

/** Somebody who knows L1 to L6, and holds every event of a lottery against them. No chips are staked here, so nobody wins any. */
export class LotteryOracle implements Oracle<Event> {
  readonly #config: Config;
  #paused = false;
  #slips: Slip[] = [];
  /** When time is up; null: the clock stands, and the next ticket starts it. */
  #endsAt: number | null = null;
  #started: Closed | null = null;
  /** Parts of 10,000 of a unit that the draws so far left over. */
  #carry = 0n;
  /** The latest instant that anything was said to have happened at. */
  #at = 0;
  /** Enough players have tickets: the very next event starts their draw. */
  #mustStart = false;
  /** Every stake event that has its ticket. */
  readonly #ids = new Set<string>();

  constructor(config: Json) {
    this.#config = configSchema.parse(config);
  }

  table(status: TableStatus): void {
    this.#paused = status === "paused";
  }

  see(event: Event): Verdict {
    assert.ok(!this.#mustStart || event.type === "started", "[L1] with enough players the draw starts at once");
    switch (event.type) {
      case "ticket":
        this.#ticket(event);
        break;
      case "started":
        this.#start(event);
        break;
      case "rolled":
        this.#rolled();
        break;
      case "drawn":
        this.#drawn(event);
        break;
      case "voided":
        this.#voided(event);
        break;
      default:
        event satisfies never;
    }
    const full = playersOf(this.#slips) >= this.#config.players;
    // A void draw is not started over by the void: the operator may want to look first.
    this.#mustStart = full && event.type !== "rolled" && event.type !== "voided" && this.#mayStart();
    return NOTHING;
  }

  words(): void {
    assert.ok(this.#started !== null, "[L6] words are taken once the root is out, and until it is drawn");
  }

  #due(): ReturnType<typeof exactPrize> {
    return exactPrize(sumOf(this.#slips.map(({ stake }) => stake)), this.#config.prizeShare, this.#carry);
  }

  #mayStart(): boolean {
    return this.#started === null && !this.#paused && this.#due().prize >= 1n;
  }

  /** Instants go up: what happens now is not before what happened. */
  #later(at: number): void {
    assert.ok(at >= this.#at, "time does not go back");
    this.#at = at;
  }

  #ticket({ id, player, stake, weight, into, endsAt }: EventOf<"ticket">): void {
    assert.ok(!this.#ids.has(id), "[L4] one stake event, one ticket, however often it comes");
    this.#ids.add(id);
    assert.ok(stake >= 1, "[L1] a stake makes a ticket");
    const own = this.#slips.flatMap((slip, place) => (slip.player === player ? [place] : []));
    const full = own.length >= OWN_TICKETS || this.#slips.length >= ALL_TICKETS;
    const last = own.at(-1);
    const place = full ? (last ?? null) : null;
    assert.equal(into, place, "[L2] a stake is a ticket of its own until there are too many of them");
    const before = place === null ? undefined : this.#slips[place];
    const slip =
      before === undefined
        ? { id, player, stake, weight: 0, stakes: 1 }
        : { ...before, stake: before.stake + stake, stakes: before.stakes + 1 };
    const slips = place === null ? [...this.#slips, slip] : this.#slips.with(place, slip);
    const weights = exactWeights(this.#config, slips);
    const had = sumOf(exactWeights(this.#config, this.#slips));
    assert.equal(BigInt(weight), sumOf(weights) - had, "[L2] it adds what the rules say, up to its player's cap");
    this.#slips = slips.map((one, i) => ({ ...one, weight: Number(weights[i]) }));
    if (this.#endsAt === null) {
      assert.ok(endsAt !== null, "[L3] a ticket starts the clock");
      this.#later(endsAt - this.#config.timeLimitMs);
    } else assert.equal(endsAt, this.#endsAt, "[L1] and no other ticket moves it");
    this.#endsAt = endsAt;
  }

  #start({ root, prize, carried, at, drawsAt }: EventOf<"started">): void {
    const { players, minPlayers, drawMs } = this.#config;
    const [enough, minimum] = [players, minPlayers].map((least) => playersOf(this.#slips) >= least);
    const up = this.#endsAt !== null && at >= this.#endsAt;
    assert.ok(this.#started === null, "[L1] one draw is started at a time");
    assert.ok(!this.#paused, "a paused lottery starts no draw");
    assert.ok(enough || (up && minimum), "[L1] a draw starts with enough players, or with the minimum when time is up");
    this.#later(at);
    const due = this.#due();
    assert.ok(due.prize >= 1n, "[L2] nothing is drawn for less than a unit");
    assert.equal(BigInt(prize), due.prize, "[L2] the prize is the share of the stakes");
    assert.equal(BigInt(carried), due.rest, "[L2] and what is left over goes to the next draw");
    assert.equal(root, exactRoot(this.#slips), "[L6] the root is that of the tickets in their places");
    assert.equal(drawsAt, at + drawMs, "[L6] there is time for words");
    const weights = exactWeights(this.#config, this.#slips);
    this.#started = { slips: this.#slips, weights, carriedIn: this.#carry, drawsAt };
    this.#carry = due.rest;
    this.#slips = [];
    this.#endsAt = null;
  }

  #rolled(): void {
    assert.ok(this.#endsAt !== null, "[L3] time is up once it has run");
    assert.ok(this.#started === null && !this.#paused, "[L3] no clock runs out beside a started draw, or in a pause");
    const few = playersOf(this.#slips) < this.#config.minPlayers;
    assert.ok(few || this.#due().prize < 1n, "[L1] with the minimum met it starts");
    this.#at = Math.max(this.#at, this.#endsAt);
    this.#endsAt = null;
  }

  #drawn({ number, ticket, at }: EventOf<"drawn">): void {
    const draw = this.#started;
    assert.ok(draw !== null, "[L1] what is drawn was started, and once");
    assert.ok(at >= draw.drawsAt, "[L6] and not before its words are in");
    this.#later(at);
    assert.ok(number >= 0 && BigInt(number) < sumOf(draw.weights), "[L2] every number is held by a ticket");
    assert.equal(ticket, exactHolder(draw.weights, BigInt(number)), "[L2] the ticket that holds the number wins");
    this.#started = null;
  }

  #voided({ endsAt }: EventOf<"voided">): void {
    const slips = [...(this.#started?.slips ?? []), ...this.#slips];
    assert.ok(slips.length > 0, "a draw without tickets is none to void");
    const weights = exactWeights(this.#config, slips);
    this.#slips = slips.map((slip, i) => ({ ...slip, weight: Number(weights[i]) }));
    this.#carry = this.#started?.carriedIn ?? this.#carry;
    this.#started = null;
    assert.ok(endsAt !== null, "[L3] its tickets wait for time again");
    this.#later(endsAt - this.#config.timeLimitMs);
    this.#endsAt = endsAt;
  }

  /** No chips are held: a fault gives nothing back, and stops the lottery for good. */
  faulted(refunds: ReadonlyMap<PlayerId, number>): Verdict["profits"] {
    assert.equal(refunds.size, 0, "who has staked nothing gets nothing back");
    return new Map();
  }
}
