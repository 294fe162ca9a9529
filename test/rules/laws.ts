import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Answer, Outcome, RoomInput, Stamped, World } from "../../rooms/batch.ts";
import { DeadlineError, nextDeadline, replay, run } from "../../rooms/engine.ts";
import { drawStream } from "../../rooms/fair.ts";
import { Feed } from "../../rooms/feed.ts";
import * as frames from "../../rooms/frames.ts";
import type { AnyGame, Chips, Facts, Json, Money, Ms, PlayerId, Viewer } from "../../rooms/game.ts";
import { create, freeze, held, showRoom, thaw, type Kernel, type KernelEvent } from "../../rooms/kernel.ts";
import { pack } from "../../rooms/outbox.ts";
import { Recent, type Accepted } from "../../rooms/recent.ts";
import { emptyTable, foldTable, type RoomShown } from "../../rooms/table.ts";
import { answersOf, commandOf, engineWorld, GRACE_MS, PLAYERS, type History, type Judged } from "./history.ts";
import { Random } from "./random.ts";

/**
 * The laws of DESIGN 2 as functions of a history: each throws when the history breaks it. None of them knows which game it is;
 * what must be known of one is in worlds.ts.
 */

const STRANGER = "a stranger" as PlayerId;
const EVERYONE: readonly PlayerId[] = [...PLAYERS, STRANGER];
const VIEWERS: readonly Viewer[] = [null, ...EVERYONE];

const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const frozen = (kernel: Kernel): unknown => json(freeze(kernel));
const last = (history: History): Judged => {
  const judged = history.batches.at(-1);
  assert.ok(judged !== undefined, "nothing was judged");
  return judged;
};

/** How often a law met what it is about: a law over nothing proves nothing. */
export type Hits = Readonly<Record<string, number>>;

/** One event of the game with the state before and after it. */
type Step = { readonly before: unknown; readonly event: unknown; readonly after: unknown };

function* stepsOf({ game, config, batches }: History): Generator<Step & { readonly judged: Judged }> {
  let before = game.initial(config);
  for (const judged of batches) {
    for (const wrapped of judged.outcome.events) {
      if (wrapped.type !== "game") continue;
      const after = game.evolve(before, wrapped.event);
      yield { before, event: wrapped.event, after, judged };
      before = after;
    }
  }
}

// ---- the journal ----

type Row = { readonly at: Ms; readonly events: readonly KernelEvent[] };

/** As the journal writes and reads them: through JSON, each event of the game through its own schema. */
function rowsOf({ game, batches }: History): Row[] {
  return batches
    .filter(({ outcome }) => outcome.events.length > 0)
    .map(({ outcome }) => {
      const row = json({ at: outcome.at, events: outcome.events }) as Row; // what was just written
      const events = row.events.map((e) => (e.type === "game" ? { ...e, event: game.event.parse(e.event) } : e));
      return { at: row.at, events };
    });
}

/** replay(journal) equals the room, from its beginning and from a frozen snapshot at any point. */
function replays(history: History): void {
  const { game, config, room, batches } = history;
  const rows = rowsOf(history);
  const end = last(history).outcome.kernel;
  // A batch without events is not journaled: only how far time had come is forgotten with it.
  const expected = { ...(frozen(end) as object), at: rows.at(-1)?.at };
  assert.deepEqual(frozen(replay(create(game, room, config), rows, game)), expected, "replay from the beginning");
  const journaled = batches.filter(({ outcome }) => outcome.events.length > 0);
  for (const [i, { outcome }] of journaled.entries()) {
    if (i % 7 !== history.seed % 7) continue;
    const snapshot = JSON.parse(JSON.stringify(freeze(outcome.kernel))) as Json;
    const woken = thaw(snapshot, (state) => state);
    assert.deepEqual(frozen(woken), frozen(outcome.kernel), "a snapshot thaws to what was frozen");
    assert.deepEqual(frozen(replay(woken, rows.slice(i + 1), game)), expected, `replay from a snapshot after row ${i}`);
  }
}

