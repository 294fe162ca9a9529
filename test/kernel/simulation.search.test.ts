import { beforeAll, describe, expect, test } from "vitest";
import { games } from "../../rooms/games.ts";
import { simulate, type Sometimes } from "./simulation.ts";
import { fixtureOf } from "../games/fixtures.ts";

/**
 * Random lives of a room. A failing one names its seed: `SEED=17 npx vitest run --project unit test/kernel/simulation.search.test.ts`
 * lives it again. `SIM_STEPS` and `SIM_SEEDS` make them longer and more.
 */

const { SEED, SIM_STEPS = "300", SIM_SEEDS = "90" } = process.env;
const STEPS = Number(SIM_STEPS);
const SEEDS = SEED === undefined ? Array.from({ length: Number(SIM_SEEDS) }, (_, i) => i + 1) : [Number(SEED)];

/** What must have happened somewhere in these lives, or they prove little. */
const MUST = [
  "game",
  "room.chat",
  "room.committed",
  "room.entropy",
  "room.faulted",
  "room.leaving",
  "room.left",
  "room.notice",
  "room.presence",
  "room.revealed",
  "room.transfer",
  "room.transferred",
  "a call was lost on its way to the wallet",
  "a command came twice in one frame",
  "a command that threw changed nothing",
  "a command threw",
  "a command waited for chips",
  "a commit in a faulted room",
  "a commit was lost with the room",
  "a deadline threw",
  "a life ended",
  "a malformed command came",
  "a page resumed where it had stopped",
  "a page sent again what was never answered",
  "a page was as the room",
  "a wallet was too small",
  "an accepted command came again",
  "an alarm came",
  "an alarm came that was not due",
  "an answer came twice",
  "an id came with another body",
  "one of several commands threw",
  "refused busy",
  "refused faulted",
  "refused id_conflict",
  "refused insufficient_funds",
  "refused internal",
  "refused no_round",
  "refused paused",
  "the clock jumped hours ahead",
  "the clock went back",
  "the operator said pause",
  "the operator said resume",
  "the operator said void",
  "the room slept",
  "the room was killed",
  "the room was killed with commands waiting for chips",
  "the room was told to fault",
  "the room woke from a snapshot",
  "the wallet was asked again for what it had done",
  "the wallet's answer was lost",
] as const;
/** And where rounds live on messages. */
const MUST_WITH_MESSAGES = [
  "a message was taken",
  "a message threw",
  "a message came again",
  "a message came twice at once",
  "a message was taken, and who delivered it never heard so",
] as const;

describe.each([...games])("lives of a room of %s", (name, game) => {
  const { configs, messages, never = [] } = fixtureOf(name);
  const happened: Sometimes = {};

  beforeAll(async () => {
    for (const seed of SEEDS) {
      const config = configs[seed % configs.length] ?? {};
      const sometimes = await simulate({ game, config, seed, steps: STEPS });
      for (const [what, n] of Object.entries(sometimes)) happened[what] = (happened[what] ?? 0) + n;
    }
  }, 3_600_000);

  test("the books balance after every step, and every chip goes home in the end", () => {
    expect(happened["a life ended"]).toBe(SEEDS.length);
  });

  test.skipIf(SEED !== undefined)("everything that can go wrong did", () => {
    const must = [...MUST, ...(messages === undefined ? [] : MUST_WITH_MESSAGES)];
    expect(must.filter((what) => (happened[what] ?? 0) === 0)).toEqual(must.filter((what) => never.includes(what)));
  });
});

test("the same seed gives the same life", async () => {
  for (const [name, game] of games) {
    const options = { game, config: fixtureOf(name).configs[0] ?? {}, seed: 5, steps: 150 };
    expect(await simulate(options)).toEqual(await simulate(options));
  }
});
