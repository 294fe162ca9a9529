import { recordFor } from "../../../rooms/kernel/settlement.ts";
import { stepOf } from "../../kit/step.ts";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Outcome, RoomInput, Stamped } from "../../../rooms/kernel/inputs.ts";
import { DeadlineError, run } from "../../../rooms/kernel/engine.ts";
import type { AnyGame, Json, Ms } from "../../../rooms/game.ts";
import { commitmentOf, DECKS, pickOf, rootOf, type DeckProof } from "../../../rooms/fair/deck.ts";
import { proofOf } from "../../../rooms/kernel/state.ts";
import { freeze } from "../../../rooms/kernel/snapshot.ts";
import { commandOf, PLAYERS, type History } from "../../kit/history.ts";
import { Random } from "../../kit/random.ts";
import { type Hits, statusAfter, STRANGER, VIEWERS, worldAfter } from "./common.ts";

/** Invariants of chance. */

/** The roots make the commitment, the words pick the deck that was played, and the others open to their roots. */
function decksOpen({ room, round, commitment, roots, entropy, deck, seeds }: DeckProof): void {
  assert.equal(roots.length, DECKS, "there are eight decks");
  assert.equal(commitmentOf(roots), commitment, "the roots make the commitment");
  assert.equal(seeds.length, DECKS, "every deck has its place");
  if (deck === null)
    assert.ok(
      seeds.every((seed) => seed === null),
      "nothing is opened when no cards were dealt",
    );
  else assert.equal(deck, pickOf(commitment, room, round, entropy).deck, "the words pick the deck");
  for (const [i, seed] of seeds.entries()) {
    assert.ok(deck === null || (seed === null) === (i === deck), "all decks are opened but the one that is played");
    if (seed !== null) assert.equal(rootOf(seed), roots[i], "an opened deck is the one that was committed to");
  }
}

/** No stream is drawn from a commitment that was not durable before the batch, nor while words for it are still taken. */
export function drawsAreCommitted(history: History): void {
  wordsAreInTime(history);
  for (const { before, drawn } of history.batches) {
    for (const { round, frozen } of drawn) {
      const commitment = before.commitments.find((c) => c.round === round);
      assert.ok(commitment !== undefined, `round ${round} was drawn before its commitment was durable`);
      assert.ok(frozen, `round ${round} was drawn while words for it were still taken`);
    }
  }
}

/** Words come while the game takes them, and while the oracle does. */
function wordsAreInTime({ game, world, config, batches }: History): void {
  const oracle = world.oracle(config as Json);
  let state = game.rules.initial(config);
  for (const event of batches.flatMap(({ outcome }) => outcome.events)) {
    if (event.type === "room.notice") oracle.table?.(statusAfter("running", event));
    if (event.type === "room.entropy") {
      assert.ok(!game.rules.seedsClosed(state), "words come while they are taken");
      oracle.words?.(event.player);
    }
    if (event.type !== "game") continue;
    if (oracle.words !== undefined) oracle.see(event.event);
    state = game.rules.evolve(state, event.event);
  }
}

const item = (at: number, input: RoomInput): Stamped<number> => ({ at: at as Ms, token: 0, input });

/**
 * Bets of a round whose commitment was not durable before the batch are never taken nor drawn: here rounds end faster than
 * commits, by orders to void them and by stamps far apart in one batch.
 */