/** Judging or replaying changes nothing in place: what is held from before stays as it was. */
function forks(history: History): void {
  for (const { before, frozen } of history.batches) {
    assert.ok(JSON.stringify(freeze(before)) === frozen, "a batch changed the room that it began with");
  }
}

/** State survives JSON. */
function survivesJson(history: History): void {
  for (const { outcome } of history.batches) {
    assert.deepEqual(json(outcome.kernel.state), outcome.kernel.state, "the game's state survives JSON");
  }
}

/** Every journaled event parses to itself, and evolve throws on none of them, not even in another state than its own. */
function eventsAreRead(history: History): void {
  const { game } = history;
  const states = history.batches.filter((_, i) => i % 13 === 0).map(({ outcome }) => outcome.kernel.state);
  let n = 0;
  for (const { event } of stepsOf(history)) {
    assert.deepEqual(game.event.parse(json(event)), event, "an event parses to itself");
    const state = states[n++ % states.length];
    assert.doesNotThrow(() => game.evolve(state, event), "evolve throws on no journaled event");
  }
}

// ---- what is seen ----

/** fold(view, show) equals the next view, and foldSeat(seat, tell) the next seat, for every viewer; nobody else's changes. */
function folds(history: History): void {
  const { game } = history;
  for (const { before, event, after } of stepsOf(history)) {
    const shown = game.show(before, event);
    const view = shown === null ? game.view(before) : game.fold(game.view(before), json(shown));
    assert.deepEqual(view, game.view(after), "folding what is shown gives the next view");
    const audience = game.audience(before, event);
    for (const player of new Set([...EVERYONE, ...audience])) {
      const told = audience.includes(player) ? game.tell(before, event, player) : null;
      const seat = told === null ? game.seat(before, player) : game.foldSeat(game.seat(before, player), json(told));
      assert.deepEqual(seat, game.seat(after, player), `what ${player} is told gives the next seat`);
    }
  }
}

/** What a batch sends out, folded by a client, gives the room's views; squashed or not, wherever the frames are cut. */
function framesFold(history: History): void {
  const { game, first } = history;
  let view = game.view(first.state);
  let slow = view;
  let table = emptyTable;
  let waiting: unknown[] = [];
  const seats = new Map(EVERYONE.map((player) => [player, game.seat(first.state, player)]));
  const purses = new Map<PlayerId, number>();
  for (const [i, { outcome }] of history.batches.entries()) {
    const { kernel } = outcome;
    for (const shown of outcome.gameShown) view = game.fold(view, json(shown));
    waiting.push(...outcome.gameShown);
    if (i % 3 === 0) {
      const text = JSON.stringify(waiting);
      const squashed = game.squash?.(waiting) ?? waiting;
      assert.equal(JSON.stringify(waiting), text, "squashing changes nothing in place");
      for (const shown of squashed) slow = game.fold(slow, json(shown));
      assert.deepEqual(slow, view, "folding the squashed equals folding the originals");
      waiting = [];
    }
    for (const shown of outcome.roomShown) table = foldTable(table, json(shown) as RoomShown);
    for (const [player, told] of outcome.told) {
      for (const step of told) seats.set(player, game.foldSeat(seats.get(player), json(step)));
    }
    for (const player of outcome.purses) purses.set(player, kernel.purses.get(player)?.chips ?? 0);
    assert.deepEqual(view, game.view(kernel.state), "the public frames give the view");
    assert.deepEqual(table, kernel.table, "the room's frames give its table");
    for (const player of EVERYONE) {
      assert.deepEqual(seats.get(player), game.seat(kernel.state, player), `the frames for ${player} give the seat`);
      const known = purses.get(player) ?? 0;
      assert.equal(known, kernel.purses.get(player)?.chips ?? 0, `${player} is told of every change of the purse`);
    }
  }
  const stepwise = history.batches.flatMap(({ outcome }) => outcome.events.map(showRoom)).filter((s) => s !== null);
  assert.deepEqual(stepwise.reduce(foldTable, emptyTable), last(history).outcome.kernel.table, "the table is the fold");
}

