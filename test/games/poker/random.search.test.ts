import { stepOf } from "../../kit/step.ts";
import { describe, expect, test, vi } from "vitest";
import type { Chips, Facts, Ms, PlayerId } from "../../../rooms/game.ts";
import { DECK } from "../../../rooms/poker/cards.ts";
import type { Event } from "../../../rooms/poker/events.ts";
import { awards, begin, returned, runsOut, uncontested, type Post } from "../../../rooms/poker/hand.ts";
import { poker } from "../../../rooms/poker/index.ts";
import type { State } from "../../../rooms/poker/state.ts";
import { act, legal, nextStreet, type Action, type Betting, type Legal } from "../../../rooms/poker/street.ts";
import { Random } from "../../kit/random.ts";
import { pokerFixture } from "./fixture.ts";

vi.setConfig({ testTimeout: 180_000 });

const HANDS = 100_000;
const chipsOf = ({ stakes }: Betting): number => stakes.reduce((sum, { stack, put }) => sum + stack + put, 0);

function choice(random: Random, { toCall, raise }: Legal): Action {
  if (random.chance(toCall === 0 ? 0.02 : 0.2)) return { type: "fold" };
  if (raise === null || random.chance(0.7)) return { type: "call" };
  const to = random.pick([raise.least, raise.most, random.between(raise.least, raise.most)]);
  return { type: "raise", to };
}

/** Two to nine players with anything in front; antes, dead blinds and short stacks among them. */
function dealt(random: Random): Betting {
  const players = random.between(2, 9);
  const bigBlind = random.pick([2, 3, 100]);
  const stacks = Array.from({ length: players }, () => random.between(1, random.pick([3, 40, 400]) * bigBlind));
  const ante = random.pick([0, 0, 1, bigBlind]);
  const small = players === 2 ? 1 : 0;
  const big = players === 2 ? 0 : 1;
  const posts = stacks.map((_, i): Post => {
    if (i === small) return { ante, dead: 0, live: Math.floor(bigBlind / 2) };
    if (i === big) return { ante, dead: 0, live: bigBlind };
    return random.chance(0.1) ? { ante, dead: 1, live: bigBlind } : { ante, dead: 0, live: 0 };
  });
  return begin(stacks, posts, { bigBlind, price: bigBlind, first: players === 2 ? 1 : 2 % players });
}