export function uncommittedRoundsWait(history: History): Hits {
  const { game, world, batches } = history;
  const random = new Random(history.seed);
  const hits = { notReady: 0, tooSoon: 0 };
  let early: number | null = null;
  for (const [i, { outcome }] of batches.entries()) {
    const { kernel } = outcome;
    if (kernel.table.status === "faulted" || i % 5 !== 0) continue;
    const committed = new Set(kernel.commitments.map((c) => c.round));
    const watched: AnyGame = {
      ...game,
      rules: {
        ...game.rules,
        decide: (state, input, facts) =>
          game.rules.decide(state, input, {
            ...facts,
            draw: (label) => {
              const stream = facts.draw(label);
              if (!committed.has(game.rules.round(state))) early = game.rules.round(state);
              return stream;
            },
            deck: {
              card: (position) => {
                const card = facts.deck.card(position);
                if (!committed.has(game.rules.round(state))) early = game.rules.round(state);
                return card;
              },
            },
          }),
      },
    };
    const engine = { ...worldAfter(history, i + 1), game: watched };
    const orders = [{ type: "resume" }, { type: "void", reason: "a test" }] as const;
    let delivered = 0;
    /** Where rounds live on messages, some of them. */
    const news = (at: number): Stamped<number>[] =>
      world.messages === undefined
        ? []
        : Array.from({ length: 8 }, () =>
            item(at, { type: "message", id: `news-${i}-${++delivered}`, message: world.message(random) }),
          );
    const hurried = [1, 2, 3].flatMap((round) => {
      const bets = Array.from({ length: 12 }, (_, n) => {
        const player = random.pick(PLAYERS) ?? STRANGER;
        const body = world.command(random, kernel.state, player);
        return item(kernel.at, commandOf(game, player, { id: `void-${i}-${player}:${round}${n}0`, ...body }));
      });
      return [...news(kernel.at), ...bets, ...orders.map((order) => item(kernel.at, { type: "order", order }))];
    });
    const check = ({ events }: Outcome<number>): void => {
      let { state } = kernel;
      for (const event of events) {
        if (event.type === "room.entropy" && !committed.has(game.rules.round(state))) early = game.rules.round(state);
        if (event.type !== "game") continue;
        const staked = game.bank.moves(stepOf(game, state, event.event)).some((move) => move.type === "stake");
        if (staked && !committed.has(game.rules.round(state))) early = game.rules.round(state);
        state = game.rules.evolve(state, event.event);
      }
    };
    const voided = run(kernel, new Map(), hurried, kernel.at, engine);
    hits.notReady += voided.refused.filter((code) => code === "not_ready").length;
    check(voided);
    const wakes = Array.from({ length: 9 }, (_, n) => {
      const at = kernel.at + n * 20_000;
      return [item(at, { type: "wake" }), ...news(at)];
    }).flat();
    const before = JSON.stringify(freeze(kernel));
    try {
      check(run(kernel, new Map(), wakes, (kernel.at + 200_000) as Ms, engine));
    } catch (error) {
      assert.ok(error instanceof DeadlineError, String(error));
      hits.tooSoon += 1;
    }
    assert.equal(JSON.stringify(freeze(kernel)), before, "a batch that throws has changed nothing");
    assert.equal(early, null, `round ${early} was bet on or drawn before its commitment was durable`);
  }
  if (world.never?.includes("a deadline draws") === true) {
    assert.equal(hits.tooSoon, 0, "no deadline draws");
    return { notReady: hits.notReady };
  }
  // Cards take their time: no hand is over, and the next one dealt, without a wait between them.
  return game.fairness === "deck" ? { tooSoon: hits.tooSoon } : hits;
}

/** Published before it is bet on, opened by the seed, and the seed gives the result; round numbers without a gap. */
export function roundsAreProved(history: History): void {
  const { game, room, world } = history;
  const published = new Map<number, { hash: string; batch: number }>();
  let next = 1;
  let round = game.rules.round(history.first.state);
  for (const [batch, { outcome }] of history.batches.entries()) {
    for (const event of outcome.events) {
      if (event.type !== "room.committed") continue;
      assert.ok(!published.has(event.round), "a round is committed to once");
      published.set(event.round, { hash: event.hash, batch });
    }
    for (const finished of outcome.finished) {
      const { n, hash, kept } = finished;
      assert.equal(n, next++, "round numbers have no gap");
      const known = published.get(n);
      // Tickets outlive a void draw: one batch may call several off. And where a round may be over with one command, a fault can end one
      // that has just opened. Nothing is drawn in such a one, and nobody has spoken for it.
      const untouched = game.fairness === "tickets" || finished.kept.length === 0;
      const calledOff = finished.void && finished.entropy.length === 0 && untouched;
      assert.ok(known !== undefined && (known.batch < batch || calledOff), `round ${n} was committed to before`);
      assert.equal(hash, known.hash, "what is revealed is what was committed to");
      const proof = proofOf(room, finished);
      if (proof.scheme === "seed") {
        const opened = createHash("sha256").update(Buffer.from(proof.seed, "hex")).digest("hex");
        assert.equal(opened, known.hash, "the commitment opens to the revealed seed");
      } else decksOpen(proof);
      // A round that a fault ended has no result to prove.
      for (const viewer of kept.length > 0 ? VIEWERS : [])
        world.verify(proof, recordFor(game, kept, viewer), outcome.published);
    }
    const { kernel } = outcome;
    if (kernel.table.status === "faulted") continue;
    assert.ok(game.rules.round(kernel.state) >= round, "rounds do not go back");
    round = game.rules.round(kernel.state);
    const promised = kernel.commitments.map((c) => c.round);
    assert.deepEqual(promised, [round, round + 1], "this round and the next are committed to");
  }
}