/** Every form in which a secret seed might slip out. */
function formsOf(seed: string): string[] {
  const bytes = Buffer.from(seed, "hex");
  const plain = JSON.stringify(bytes.toString("latin1")).slice(1, -1);
  const pieces = [0, 16, 48].map((from) => seed.slice(from, from + 16));
  return [...pieces, ...pieces.map((piece) => piece.toUpperCase()), plain.slice(0, 16), [...bytes].join(",")].concat(
    bytes.toString("base64").slice(0, 40),
    bytes.toString("base64url").slice(0, 40),
    bytes.toString("base64").slice(-24),
  );
}

/** The seed of an unrevealed round is in no frame, view, seat, table, published event, lobby line or log line. */
function secretsAreKept(history: History): void {
  const { game, room } = history;
  const feed = new Feed(game, 0);
  const secret = new Map<number, readonly string[]>();
  for (const [i, judged] of history.batches.entries()) {
    const { outcome } = judged;
    for (const { round, seed } of outcome.seeds) secret.set(round, formsOf(seed));
    for (const { n } of outcome.finished) secret.delete(n);
    const { kernel } = outcome;
    feed.push(kernel.seq, outcome.roomShown, outcome.gameShown);
    const taken = i % 2 === 0 ? [feed.take(outcome.at) ?? ""] : [];
    const missed = feed.missed(Math.max(0, kernel.seq - 20)) ?? [];
    const viewer = VIEWERS[i % VIEWERS.length] ?? null;
    const said = [
      ...taken,
      frames.welcome(game, kernel, viewer, "epoch", outcome.at),
      frames.resumed(game, kernel, viewer, missed, outcome.at),
      ...[...outcome.told.values()].map((told) => frames.ownFrame(kernel.seq, told)),
      ...[...outcome.purses].map((player) => frames.purseFrame(kernel, player) ?? ""),
      ...outcome.answers.map(({ answer }) => frames.replyFrame(answer)),
      ...pack(outcome.published, { room, seq: kernel.seq, firstSequence: 1, at: outcome.at }).map((row) => row.body),
      JSON.stringify(game.summary(kernel.state)),
      // Any two rounds that are over may be read; the open one may not.
      ...outcome.finished.map(({ kept }) => JSON.stringify(game.recount(kept, viewer))),
    ].join("\n");
    for (const [round, forms] of secret) {
      for (const form of forms) assert.ok(!said.includes(form), `the seed of round ${round} got out: ${form}`);
    }
  }
  const logged = history.logged.join("\n");
  for (const seed of history.seeds.values()) {
    for (const form of formsOf(seed)) assert.ok(!logged.includes(form), `a seed was logged: ${form}`);
  }
}

// ---- money ----

const sumOf = (moves: readonly Money[], type: Money["type"]): number =>
  moves.filter((move) => move.type === type).reduce((sum, move) => sum + move.amount, 0);