describe("random hands", () => {
  test("[P7] 100,000 of them conserve chips after every act, and end", () => {
    const random = new Random(2_026);
    const seen = { sidePots: 0, allIn: 0, uncontested: 0, acts: 0 };
    for (let n = 0; n < HANDS; n++) {
      let betting = dealt(random);
      const whole = chipsOf(betting);
      let acts = 0;
      for (let street = 0; street < 4; street++) {
        while (betting.turn !== null) {
          const player: number = betting.turn;
          const may = legal(betting, player);
          if (may === null) throw new Error("whose turn it is may do something");
          betting = act(betting, player, choice(random, may));
          if (chipsOf(betting) !== whole) throw new Error(`hand ${n}: chips came or went`);
          if (betting.stakes.some(({ stack, bet, put }) => stack < 0 || bet < 0 || put < bet))
            throw new Error(`hand ${n}: below zero`);
          if (++acts > 500) throw new Error(`hand ${n} does not end`);
        }
        if (uncontested(betting) !== null || street === 3) break;
        if (runsOut(betting)) seen.allIn += 1;
        betting = nextStreet(betting);
      }
      const back = returned(betting).betting;
      const strengths = back.stakes.map(({ folded }) => (folded ? null : random.int(6)));
      const boards = random.chance(0.2)
        ? [strengths, strengths.map((one) => (one === null ? null : 5 - one))]
        : [strengths];
      const paid = awards(back.stakes, boards).flatMap(({ wins }) => wins);
      const stacks = back.stakes.reduce((sum, { stack }) => sum + stack, 0);
      const won = paid.reduce((sum, { chips }) => sum + chips, 0);
      if (stacks + won !== whole) throw new Error(`hand ${n}: ${stacks} + ${won} is not ${whole}`);
      if (paid.some(({ player, chips }) => chips < 0 || back.stakes[player]?.folded !== false))
        throw new Error(`hand ${n}: paid to who has folded`);
      seen.acts += acts;
      if (uncontested(back) !== null) seen.uncontested += 1;
      if (new Set(awards(back.stakes, boards).map(({ pot }) => pot)).size > 2) seen.sidePots += 1;
    }
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(HANDS / 100);
  });

  test.each(pokerFixture.configs.map((config, i) => [i, config] as const))(
    "[P7] [P21] thousands through the whole game, with people coming and going, under the eyes of the oracle: table %i",
    (seed, given) => {
      const config = poker.config.parse(given);
      const oracle = pokerFixture.oracle(config);
      const random = new Random(seed + 5);
      const players = ["ann", "bob", "cy", "dee", "eve", "fay", "gus", "hal"].map((name) => name as PlayerId);
      const journal: Event[] = [];
      const decks = new Map<number, readonly number[]>();
      let state = poker.rules.initial(config);
      let now = 1_000_000 as Ms;
      let brought = 0;
      let house = 0;
      const facts = (): Facts => ({
        now,
        table: "running",
        purse: () => 0 as Chips,
        draw: () => {
          throw new Error("nothing is drawn");
        },
        deck: {
          card: (position) => {
            const deck = decks.get(state.round) ?? shuffled(random);
            decks.set(state.round, deck);
            return { card: deck[position] ?? 0, opening: { position, salt: "", path: [] } };
          },
        },
      });
      const take = (input: Parameters<typeof poker.rules.decide>[1]): void => {
        const decision = poker.rules.decide(state, input, facts());
        if ("refused" in decision) return;
        for (const event of decision.events) {
          oracle.see(event);
          for (const move of poker.bank.moves(stepOf(poker, state, event))) {
            if (move.type === "house") house += move.amount;
            else brought += move.type === "stake" ? move.amount : 0 - move.amount;
          }
          state = poker.rules.evolve(state, event);
          journal.push(event);
        }
      };
      for (let i = 0; decks.size < 1_200; i++) {
        if (i > 300_000) throw new Error("hands do not end");
        const player = random.pick(players) ?? players[0];
        const turn = state.hand?.betting.turn ?? null;
        const acts = turn === null ? undefined : state.hand?.players[turn];
        const who = acts !== undefined && !acts.bot && random.chance(0.8) ? acts.player : player;
        if (who !== undefined && random.chance(0.75)) {
          take({
            type: "command",
            player: who,
            command: poker.command.parse(pokerFixture.command(random, state, who)),
          });
        }
        const [due] = [...poker.rules.deadlines(state)].sort((a, b) => a.at - b.at);
        if (due !== undefined && (turn === null || acts?.bot === true || random.chance(0.1))) {
          now = Math.max(now, due.at) as Ms;
          take({ type: "deadline", name: due.name, at: due.at });
        } else now = (now + random.int(100)) as Ms;
        if (random.chance(0.001)) take({ type: "void", reason: "a test" });
        decks.delete(state.round - 3);
        if (decks.size > 0 && state.round > 1_200) break;
        const people = state.seats.reduce(
          (sum, one) => sum + (one === null ? 0 : poker.bank.onTable(state, one.player)),
          0,
        );
        if (people + house !== brought)
          throw new Error(`after ${journal.length} events: ${people} + ${house} is not ${brought}`);
      }
      expect(journal.filter(({ type }) => type === "won").length).toBeGreaterThan(1_000);
      const replayed = journal.reduce(
        (before: State, event) => poker.rules.evolve(before, event),
        poker.rules.initial(config),
      );
      expect(replayed).toEqual(state);
    },
  );
});

function shuffled(random: Random): number[] {
  const rest = [...DECK];
  return DECK.map(() => rest.splice(random.int(rest.length), 1)[0] ?? 0);
}
