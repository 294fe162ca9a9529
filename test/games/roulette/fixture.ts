import assert from "node:assert/strict";
import * as z from "zod/mini";
import type { PlayerId } from "../../../rooms/game.ts";
import { seedProof } from "../../../rooms/fair/deck.ts";
import { drawFromProof } from "../../../rooms/fair/draw.ts";
import type { Event } from "../../../rooms/roulette/events.ts";
import { layoutOf } from "../../../rooms/roulette/layout.ts";
import type { State } from "../../../rooms/roulette/state.ts";
import type { Bet, Config } from "../../../rooms/roulette/types.ts";
import { pocketsOf } from "../../../rooms/roulette/wheel.ts";
import type { Random } from "../../kit/random.ts";
import type { Frame, Fixture, Oracle, Verdict } from "../fixtures.ts";

const QUICK = {
  minStake: 2,
  maxInside: 60,
  maxOutside: 600,
  maxPlayer: 900,
  openMs: 7_000,
  spinMs: 1_500,
  settledMs: 1_000,
};

export const rouletteFixture: Fixture<State, Event> = {
  configs: [
    { ...QUICK },
    { ...QUICK, wheel: "french", closedMs: 50, spinMs: 50 },
    { ...QUICK, wheel: "american", maxLiability: 2_000 },
  ],
  command,
  malformed,
  message: () => null,
  oracle: (config) => new RouletteOracle(wheelSchema.parse(config).wheel),
  idle: (state) => state.felt.players === 0,
  verify: (proof, outcome) => {
    const { result, wheel } = recounted.parse(outcome);
    if (result === null) return;
    const pockets = pocketsOf(wheel);
    assert.equal(
      result,
      pockets[drawFromProof(seedProof(proof), "spin").int(pockets.length)],
      "the draw is not the result",
    );
  },
};

const wheel = z.enum(["european", "french", "american"]);
const wheelSchema = z.object({ wheel });
const recounted = z.object({ result: z.nullable(z.string()), wheel });

// ---- what players do ----

function command(random: Random, state: State): Frame {
  const amount = random.chance(0.05) ? 1_000 : 2 * random.between(1, 30) + (random.chance(0.1) ? 1 : 0);
  switch (
    random.weighted({ bet: 44, call: 8, undo: 8, clear: 2, double: 6, repeat: 8, auto: 8, off: 2, who: 2 } as const)
  ) {
    case "bet":
      return { type: "bet", bets: Array.from({ length: random.between(1, 4) }, () => bet(random, state.config)) };
    case "call": {
      const name = random.pick(["voisins", "tiers", "orphelins", "jeu-zero", "neighbours", "finales"]);
      return { type: "call", name, n: random.int(13), amount: random.between(1, 5) };
    }
    case "undo":
      return { type: "undo" };
    case "clear":
      return { type: "clear" };
    case "double":
      return { type: "double" };
    case "repeat":
      return { type: "repeat" };
    case "auto": {
      const stops = random.chance(0.5) ? { stopLoss: amount, stopWin: 2 * amount } : {};
      return { type: "autoRepeat", rounds: random.between(1, 3), ...stops };
    }
    case "off":
      return { type: "autoRepeat", rounds: 0 };
    case "who":
    default:
      return { type: "who", spot: random.pick(["red", "straight:17", "nowhere"]) };
  }
}

function bet(random: Random, config: Config): Bet {
  const amount = random.chance(0.02) ? 1 : 2 * random.between(1, 40) + (random.chance(0.05) ? 1 : 0);
  if (random.chance(0.02)) return { spot: random.pick(["straight:37", "split:1-3", "", "__proto__"]), amount };
  const favourite = random.pick(["red", "black", "even", "straight:17", "straight:0", "dozen:2"]);
  return { spot: random.chance(0.5) ? favourite : (random.pick(layoutOf(config.wheel).bets)?.spot ?? "red"), amount };
}

function malformed(random: Random): Frame {
  const amount = random.pick([-1, 0, 1.5, 2 ** 53, "10", null, {}, [5], true]);
  return random.pick<Frame>([
    { type: "bet", bets: [{ spot: "red", amount }] },
    { type: "bet", bets: [] },
    { type: "bet", bets: "red" },
    { type: "bet" },
    { type: "bet", bets: [{ spot: 17, amount: 5 }] },
    { type: "bet", bets: Array.from({ length: 41 }, () => ({ spot: "red", amount: 2 })) },
    { type: "call", name: "everything", amount: 5 },
    { type: "call", name: "tiers", amount },
    { type: "autoRepeat", rounds: -1 },
    { type: "autoRepeat", rounds: 1_001 },
    { type: "autoRepeat", rounds: 1, stopLoss: amount },
    { type: "spin" },
    { type: "settled", round: 1, result: "17", slips: {} },
  ]);
}

// ---- the oracle ----

type Chances = Readonly<Record<string, (n: number) => boolean>>;
/** R1, as it is printed in the rules. */
const RED = new Set([1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36]);
const CHANCES: Chances = {
  red: (n) => RED.has(n),
  black: (n) => !RED.has(n),
  odd: (n) => n % 2 === 1,
  even: (n) => n % 2 === 0,
  low: (n) => n <= 18,
  high: (n) => n >= 19,
};