/** Held after - held before = stakes - pays - house, for the house and for every player as the umpire says. */
function moneyAddsUp(history: History): void {
  const { game } = history;
  const umpire = history.world.umpire(history.config as Json);
  for (const { before, event, after } of stepsOf(history)) {
    const moves = game.money(before, event);
    const verdict = umpire.see(event);
    for (const { type, amount } of moves) {
      assert.ok(Number.isSafeInteger(amount), `${amount} is a safe integer`);
      assert.ok(type === "house" || amount >= 0, `a ${type} of ${amount} is not negative`);
    }
    assert.equal(sumOf(moves, "house"), verdict.house, "the house gets what the bets say");
    const change = (player: PlayerId): number => game.held(after, player) - game.held(before, player);
    const everyone = new Set([...EVERYONE, ...moves.flatMap((move) => (move.type === "house" ? [] : [move.player]))]);
    let total = 0;
    for (const player of everyone) {
      const own = moves.filter((move) => move.type !== "house" && move.player === player);
      const purse = sumOf(own, "pay") - sumOf(own, "stake");
      assert.equal(change(player) + purse, verdict.profits.get(player) ?? 0, `${player} gets what the bets say`);
      assert.ok(game.held(after, player) >= 0, `${player} has no negative chips on the table`);
      total += change(player);
    }
    assert.equal(
      total,
      sumOf(moves, "stake") - sumOf(moves, "pay") - sumOf(moves, "house"),
      "held after - held before = stakes - pays - house",
    );
  }
}

/** Purses + held + house = what the wallets gave, less what went back, after every batch. */
function pursesAddUp(history: History): void {
  const { game } = history;
  let brought = 0;
  const open = new Map<string, { kind: string; amount: number }>();
  for (const { outcome } of history.batches) {
    for (const event of outcome.events) {
      if (event.type === "room.transfer") {
        open.set(event.transfer.id, event.transfer);
        if (event.transfer.kind === "cashout") brought -= event.transfer.amount;
      }
      if (event.type !== "room.transferred") continue;
      const transfer = open.get(event.id);
      assert.ok(transfer !== undefined && open.delete(event.id), `transfer ${event.id} is answered once`);
      if (transfer.kind === "topup" && event.answer.ok) brought += event.answer.amount;
      if (transfer.kind === "cashout" && !event.answer.ok) brought += transfer.amount;
    }
    const { kernel } = outcome;
    let inRoom = kernel.house;
    for (const [player, purse] of kernel.purses) {
      assert.ok(Number.isSafeInteger(purse.chips) && purse.chips >= 0, `${player} has a purse of ${purse.chips}`);
      inRoom += purse.chips + held(game, kernel, player);
    }
    assert.equal(inRoom, brought, "purses + held + house = what came from the wallets and stayed");
  }
}

// ---- time ----

const keyOf = (of: Pick<Accepted, "player" | "id" | "print">): string => `${of.player} ${of.id} ${of.print}`;

function factsOf(history: History, kernel: Kernel, state: unknown, now: Ms): Facts {
  const { game, room, seeds } = history;
  const round = game.round(state);
  return {
    now,
    purse: (player): Chips => kernel.purses.get(player)?.chips ?? (0 as Chips),
    draw: (label) => drawStream(seeds.get(round) ?? "00".repeat(32), room, round, kernel.round.entropy, label),
  };
}

/** Firing a due deadline removes it or moves it later, fired twice it does nothing, and a table left alone comes to rest. */
function deadlinesFire(history: History): Hits {
  const { game, world } = history;
  let fired = 0;
  for (const { outcome } of history.batches) {
    const { kernel } = outcome;
    if (kernel.table.status === "faulted") continue;
    let state = kernel.state;
    let firings = 0;
    for (;;) {
      const [due] = [...game.deadlines(state)].sort((a, b) => a.at - b.at);
      if (due === undefined) break;
      const late = (due.at + (firings === 1 ? 3_600_000 : 0)) as Ms;
      const input = { type: "deadline", name: due.name, at: due.at } as const;
      const decision = game.decide(state, input, factsOf(history, kernel, state, late));
      assert.ok("events" in decision && decision.events.length > 0, `${due.name} is due and fires`);
      state = decision.events.reduce((before, event) => game.evolve(before, event), state);
      for (const { name, at } of game.deadlines(state)) {
        assert.ok(name !== due.name || at > due.at, `${due.name} is gone, or later, once it has fired`);
      }
      const again = game.decide(state, input, factsOf(history, kernel, state, late));
      assert.ok("events" in again && again.events.length === 0, `${due.name}, fired again, changes nothing`);
      firings += 1;
      fired += 1;
      if (world.idle(state)) break;
      assert.ok(firings < 100, "a table that is left alone comes to rest");
    }
    assert.ok(world.idle(state), "a round with chips in it has a deadline to end by");
  }
  return { fired };
}

