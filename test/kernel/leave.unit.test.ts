import { expect, test } from "vitest";
import type { Outcome, Parked, RoomInput, World } from "../../rooms/kernel/inputs.ts";
import { nextDeadline, run } from "../../rooms/kernel/engine.ts";
import { chips, type AnyGame, type Ms, type PlayerId } from "../../rooms/game.ts";
import { create, purseOf, type Kernel } from "../../rooms/kernel/state.ts";
import { Recent } from "../../rooms/kernel/command-ids.ts";
import { roulette } from "../../rooms/roulette/index.ts";

const game: AnyGame = roulette;
const anna = "anna" as PlayerId;

/** A table with Anna at it, who has 1,000 in her purse, has bet 10 on red and repeats it five times. */
function table() {
  const seeds = new Map<number, string>();
  const world: World = {
    game,
    recent: new Recent(),
    buyIn: 1_000,
    graceMs: 20_000,
    taken: () => false,
    seedOf: (round) => seeds.get(round) ?? "",
    freshSeed: () => "ab".repeat(32),
  };
  let kernel: Kernel = create(game, "roulette:test", game.config.parse({}));
  let parked: Parked<null> = new Map();
  let now = 1_000_000;
  let n = 0;
  /** What the wallet was asked while it slept. */
  let slept: (() => void)[] | null = null;
  const step = (input: RoomInput, afterMs = 0): Outcome<null> => {
    now += afterMs;
    const outcome = run(kernel, parked, [{ at: now as Ms, token: null, input }], now as Ms, world);
    ({ kernel, parked } = outcome);
    for (const { round, seed } of outcome.seeds) seeds.set(round, seed);
    for (const event of outcome.events) {
      if (event.type !== "room.transfer") continue;
      const { id, amount } = event.transfer;
      const answer = (): void =>
        void step({ type: "answer", player: event.player, id, answer: { ok: true, amount, balance: chips(0) } });
      if (slept === null) answer();
      else slept.push(answer);
    }
    return outcome;
  };
  const command = (to: "room" | "game", body: { type: string }): Outcome<null> => {
    n += 1;
    const wrapped = { to, command: body } as (RoomInput & { type: "command" })["command"];
    return step({ type: "command", player: anna, id: `sess:${n}`, print: n, clientSeed: null, command: wrapped });
  };
  /** Lets time run from deadline to deadline until the next round is open. */
  const playRound = (): void => {
    const { n: round } = kernel.round;
    while (kernel.round.n === round) {
      const at = nextDeadline(kernel, world);
      if (at === null) throw new Error("nothing will happen any more");
      step({ type: "wake" }, at - now);
    }
  };
  /** The wallet gives no answer until it is woken. */
  const sleep = (): (() => void) => {
    const waiting: (() => void)[] = (slept = []);
    return () => {
      slept = null;
      for (const answer of waiting) answer();
    };
  };
  step({ type: "wake" });
  step({ type: "presence", player: anna, name: "Anna", online: true });
  command("game", { type: "bet", bets: [{ spot: "red", amount: 10 }] } as never);
  command("game", { type: "autoRepeat", rounds: 5 } as never);
  return { step, command, playRound, sleep, kernel: () => kernel };
}

test("[R12] who says leave is sent home as the round ends, though rounds were left to repeat", () => {
  const { command, playRound, kernel } = table();
  command("room", { type: "leave" });
  expect(purseOf(kernel(), anna).chips).toBe(990);
  playRound();
  expect(purseOf(kernel(), anna).chips).toBe(0);
});

test("[R12] who drops out keeps the seat while the server repeats for them, and is sent home when that is over", () => {
  const { step, playRound, kernel } = table();
  step({ type: "presence", player: anna, name: "Anna", online: false });
  for (let round = 0; round < 5; round++) {
    playRound();
    expect(purseOf(kernel(), anna).chips).toBeGreaterThan(0);
  }
  playRound();
  expect(kernel().purses.has(anna)).toBe(false);
});

test("[R12] a command that waits for chips when its player is signed out is not done any more: nothing begins by itself", () => {
  for (const out of [false, true]) {
    const { step, command, sleep, kernel } = table();
    command("game", { type: "autoRepeat", rounds: 0 } as never);
    const wake = sleep();
    command("game", { type: "bet", bets: [{ spot: "black", amount: 5_000 }] } as never);
    command("game", { type: "autoRepeat", rounds: 5 } as never);
    if (out) {
      const { refused } = step({ type: "revoke", player: anna, version: 0, out: true });
      expect(refused).toEqual(["left", "left"]);
    }
    wake();
    expect(game.bank.prefund(kernel().state)).toEqual([]);
    const { places } = kernel().state as { places: readonly { auto: unknown }[] };
    expect(places[0]?.auto === null).toBe(out);
    expect(kernel().leaving.has(anna)).toBe(out);
  }
});
