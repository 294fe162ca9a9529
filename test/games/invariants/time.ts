import assert from "node:assert/strict";
import { nextDeadline } from "../../../rooms/kernel/engine.ts";
import { drawStream, type Entropy } from "../../../rooms/fair/draw.ts";
import type { Chips, Facts, Ms } from "../../../rooms/game.ts";
import { commitDecks, pickOf, PlayedDeck } from "../../../rooms/fair/deck.ts";
import { deadlinesOf, tableStatus, type Kernel } from "../../../rooms/kernel/state.ts";
import { answersOf, GRACE_MS, type History } from "../../kit/history.ts";
import { keyOf, type Hits } from "./common.ts";

/** Invariants of time. */

function factsOf(history: History, kernel: Kernel, state: unknown, now: Ms): Facts {
  const { game, room, seeds } = history;
  const round = game.rules.round(state);
  return {
    now,
    table: tableStatus(kernel),
    purse: (player): Chips => kernel.purses.get(player)?.chips ?? (0 as Chips),
    draw: (label) => drawStream(seeds.get(round) ?? "00".repeat(32), room, round, kernel.round.entropy, label),
    deck: {
      card: (position) => {
        const words = kernel.round.n === round ? kernel.round.entropy : [];
        return deckOf(seeds.get(round) ?? "00".repeat(32), room, round, words).card(position);
      },
    },
  };
}

const decks = new Map<string, PlayedDeck>();

/** Put together once: it is dealt from again and again. */
function deckOf(secret: string, room: string, round: number, words: readonly Entropy[]): PlayedDeck {
  const key = JSON.stringify([secret, room, round, words]);
  let deck = decks.get(key);
  if (deck === undefined) {
    const { hash } = commitDecks(secret, room, round);
    deck = new PlayedDeck(secret, room, round, pickOf(hash, room, round, words));
    decks.set(key, deck);
  }
  return deck;
}

/** Firing a due deadline removes it or moves it later, fired twice it does nothing, and a table left alone comes to rest. */
export function deadlinesFire(history: History): Hits {
  const { game, world } = history;
  let fired = 0;
  for (const { outcome } of history.batches) {
    const { kernel } = outcome;
    if (kernel.table.status === "faulted") continue;
    let state = kernel.state;
    let firings = 0;
    for (;;) {
      const [due] = [...deadlinesOf(game, { ...kernel, state })].sort((a, b) => a.at - b.at);
      if (due === undefined) break;
      const late = (due.at + (firings === 1 ? 3_600_000 : 0)) as Ms;
      const input = { type: "deadline", name: due.name, at: due.at } as const;
      const decision = game.rules.decide(state, input, factsOf(history, kernel, state, late));
      assert.ok("events" in decision && decision.events.length > 0, `${due.name} is due and fires`);
      state = decision.events.reduce((before, event) => game.rules.evolve(before, event), state);
      for (const { name, at } of game.rules.deadlines(state)) {
        assert.ok(name !== due.name || at > due.at, `${due.name} is gone, or later, once it has fired`);
      }
      const again = game.rules.decide(state, input, factsOf(history, kernel, state, late));
      assert.ok("events" in again && again.events.length === 0, `${due.name}, fired again, changes nothing`);
      firings += 1;
      fired += 1;
      if (world.idle(state, tableStatus(kernel))) break;
      assert.ok(firings < 100, "a table that is left alone comes to rest");
    }
    assert.ok(world.idle(state, tableStatus(kernel)), "a round with chips in it has a deadline to end by");
  }
  return { fired };
}

/** Time before input: whatever is judged, nothing was due before it, and it is judged by its stamp. */
export function timeGoesFirst(history: History): void {
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
    const due = deadlinesOf(game, kernel).map(({ at }) => at);
    for (const [player, since] of kernel.away) {
      if (!kernel.leaving.has(player)) due.push((since + GRACE_MS) as Ms);
    }
    assert.equal(next, due.length === 0 ? null : Math.min(...due), "the alarm is set to the soonest deadline");
    assert.ok(next === null || next > kernel.at, "what is due has fired");
  }
}
