import { stepOf, toldOf } from "../../kit/step.ts";
import { recordFor } from "../../../rooms/kernel/settlement.ts";
import assert from "node:assert/strict";
import { PublicFeed } from "../../../rooms/kernel/public-feed.ts";
import * as frames from "../../../rooms/kernel/frames.ts";
import { CARDS, DECKS, deckSeed, PlayedDeck } from "../../../rooms/fair/deck.ts";
import type { Json, PlayerId, Viewer } from "../../../rooms/game.ts";
import { roomDelta } from "../../../rooms/kernel/room-events.ts";
import { pack } from "../../../rooms/host/outbox.ts";
import { emptyTable, foldTable, type RoomDelta } from "../../../rooms/kernel/table.ts";
import type { History } from "../../kit/history.ts";
import { EVERYONE, type Hits, json, last, statusAfter, stepsOf, VIEWERS } from "./common.ts";

/** Invariants of what is seen: by everybody, by one player, and by nobody. */

/** fold(view, show) equals the next view, and foldSeat(seat, tell) the next seat, for every viewer; nobody else's changes. */
export function folds(history: History): void {
  const { game } = history;
  for (const { before, event, after } of stepsOf(history)) {
    const shown = game.deltas.publicDelta(stepOf(game, before, event));
    const view = shown === null ? game.sight.view(before) : game.deltas.fold(game.sight.view(before), json(shown));
    assert.deepEqual(view, game.sight.view(after), "folding what is shown gives the next view");
    const all = toldOf(game, before, event, EVERYONE);
    for (const player of new Set([...EVERYONE, ...all.keys()])) {
      const told = all.get(player);
      const seat =
        told === undefined
          ? game.sight.seat(before, player)
          : game.deltas.foldSeat(game.sight.seat(before, player), json(told));
      assert.deepEqual(seat, game.sight.seat(after, player), `what ${player} is told gives the next seat`);
    }
  }
}

/** What a batch sends out, folded by a client, gives the room's views; squashed or not, wherever the frames are cut. */
export function framesFold(history: History): void {
  const { game, first } = history;
  let view = game.sight.view(first.state);
  let slow = view;
  let table = emptyTable;
  let waiting: unknown[] = [];
  const seats = new Map(EVERYONE.map((player) => [player, game.sight.seat(first.state, player)]));
  const purses = new Map<PlayerId, number>();
  for (const [i, { outcome }] of history.batches.entries()) {
    const { kernel } = outcome;
    for (const shown of outcome.gameShown) view = game.deltas.fold(view, json(shown));
    waiting.push(...outcome.gameShown);
    if (i % 3 === 0) {
      const text = JSON.stringify(waiting);
      const squashed = game.deltas.coalesce?.(waiting) ?? waiting;
      assert.equal(JSON.stringify(waiting), text, "squashing changes nothing in place");
      for (const shown of squashed) slow = game.deltas.fold(slow, json(shown));
      assert.deepEqual(slow, view, "folding the squashed equals folding the originals");
      waiting = [];
    }
    for (const shown of outcome.roomShown) table = foldTable(table, json(shown) as RoomDelta);
    for (const [player, told] of outcome.told) {
      for (const step of told) seats.set(player, game.deltas.foldSeat(seats.get(player), json(step)));
    }
    for (const player of outcome.purses) purses.set(player, kernel.purses.get(player)?.chips ?? 0);
    assert.deepEqual(view, game.sight.view(kernel.state), "the public frames give the view");
    assert.deepEqual(table, kernel.table, "the room's frames give its table");
    for (const player of EVERYONE) {
      assert.deepEqual(
        seats.get(player),
        game.sight.seat(kernel.state, player),
        `the frames for ${player} give the seat`,
      );
      const known = purses.get(player) ?? 0;
      assert.equal(known, kernel.purses.get(player)?.chips ?? 0, `${player} is told of every change of the purse`);
    }
  }
  const stepwise = history.batches.flatMap(({ outcome }) => outcome.events.map(roomDelta)).filter((s) => s !== null);
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

/**
 * The seed of an unrevealed round is in no frame, view, seat, table, published event, lobby line or log line. Of a deck no seed is
 * ever revealed but those of the seven that were not played, and of the one that is no card that a viewer was not shown.
 */
export function secretsAreKept(history: History): Hits {
  if (history.game.fairness === "deck") return cardsAreKept(history);
  const { game, room } = history;
  const feed = new PublicFeed(game, 0);
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
      ...pack(outcome.published, { room, epoch: "0e0e0e0e", seq: kernel.seq, firstSequence: 1, at: outcome.at }).map(
        (row) => row.body,
      ),
      JSON.stringify(game.lobby.summary(kernel.state)),
      // Any two rounds that are over may be read; the open one may not.
      ...outcome.finished.map(({ kept }) => JSON.stringify(recordFor(game, kept, viewer))),
    ].join("\n");
    for (const [round, forms] of secret) {
      for (const form of forms) assert.ok(!said.includes(form), `the seed of round ${round} got out: ${form}`);
    }
  }
  nothingLogged(history);
  return {};
}

