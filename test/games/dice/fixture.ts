import assert from "node:assert/strict";
import * as z from "zod/mini";
import type { State, Event } from "../../../rooms/dice/types.ts";
import { seedProof } from "../../../rooms/fair/deck.ts";
import { drawFromProof } from "../../../rooms/fair/draw.ts";
import type { PlayerId } from "../../../rooms/game.ts";
import type { Random } from "../../kit/random.ts";
import type { Fixture, Frame, Oracle, Verdict } from "../fixtures.ts";

const QUICK = { minStake: 2, maxStake: 60, seedMs: 2_500 };

export const diceFixture: Fixture<State, Event> = {
  configs: [
    { ...QUICK, rolls: 7 },
    { ...QUICK, rolls: 2, maxProfit: 90 },
    { ...QUICK, rolls: 1, minStake: 1, seedMs: 60_000 },
  ],
  command,
  malformed,
  message: () => null,
  // Nobody rolls by themselves.
  never: ["a deadline draws"],
  oracle: (config) => new DiceOracle(config),
  idle: ({ rolls }) => rolls.length === 0,
  verify(proof, outcome) {
    for (const [nonce, roll] of recounted.parse(outcome).rolls.entries()) {
      const rolled = drawFromProof(seedProof(proof), `roll:${nonce}`).int(10_000);
      assert.equal(roll.rolled, rolled, "[D5] the seed gives every roll by its nonce");
      assert.equal(roll.payout, due(roll, rolled), "[D2] and what it pays");
    }
  },
};

const roll = z.object({
  amount: z.int(),
  side: z.enum(["under", "over"]),
  target: z.int(),
  rolled: z.int(),
  payout: z.int(),
});
const recounted = z.object({ rolls: z.array(roll) });
type Bet = Pick<z.infer<typeof roll>, "amount" | "side" | "target">;

function command(random: Random, _state: State): Frame {
  const amount = random.chance(0.04) ? random.pick([1, 500]) : random.between(2, 60);
  const side = random.pick(["under", "over"] as const);
  const near = random.weighted({ even: 5, any: 4, edge: 1 } as const);
  const target =
    near === "even"
      ? random.between(4_000, 6_000)
      : near === "any"
        ? random.int(10_000)
        : random.pick([0, 1, 198, 199, 9_800, 9_801, 9_998, 9_999, 20_000]);
  return { type: "roll", amount: amount ?? 2, side: side ?? "under", target: target ?? 0 };
}

function malformed(random: Random): Frame {
  const odd = random.pick([-1, 1.5, 2 ** 53, "10", null, {}, [5], true]);
  return random.pick<Frame>([
    { type: "roll", amount: odd, side: "under", target: 5_000 },
    { type: "roll", amount: 0, side: "under", target: 5_000 },
    { type: "roll", amount: 10, side: "under", target: odd },
    { type: "roll", amount: 10, side: "between", target: 5_000 },
    { type: "roll", amount: 10, target: 5_000 },
    { type: "roll", amount: 10, side: "over", target: 5_000, rolled: 9_999 },
    { type: "rolled" },
    { type: "rotate" },
  ]);
}

/** What comes back, from the rules alone: 0.99 of the stake, by the chance, in whole chips. [D1] [D2] */
function due({ amount, side, target }: Bet, rolled: number): number {
  const winners = side === "under" ? target : 9_999 - target;
  const won = side === "under" ? rolled < target : rolled > target;
  return won ? Number((BigInt(amount) * 9_900n) / BigInt(winners)) : 0;
}

const limits = z.object({ minStake: z.int(), maxStake: z.int(), maxProfit: z.int(), rolls: z.int() });
const NOTHING: Verdict = { house: 0, profits: new Map() };

/** Somebody who knows the rules, at a table from its first event on. */
class DiceOracle implements Oracle<Event> {
  readonly #limits: z.infer<typeof limits>;
  /** Won less lost under this seed. */
  readonly #nets = new Map<PlayerId, number>();
  #rolls = 0;

  constructor(config: unknown) {
    this.#limits = limits.parse(config);
  }

  see(event: Event): Verdict {
    switch (event.type) {
      case "rolled":
        return this.#rolled(event.roll);
      case "voided": {
        assert.ok(this.#rolls > 0, "[D6] a round without a roll is not void");
        const profits = this.faulted(null);
        this.#next();
        return { house: 0 - [...profits.values()].reduce((sum, one) => sum + one, 0), profits };
      }
      case "rotated":
        assert.ok(this.#rolls > 0, "[D4] no seed is over that nothing was rolled under");
        this.#next();
        return NOTHING;
      default:
        return NOTHING;
    }
  }

  #rolled({ player, amount, side, target, rolled, payout }: Extract<Event, { type: "rolled" }>["roll"]): Verdict {
    const { minStake, maxStake, maxProfit, rolls } = this.#limits;
    const winners = side === "under" ? target : 9_999 - target;
    assert.ok(winners >= 1 && winners <= 9_800, "[D1] one to 9,800 numbers win");
    assert.ok(amount >= minStake && amount <= maxStake, "[D3] the stake is within the limits");
    const most = due({ amount, side, target }, side === "under" ? 0 : 9_999) - amount;
    assert.ok(most > 0 && most <= maxProfit, "[D3] it could win something, and no more than the house pays");
    assert.ok(rolled >= 0 && rolled <= 9_999, "[D1] there are ten thousand numbers");
    assert.equal(payout, due({ amount, side, target }, rolled), "[D2] it is paid by its chance");
    this.#rolls += 1;
    assert.ok(this.#rolls <= rolls, "[D4] no more are rolled under one seed");
    this.#nets.set(player, (this.#nets.get(player) ?? 0) + payout - amount);
    return { house: amount - payout, profits: new Map([[player, payout - amount]]) };
  }

  words(): void {
    assert.equal(this.#rolls, 0, "[D5] words come before the first roll");
  }

  /** Whoever has lost gets it back, and whoever has won keeps it. Null: by an order. */
  faulted(refunds: ReadonlyMap<PlayerId, number> | null): ReadonlyMap<PlayerId, number> {
    const lost = [...this.#nets].filter(([, net]) => net < 0).map(([player, net]) => [player, -net] as const);
    if (refunds !== null) assert.deepEqual(new Map(refunds), new Map(lost), "[D6] what was lost is given back");
    return new Map(lost);
  }

  #next(): void {
    this.#nets.clear();
    this.#rolls = 0;
  }
}