/** Time before input: whatever is judged, nothing was due before it, and it is judged by its stamp. */
function timeGoesFirst(history: History): void {
  const { game } = history;
  for (const { before, inputs, until, outcome, asked, parked } of history.batches) {
    for (const { input, at, now, deadlines } of asked) {
      if (at !== null) {
        assert.ok(at <= now, "no deadline fires early");
        assert.ok(
          deadlines.every((other) => other.at >= at),
          "the soonest deadline fires first",
        );
      } else assert.ok(!deadlines.some((due) => due.at <= now), `a ${input} is judged after what was due before it`);
    }
    const stamps = new Map<number, Ms>();
    let clock = before.seq === 0 ? until : before.at;
    for (const { at, token } of inputs) stamps.set(token, (clock = Math.max(clock, at) as Ms));
    const firsts = new Map(outcome.accepted.map((a) => [keyOf(a), a.at]));
    for (const { input } of [...parked.values()].flat()) {
      if (input.type === "command") firsts.delete(keyOf(input)); // judged by the wallet's answer
    }
    const answers = answersOf(outcome);
    for (const { token, input } of inputs) {
      const id = input.type === "command" ? keyOf(input) : "";
      const at = firsts.get(id);
      if (at === undefined || answers.get(token)?.ok !== true) continue;
      firsts.delete(id); // what comes after it under the same id is answered from memory
      const stamp = stamps.get(token) ?? at;
      const waitedHere = inputs.some((other) => other.input.type === "answer" && stamps.get(other.token) === at);
      assert.ok(at === stamp || (at > stamp && waitedHere), "a command is judged by the stamp of its arrival");
    }
    const { kernel } = outcome;
    assert.ok(kernel.at >= before.at, "time does not go back");
    const next = nextDeadline(kernel, { game, graceMs: GRACE_MS });
    const due = kernel.table.status === "faulted" ? [] : game.deadlines(kernel.state).map(({ at }) => at);
    for (const [player, since] of kernel.away) {
      if (!kernel.leaving.has(player)) due.push((since + GRACE_MS) as Ms);
    }
    assert.equal(next, due.length === 0 ? null : Math.min(...due), "the alarm is set to the soonest deadline");
    assert.ok(next === null || next > kernel.at, "what is due has fired");
  }
}

// ---- commands ----

/** The engine's world as it was after so many batches. */
function worldAfter(history: History, batches: number): World {
  const recent = new Recent();
  for (const { outcome } of history.batches.slice(0, batches)) {
    for (const accepted of outcome.accepted) recent.add(accepted);
    recent.evict(outcome.at);
  }
  return engineWorld(history.game, history.seeds, recent);
}

function judgeAgain(history: History, after: number, inputs: readonly Stamped<number>[]): Outcome<number> {
  const judged = history.batches[after - 1];
  assert.ok(judged !== undefined);
  const { kernel } = judged.outcome;
  return run(kernel, new Map(), inputs, kernel.at, worldAfter(history, after));
}