function nothingLogged({ logged, seeds }: History): void {
  const lines = logged.join("\n");
  for (const seed of seeds.values()) {
    for (const form of formsOf(seed)) assert.ok(!lines.includes(form), `a seed was logged: ${form}`);
  }
}

const LEAVES = Array.from({ length: CARDS }, (_, leaf) => leaf);
/** Every salt as it may be written down. */
const HEX = /[0-9a-f]{32,}/gi;

/** A closed card is known by its salt: who has it has the card, and who has not cannot tell it from the others. */
function cardsAreKept(history: History): Hits {
  const { game, room, config, world, seeds } = history;
  const oracle = world.oracle(config as Json);
  const feed = new PublicFeed(game, 0);
  const secret = new Map<number, readonly string[]>();
  /** Salts of every deck that was ever played, and who has been shown which. */
  const salts = new Map<string, string>();
  const shown = new Map<Viewer, Set<string>>(VIEWERS.map((viewer) => [viewer, new Set()]));
  const hits = { salts: 0, closed: 0 };
  for (const [i, { outcome }] of history.batches.entries()) {
    const { kernel } = outcome;
    for (const { round, seed } of outcome.seeds)
      secret.set(round, [seed, ...deckSeeds(seed, room, round)].flatMap(formsOf));
    for (const event of outcome.events) {
      if (event.type === "room.notice") oracle.table?.(statusAfter("running", event));
      if (event.type === "room.opened") {
        const { round, deck } = event;
        const seed = seeds.get(round) ?? "";
        const others = deckSeeds(seed, room, round).filter((_, k) => k !== deck);
        const open = new Set(others.flatMap(formsOf));
        secret.set(
          round,
          (secret.get(round) ?? []).filter((form) => !open.has(form)),
        );
        const played = new PlayedDeck(seed, room, round, { deck, order: LEAVES });
        for (const leaf of LEAVES) salts.set(played.card(leaf).opening.salt, `round ${round}`);
      }
      if (event.type !== "game") continue;
      oracle.see(event.event);
      for (const viewer of VIEWERS) {
        for (const { opening } of oracle.mayKnow?.(viewer) ?? []) shown.get(viewer)?.add(opening.salt);
      }
    }
    feed.push(kernel.seq, outcome.roomShown, outcome.gameShown);
    const taken = i % 2 === 0 ? [feed.take(outcome.at) ?? ""] : [];
    const missed = feed.missed(Math.max(0, kernel.seq - 20)) ?? [];
    const toAll = [
      ...taken,
      ...missed,
      ...outcome.answers.map(({ answer }) => frames.replyFrame(answer)),
      ...pack(outcome.published, { room, epoch: "0e0e0e0e", seq: kernel.seq, firstSequence: 1, at: outcome.at }).map(
        (row) => row.body,
      ),
      JSON.stringify(game.lobby.summary(kernel.state)),
    ];
    for (const viewer of VIEWERS) {
      const own = viewer === null ? [] : (outcome.told.get(viewer) ?? []);
      const said = [
        ...(viewer === null ? toAll : []),
        frames.welcome(game, kernel, viewer, "epoch", outcome.at),
        frames.ownFrame(kernel.seq, own),
        ...outcome.finished.map(({ kept }) => JSON.stringify(recordFor(game, kept, viewer))),
      ].join("\n");
      const may = shown.get(viewer);
      for (const [word] of said.matchAll(HEX)) {
        const round = salts.get(word.toLowerCase());
        if (round === undefined) continue;
        hits.salts += 1;
        assert.ok(may?.has(word.toLowerCase()), `${viewer} was sent the salt of a closed card of ${round}`);
      }
      const recent = [...secret].filter(([round]) => round > kernel.round.n - 3);
      for (const [round, forms] of recent) {
        for (const form of forms) assert.ok(!said.includes(form), `the seed of round ${round} got out: ${form}`);
      }
    }
  }
  hits.closed = [...salts.keys()].filter((salt) => [...shown.values()].every((known) => !known.has(salt))).length;
  nothingLogged(history);
  return hits;
}

const deckSeeds = (seed: string, room: string, round: number): string[] =>
  Array.from({ length: DECKS }, (_, deck) => deckSeed(seed, room, round, deck));
