import { chips, type Move, type StakeLine } from "../game.ts";
import { defineGame } from "../kit/define.ts";
import { decide, evolve } from "./play.ts";
import { countOf, kept, NUMBERS, payoutOf, type Recount, type Roll } from "./rolls.ts";
import { rtp } from "./rtp.ts";
import { command, config, event, stored, type Config, type State } from "./types.ts";
import { options } from "./words.ts";

/** The last twenty rolls that `of` is true for, newest first, each with the round and nonce that prove it. */
const lastOf = ({ round, past, rolls }: State, of: (roll: Roll) => boolean = () => true) =>
  [past, rolls]
    .flatMap((all, i) => all.map((one, nonce) => ({ ...one, round: round - 1 + i, nonce })))
    .filter(of)
    .slice(-20)
    .toReversed();

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((n, one) => n + of(one), 0);

function ownOf(rolls: readonly Roll[]): ReadonlyMap<Roll["player"], readonly Roll[]> {
  const own = new Map<Roll["player"], Roll[]>();
  for (const roll of rolls) own.set(roll.player, [...(own.get(roll.player) ?? []), roll]);
  return own;
}

/** Each player's sum of stakes and of payouts, and the house's expected gain from them. */
const linesOf = (rolls: readonly Roll[]): readonly StakeLine[] =>
  [...ownOf(rolls)].map(([player, own]) => ({
    player,
    staked: chips(sum(own, ({ amount }) => amount)),
    returned: chips(sum(own, ({ payout }) => payout)),
    gainX10000: sum(own, (one) => one.amount * NUMBERS - countOf(one) * payoutOf(one.amount, countOf(one))),
  }));

/** The refunds of a void round: players who lost in all get that back, players who won keep it. */
function givenBack(rolls: readonly Roll[]): readonly Move[] {
  const back = linesOf(rolls).flatMap(({ player, staked, returned }) =>
    staked > returned ? [{ type: "pay", player, amount: chips(staked - returned), back: true } as const] : [],
  );
  return [...back, { type: "house", amount: 0 - sum(back, ({ amount }) => amount) }];
}

/** Dice, D1 to D6. */
export const dice = defineGame({
  name: "dice",
  version: 1,
  config,
  stored,
  command,
  event,
  rules: {
    initial: (config: Config): State => ({ config, round: 1, rolls: [], past: [], until: null }),
    decide,
    evolve,
    round: ({ round }) => round,
    seedsClosed: ({ until }) => until !== null,
    deadlines: ({ until }) => (until === null ? [] : [{ name: "rotate", at: until }]),
  },
  bank: {
    moves({ before, event }): readonly Move[] {
      if (event.type === "voided") return givenBack(before.rolls);
      if (event.type !== "rolled") return [];
      const { player, amount, payout } = event.roll;
      const stake = { type: "stake", player, amount: chips(amount) } as const;
      const house = { type: "house", amount: amount - payout } as const;
      return payout === 0 ? [stake, house] : [stake, { type: "pay", player, amount: chips(payout) }, house];
    },
  },
  sight: {
    view: (state) => {
      const { config, round, until, rolls } = state;
      return { config, round, until, rolls: rolls.length, last: lastOf(state) };
    },
    seat: (state, me) => ({ last: lastOf(state, ({ player }) => player === me) }),
    audience: ({ past, rolls }) => [...past, ...rolls].map(({ player }) => player),
  },
  rounds: {
    settle({ before: { rolls }, event, after }) {
      // The results are shown before the round is over, so the record of a round that stops has them too.
      if (event.type === "rolled") return { record: { void: "The table stopped.", rolls: after.rolls } };
      if (event.type === "voided") return { record: { void: event.reason, rolls } };
      if (event.type !== "rotated") return null;
      return { record: { void: null, rolls }, paid: { result: rolls.length, lines: linesOf(rolls) } };
    },
    recordFor: (record): Recount => kept.parse(record),
  },
  lobby: {
    title: "Dice",
    options,
    rtp,
    summary: (state) => ({
      phase: "open",
      round: state.round,
      players: new Set(state.rolls.map(({ player }) => player)).size,
      minStake: state.config.minStake,
      maxStake: state.config.maxStake,
      note: {
        last: lastOf(state)
          .slice(0, 8)
          .map(({ rolled }) => rolled),
      },
    }),
  },
});