/** What comes back for a bet when the ball falls into `pocket`: from the spot's name and the rules alone. [R1] [R2] [R11] */
function returned(wheel: Config["wheel"], { spot, amount }: Bet, pocket: string): number {
  const n = pocket === "00" ? 0 : Number(pocket);
  const [kind = "", covered = ""] = spot.split(":");
  const chance = CHANCES[kind];
  if (chance !== undefined) {
    if (n > 0) return chance(n) ? 2 * amount : 0;
    return wheel === "french" ? amount / 2 : 0;
  }
  if (kind === "dozen") return n > 0 && Math.ceil(n / 12) === Number(covered) ? 3 * amount : 0;
  if (kind === "column") return n > 0 && ((n - 1) % 3) + 1 === Number(covered) ? 3 * amount : 0;
  const pockets = covered.split("-");
  if (!pockets.includes(pocket)) return 0;
  return kind === "five" ? 7 * amount : (36 / pockets.length) * amount;
}

type Sums = ReadonlyMap<string, number>;

function sums(bets: readonly Bet[]): Sums {
  const bySpot = new Map<string, number>();
  for (const { spot, amount } of bets) bySpot.set(spot, (bySpot.get(spot) ?? 0) + amount);
  return new Map([...bySpot].sort(([a], [b]) => (a < b ? -1 : 1)));
}

const sum = (bets: readonly Bet[]): number => bets.reduce((total, { amount }) => total + amount, 0);
const UNDOS = 50;
const NOTHING: Verdict = { house: 0, profits: new Map() };

class RouletteOracle implements Oracle<Event> {
  readonly #wheel: Config["wheel"];
  #phase: "open" | "closed" | "spinning" | "settled" = "open";
  #round = 1;
  #result = "";
  /** This round's actions that stand, oldest first. */
  readonly #actions = new Map<PlayerId, Bet[][]>();
  readonly #last = new Map<PlayerId, readonly Bet[]>();

  constructor(wheel: Config["wheel"]) {
    this.#wheel = wheel;
  }

  see(event: Event): Verdict {
    switch (event.type) {
      case "placed":
        this.#placed(event.player, event.bets, event.by);
        return NOTHING;
      case "taken":
        this.#taken(event.player, event.bets, event.by);
        return NOTHING;
      case "opened":
        assert.equal(this.#phase, "open", "[R4] the clock opens at an open table");
        return NOTHING;
      case "closed":
        assert.equal(this.#phase, "open", "[R8] an open table closes, and once");
        this.#phase = "closed";
        return NOTHING;
      case "spun":
        assert.equal(this.#phase, "closed", "[R8] a closed table spins, and once");
        this.#phase = "spinning";
        this.#result = event.result;
        return NOTHING;
      case "settled":
        return this.#settled(event);
      case "ready":
        if (this.#phase === "settled") this.#phase = "open";
        assert.equal(this.#phase, "open", "[R4] betting opens after the pay-out");
        return NOTHING;
      case "voided":
        assert.equal(event.round, this.#round, "the open round is voided");
        this.#next("open");
        return NOTHING;
      case "forgot":
        for (const player of event.players) this.#last.delete(player);
        return NOTHING;
      case "auto":
        return NOTHING;
      default:
        event satisfies never;
        return NOTHING;
    }
  }

  #placed(player: PlayerId, bets: readonly Bet[], by: Extract<Event, { type: "placed" }>["by"]): void {
    assert.equal(this.#phase, "open", "[R5] no bet is taken after the close or between rounds");
    const actions = this.#actions.get(player) ?? [];
    if (by === "double") assert.deepEqual(sums(bets), sums(actions.flat()), "[R7] double adds what is there");
    if (by === "repeat" || by === "auto") {
      assert.deepEqual(sums(bets), sums(this.#last.get(player) ?? []), "[R7] repeat places the last round's bets");
    }
    actions.push([...bets]);
    if (actions.length > UNDOS) actions.splice(0, 2, actions.slice(0, 2).flat());
    this.#actions.set(player, actions);
  }

  #taken(player: PlayerId, bets: readonly Bet[], by: "undo" | "clear"): void {
    assert.equal(this.#phase, "open", "[R7] nothing is taken back after the close");
    const actions = this.#actions.get(player) ?? [];
    const back = by === "undo" ? actions.slice(-1) : actions;
    assert.ok(back.length > 0, "[R7] there is something to take back");
    assert.deepEqual(sums(bets), sums(back.flat()), "[R7] undo takes back the last action, clear all of them");
    this.#actions.set(player, by === "undo" ? actions.slice(0, -1) : []);
  }

  #settled({ round, result, slips }: Extract<Event, { type: "settled" }>): Verdict {
    assert.equal(this.#phase, "spinning", "[R8] a spun round is settled, and once");
    assert.equal(round, this.#round, "the open round is settled");
    assert.equal(result, this.#result, "what is paid is what was spun");
    const profits = new Map<PlayerId, number>();
    let players = 0;
    for (const [player, actions] of this.#actions) {
      const bets = actions.flat();
      if (bets.length === 0) continue;
      players += 1;
      const back = bets.reduce((total, bet) => total + returned(this.#wheel, bet, result), 0);
      assert.equal(slips[player]?.staked, sum(bets), "[R8] the stake that is settled is the one that was placed");
      assert.equal(slips[player]?.returned, back, "[R2] [R11] what comes back is what the rules say");
      profits.set(player, back - sum(bets));
      this.#last.set(player, bets);
    }
    assert.equal(Object.keys(slips).length, players, "everybody who bet is settled, and nobody else");
    this.#next("settled");
    return { house: 0 - [...profits.values()].reduce((total, profit) => total + profit, 0), profits };
  }

  #next(phase: "open" | "settled"): void {
    this.#phase = phase;
    this.#round += 1;
    this.#actions.clear();
  }
}
