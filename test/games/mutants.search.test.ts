import { afterEach, describe, expect, test, vi } from "vitest";
import { crash as realCrash } from "../../rooms/crash/index.ts";
import type { AnyGame } from "../../rooms/game.ts";
import { lottery as realLottery } from "../../rooms/lottery/index.ts";
import { poker as realPoker } from "../../rooms/poker/index.ts";
import { roulette } from "../../rooms/roulette/index.ts";
import { faceted, flat } from "../kit/flat.ts";
import { record } from "../kit/history.ts";
import { invariants, type Invariant } from "./invariants.ts";
import { mutants, type Mutant } from "./mutants.ts";
import { simulate } from "../kernel/simulation.ts";
import { fixtureOf } from "./fixtures.ts";

/** Bugs planted on purpose: a check that lets one of them pass proves nothing. */

const soil = vi.hoisted(() => {
  const planted = new Map<string, unknown>();
  const real = new Map<string, unknown>();
  /** A module whose functions and classes are the planted ones wherever somebody planted something. */
  const dig = async (original: () => Promise<object>): Promise<Record<string, unknown>> => {
    const module = Object.entries(await original());
    return Object.fromEntries(
      module.map(([name, value]: [string, unknown]) => {
        if (typeof value !== "function") return [name, value];
        real.set(name, value);
        const now = (): typeof value => (planted.get(name) as typeof value | undefined) ?? value;
        return [
          name,
          new Proxy(value, {
            apply: (_, self, args: unknown[]): unknown => Reflect.apply(now(), self, args),
            construct: (_, args: unknown[]): object => Reflect.construct(now(), args) as object,
          }),
        ];
      }),
    );
  };
  return { planted, real, dig };
});

vi.mock("../../rooms/kernel/batch.ts", soil.dig);
vi.mock("../../rooms/host/transfers.ts", soil.dig);
vi.mock("../../rooms/fair/deck.ts", soil.dig);
vi.mock("../../rooms/kernel/engine.ts", soil.dig);
vi.mock("../../rooms/fair/draw.ts", soil.dig);
vi.mock("../../rooms/kernel/public-feed.ts", soil.dig);
vi.mock("../../rooms/kernel/state.ts", soil.dig);
vi.mock("../../rooms/kernel/snapshot.ts", soil.dig);
vi.mock("../../rooms/kernel/room-events.ts", soil.dig);
vi.mock("../../rooms/lottery/tickets.ts", soil.dig);
vi.mock("../../rooms/kernel/purse.ts", soil.dig);
vi.mock("../../rooms/kernel/command-ids.ts", soil.dig);

const LIVES = 12;
const HISTORIES = 8;

/** Throws when the check finds anything in rooms of this game. */
async function check(
  by: Mutant["caughtBy"],
  game: AnyGame,
  { lyingDisk = false, histories = HISTORIES }: Pick<Mutant, "lyingDisk" | "histories"> = {},
): Promise<void> {
  const { configs } = fixtureOf(game.name);
  if (by === "simulation") {
    for (let seed = 1; seed <= LIVES; seed++) {
      await simulate({ game, config: configs[seed % configs.length] ?? {}, seed, steps: 250, lyingDisk });
    }
    return;
  }
  for (const config of configs)
    for (let seed = 1; seed <= histories; seed++) invariants[by](record(game, config, seed));
}

/** The game with the bug in it; roulette as it is when the bug is elsewhere. */
function plantedIn({ game, crash, poker, lottery }: Mutant): AnyGame {
  if (lottery !== undefined) return faceted(lottery(flat(realLottery)));
  if (poker !== undefined) return faceted(poker(flat(realPoker)));
  if (crash !== undefined) return faceted(crash(flat(realCrash)));
  return game === undefined ? roulette : faceted(game(flat(roulette)));
}

afterEach(() => soil.planted.clear());

describe("planted bugs", () => {
  for (const mutant of mutants) {
    const { name, caughtBy, says, modules } = mutant;
    test(`${name}: caught by ${caughtBy}`, async () => {
      const real = Object.fromEntries(soil.real) as Parameters<NonNullable<Mutant["modules"]>>[0];
      for (const [what, value] of Object.entries(modules?.(real) ?? {})) soil.planted.set(what, value);
      await expect(check(caughtBy, plantedIn(mutant), mutant)).rejects.toThrow(says);
    });
  }

  const used = [...new Set(mutants.map(({ caughtBy }) => caughtBy))];
  test.each([roulette, realCrash, realPoker, realLottery])(
    "with nothing planted nothing finds a bug in $name",
    async (game) => {
      await check("simulation", game);
      for (const config of fixtureOf(game.name).configs) {
        for (let seed = 1; seed <= HISTORIES; seed++) {
          const history = record(game, config, seed);
          for (const by of used) if (by !== "simulation") invariants[by](history);
        }
      }
    },
  );

  test("every invariant has caught one", () => {
    expect(Object.keys(invariants).filter((invariant) => !used.includes(invariant as Invariant))).toEqual([]);
    expect(used).toContain("simulation");
  });
});