/** Repeating any input id changes nothing and answers the same; the same id with another body is refused `id_conflict`. */
function idsAreOnce(history: History): Hits {
  const { game, batches } = history;
  let repeated = 0;
  for (const [i, { inputs, outcome }] of batches.entries()) {
    const answers = answersOf(outcome);
    const accepted = new Set(outcome.accepted.map(keyOf));
    assert.equal(accepted.size, outcome.accepted.length, "a command that comes twice in one batch is accepted once");
    for (const { input, token } of inputs) {
      const answer = answers.get(token);
      if (input.type !== "command" || answer?.ok !== true) continue;
      if (!accepted.has(keyOf(input))) {
        const known = batches.slice(0, i).some((b) => b.outcome.accepted.some((a) => a.id === input.id));
        assert.ok(known || answer.result !== undefined, "what is accepted is remembered, but for a question");
        continue;
      }
      repeated += 1;
      const other = commandOf(game, input.player, { id: input.id, type: "chat", text: `not ${input.id}` });
      const at = outcome.kernel.at;
      const again = judgeAgain(history, i + 1, [
        { at, token: 1, input },
        { at, token: 2, input: { ...other, player: input.player } },
        { at, token: 3, input },
      ]);
      const given = answersOf(again);
      assert.deepEqual(again.events, [], "a repeated command changes nothing");
      assert.deepEqual(given.get(1), answer, "a repeated command is answered the same");
      assert.deepEqual(given.get(3), answer, "and once more");
      assert.equal(codeOf(given.get(2)), "id_conflict", "another command under a known id is a conflict");
    }
  }
  return { repeated };
}

/** A refused command leaves nothing behind. */
function refusalsChangeNothing(history: History): Hits {
  let refused = 0;
  for (const [i, { inputs, outcome }] of history.batches.entries()) {
    const answers = answersOf(outcome);
    const { at } = outcome.kernel;
    const again = inputs.filter(({ token }) => answers.get(token)?.ok === false).map((one) => ({ ...one, at }));
    for (const one of again) {
      const alone = judgeAgain(history, i + 1, [one]);
      if (answersOf(alone).get(one.token)?.ok !== false) continue;
      refused += 1;
      assert.deepEqual(alone.events, [], "a refused command changes nothing");
    }
  }
  return { refused };
}

const codeOf = (answer: Answer | undefined): string | null => (answer?.ok === false ? answer.code : null);

/** Every answer and message once more at the end, and where everybody was last. */
function inputsAreOnce(history: History): void {
  const { kernel } = last(history).outcome;
  const open = new Set([...kernel.purses.values()].map(({ transfer }) => transfer?.id));
  const said = new Map<string, RoomInput>();
  for (const { input } of history.batches.flatMap((judged) => judged.inputs)) {
    if (input.type === "message") said.set(input.id, input);
    if (input.type === "answer" && !open.has(input.id)) said.set(input.id, input);
    if (input.type === "presence") said.set(input.player, input);
  }
  const again = [...said.values()].map((input): Stamped<number> => ({ at: kernel.at, token: 0, input }));
  assert.deepEqual(judgeAgain(history, history.batches.length, again).events, [], "what was said before is no news");
}

// ---- fairness ----

/** No stream is drawn from a commitment that was not durable before the batch, nor while words for it are still taken. */
function drawsAreCommitted(history: History): void {
  if (history.game.fairness !== "seed") return;
  for (const { before, drawn } of history.batches) {
    for (const { round, frozen } of drawn) {
      const commitment = before.commitments.find((c) => c.round === round);
      assert.ok(commitment !== undefined, `round ${round} was drawn before its commitment was durable`);
      assert.ok(frozen, `round ${round} was drawn while words for it were still taken`);
    }
  }
}

const item = (at: number, input: RoomInput): Stamped<number> => ({ at: at as Ms, token: 0, input });

/**
 * Bets of a round whose commitment was not durable before the batch are never taken nor drawn: here rounds end faster than
 * commits, by orders to void them and by stamps far apart in one batch.
 */
