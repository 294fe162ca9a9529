import assert from "node:assert/strict";
import * as z from "zod/mini";
import { seedProof, type Proof } from "../../../rooms/fair/deck.ts";
import type { DomainEvent, Json } from "../../../rooms/game.ts";
import type { Event } from "../../../rooms/lottery/events.ts";
import type { State } from "../../../rooms/lottery/state.ts";
import * as exact from "./exact.ts";
import type { Random } from "../../kit/random.ts";
import type { Frame, Fixture } from "../fixtures.ts";
import { LotteryOracle } from "./oracle.ts";

const QUICK = { timeLimitMs: 2_500, drawMs: 1_100 };

export const lotteryFixture: Fixture<State, Event> = {
  configs: [
    { ...QUICK, players: 3, minPlayers: 2, capPerPlayer: 40, prizeShare: 333 },
    // Small prizes: most draws wait for the next unit, and many roll over.
    { ...QUICK, players: 5, minPlayers: 4, prizeShare: 17, games: ["roulette", "poker"] },
    { ...QUICK, drawMs: 300, players: 4, minPlayers: 1, weighting: "flat", capPerPlayer: 3, prizeShare: 10_000 },
  ],
  command,
  malformed,
  message,
  messages: { fresh: 110, again: 25, commands: 20, orders: 30, room: 35 },
  // No chips are staked here, so none are sent for; and a question is answered in a pause too.
  never: [
    "room.transfer",
    "room.transferred",
    "a call was lost on its way to the wallet",
    "a command waited for chips",
    "a wallet was too small",
    "an answer came twice",
    "refused busy",
    "refused insufficient_funds",
    "refused internal",
    "refused paused",
    "the room was killed with commands waiting for chips",
    "the wallet was asked again for what it had done",
    "the wallet's answer was lost",
  ],
  oracle: (config) => new LotteryOracle(config),
  idle: ({ started, waiting }, table) => started === null && (waiting.endsAt === null || table === "paused"),
  verify,
};

// ---- what a record proves ----

const whole = z.int().check(z.minimum(0));
const recounted = z.object({
  void: z.nullable(z.string()),
  rules: z.object({ weighting: z.enum(["stake", "flat"]), capPerPlayer: whole, prizeShare: whole }),
  root: z.nullable(z.string()),
  stakes: whole,
  weight: whole,
  carriedIn: whole,
  carriedOut: whole,
  prize: whole,
  number: z.nullable(whole),
  ticket: z.nullable(whole),
  award: z.nullable(z.object({ player: z.string(), amount: whole, status: z.literal("played_out") })),
  tickets: z
    .array(z.object({ id: z.string(), player: z.string(), stake: whole, weight: whole, stakes: whole }))
    .check(z.minLength(1)),
});
const awarded = z.object({
  award: z.string(),
  lottery: z.string(),
  draw: z.int(),
  player: z.string(),
  amount: whole,
  proof: z.object({ root: z.string(), tickets: whole, weight: whole, number: whole, ticket: whole }),
});

function verify(given: Proof, outcome: Json, published: readonly DomainEvent[]): void {
  const proof = seedProof(given);
  const told = recounted.parse(outcome);
  const { rules, tickets, root } = told;
  const awards = published.flatMap(({ topic, payload }) => (topic === "awards" ? [awarded.parse(payload)] : []));
  const own = awards.filter(({ draw }) => draw === proof.round);
  const weights = exact.exactWeights(rules, tickets);
  const weight = exact.sumOf(weights);
  const stakes = exact.sumOf(tickets.map(({ stake }) => stake));
  assert.deepEqual(
    tickets.map((ticket) => BigInt(ticket.weight)),
    weights,
    "[L2] every ticket weighs what the rules say",
  );
  assert.deepEqual([BigInt(told.stakes), BigInt(told.weight)], [stakes, weight], "[L2] and the sums are theirs");
  if (root !== null) assert.equal(root, exact.exactRoot(tickets), "[L6] the root is that of the tickets");
  if (told.void !== null) {
    const { award, number, ticket, prize, carriedIn, carriedOut } = told;
    assert.deepEqual([award, number, ticket, prize], [null, null, null, 0], "a void draw gives no award");
    assert.equal(carriedOut, carriedIn, "a void draw carries on what came to it");
    assert.deepEqual(own, [], "[L5] and none is published");
    return;
  }
  assert.ok(root !== null, "[L6] what was drawn had its root");
  const due = exact.exactPrize(stakes, rules.prizeShare, BigInt(told.carriedIn));
  assert.deepEqual([BigInt(told.prize), BigInt(told.carriedOut)], [due.prize, due.rest], "[L2] the prize is the share");
  assert.equal(exact.exactCommitment(proof.seed), proof.commitment, "[L6] the seed opens the commitment");
  const number = exact.exactNumber({ ...proof, root }, weight);
  const place = exact.exactHolder(weights, number);
  const winner = tickets[place]?.player;
  assert.equal(BigInt(told.number ?? -1), number, "[L6] the seed, the words and the root give the number");
  assert.equal(told.ticket, place, "[L2] the ticket that holds it wins");
  assert.deepEqual(
    told.award,
    { player: winner, amount: told.prize, status: "played_out" },
    "[L4] the award carries the player",
  );
  const { room } = proof;
  const expected = {
    award: `${room}:${proof.round}:${root.slice(0, 16)}`,
    lottery: room.slice(room.indexOf(":") + 1),
    draw: proof.round,
    player: winner,
    amount: told.prize,
    proof: { root, tickets: tickets.length, weight: told.weight, number: told.number, ticket: place },
  };
  assert.deepEqual(own, [expected], "[L5] one award is published, in the commit that draws it");
}

// ---- what comes in ----

const PLAYERS = ["ann", "bob", "cy", "dee", "constructor", "toString", "eve", "zoe-9"] as const;

function message(random: Random): Frame {
  return {
    player: random.pick(PLAYERS),
    game: random.pick(["roulette", "roulette", "crash", "poker"] as const),
    room: "roulette:main",
    round: random.between(1, 500),
    stake: random.chance(0.03) ? random.pick([1_000_000_000_000, 1_000_000_007] as const) : random.between(1, 60),
  };
}

function command(random: Random, { waiting, started }: State): Frame {
  const of = random.pick(["waiting", "started"] as const);
  const { length } = (of === "waiting" ? waiting : started)?.tickets ?? [];
  return {
    type: "tickets",
    ...(random.chance(0.7) ? { of } : {}),
    ...(random.chance(0.5) ? { from: random.int(length + 2) } : {}),
  };
}

function malformed(random: Random): Frame {
  return random.pick<Frame>([
    { type: "tickets", of: "finished" },
    { type: "tickets", of: null },
    { type: "tickets", from: -1 },
    { type: "tickets", from: 1.5 },
    { type: "tickets", from: "0" },
    { type: "tickets", from: 2 ** 53 },
    { type: "ticket", player: "ann", stake: 5, weight: 5, into: null, endsAt: 0 },
    { type: "message", player: "ann", game: "roulette", room: "roulette:main", round: 1, stake: 5 },
    { type: "buy", amount: 5 },
    { type: "drawn", number: 0, ticket: 0, at: 0 },
  ]);
}