function uncommittedRoundsWait(history: History): Hits {
  const { game, world, batches } = history;
  if (game.fairness !== "seed") return {};
  const random = new Random(history.seed);
  const hits = { notReady: 0, tooSoon: 0 };
  let early: number | null = null;
  for (const [i, { outcome }] of batches.entries()) {
    const { kernel } = outcome;
    if (kernel.table.status === "faulted" || i % 5 !== 0) continue;
    const committed = new Set(kernel.commitments.map((c) => c.round));
    const watched: AnyGame = {
      ...game,
      decide: (state, input, facts) =>
        game.decide(state, input, {
          ...facts,
          draw: (label) => {
            const stream = facts.draw(label);
            if (!committed.has(game.round(state))) early = game.round(state);
            return stream;
          },
        }),
    };
    const engine = { ...worldAfter(history, i + 1), game: watched };
    const orders = [{ type: "resume" }, { type: "void", reason: "a test" }] as const;
    const hurried = [1, 2, 3].flatMap((round) => {
      const bets = Array.from({ length: 12 }, (_, n) => {
        const player = random.pick(PLAYERS) ?? STRANGER;
        const body = world.command(random, kernel.state, player);
        return item(kernel.at, commandOf(game, player, { id: `void-${i}-${player}:${round}${n}0`, ...body }));
      });
      return [...bets, ...orders.map((order) => item(kernel.at, { type: "order", order }))];
    });
    const check = ({ events }: Outcome<number>): void => {
      let { state } = kernel;
      for (const event of events) {
        if (event.type !== "game") continue;
        const staked = game.money(state, event.event).some((move) => move.type === "stake");
        if (staked && !committed.has(game.round(state))) early = game.round(state);
        state = game.evolve(state, event.event);
      }
    };
    const voided = run(kernel, new Map(), hurried, kernel.at, engine);
    hits.notReady += voided.refused.filter((code) => code === "not_ready").length;
    check(voided);
    const wakes = Array.from({ length: 9 }, (_, n) => item(kernel.at + n * 20_000, { type: "wake" }));
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
  return hits;
}

/** Published before it is bet on, opened by the seed, and the seed gives the result; round numbers without a gap. */
function roundsAreProved(history: History): void {
  const { game, room, world } = history;
  if (game.fairness !== "seed") return;
  const published = new Map<number, { hash: string; batch: number }>();
  let next = 1;
  let round = game.round(history.first.state);
  for (const [batch, { outcome }] of history.batches.entries()) {
    for (const { n, hash, seed, entropy, kept } of outcome.finished) {
      assert.equal(n, next++, "round numbers have no gap");
      const known = published.get(n);
      assert.ok(known !== undefined && known.batch < batch, `round ${n} was committed to before`);
      assert.equal(hash, known.hash, "what is revealed is what was committed to");
      const opened = createHash("sha256").update(Buffer.from(seed, "hex")).digest("hex");
      assert.equal(opened, known.hash, "the commitment opens to the revealed seed");
      const proof = { scheme: "seed", room, round: n, commitment: hash, seed, entropy } as const;
      // A round that a fault ended has no result to prove.
      if (kept.length > 0) world.verify(proof, game.recount(kept, null));
    }
    for (const event of outcome.events) {
      if (event.type !== "room.committed") continue;
      assert.ok(!published.has(event.round), "a round is committed to once");
      published.set(event.round, { hash: event.hash, batch });
    }
    const { kernel } = outcome;
    if (kernel.table.status === "faulted") continue;
    assert.ok(game.round(kernel.state) >= round, "rounds do not go back");
    round = game.round(kernel.state);
    const promised = kernel.commitments.map((c) => c.round);
    assert.deepEqual(promised, [round, round + 1], "this round and the next are committed to");
  }
}

export const laws = {
  replays,
  forks,
  survivesJson,
  eventsAreRead,
  folds,
  framesFold,
  secretsAreKept,
  moneyAddsUp,
  pursesAddUp,
  deadlinesFire,
  timeGoesFirst,
  idsAreOnce,
  inputsAreOnce,
  refusalsChangeNothing,
  drawsAreCommitted,
  uncommittedRoundsWait,
  roundsAreProved,
} as const satisfies Readonly<Record<string, (history: History) => Hits | void>>;

export type Law = keyof typeof laws;
