import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort, OPEN_LIMITS, startHouse, type DevHouse } from "../chaos/dev.ts";
import { ran, type Ran } from "../kit/ran.ts";
import { openCheat } from "../web/cheat.ts";

/** The simulator, run as a person runs it against a house of their own. */

/** A draw would add an award to what a player is told to have, at any moment. */
const NO_DRAWS = JSON.stringify({ main: { players: 100_000, minPlayers: 100_000 } });
const folder = mkdtempSync(join(tmpdir(), "croupier-client-"));
let house: DevHouse;

const simulate = async (url: string, args: readonly string[] = []): Promise<Ran> =>
  ran(process.execPath, ["--disable-warning=ExperimentalWarning", "src/cli/simulate.ts", "--url", url, ...args]);

describe("simulated players", { concurrent: true }, () => {
  beforeAll(async () => {
    const settings = { ...OPEN_LIMITS, LOTTERIES: NO_DRAWS };
    house = await startHouse({ persistTo: folder, port: await freePort(), settings });
  });
  afterAll(async () => {
    await house?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("simulated players of all games find no difference at an honest house, and are kept for the next run", async () => {
    const tokens = join(folder, "tokens");
    const order = ["--players", "12", "--game", "all", "--quick", "--seconds", "12", "--tokens", tokens];
    const { code, said } = await simulate(house.url, order);
    expect(said).toMatch(/differences +none\n/);
    expect(Number(/rounds +(\d+) reckoned/.exec(said)?.[1])).toBeGreaterThan(5);
    expect(code).toBe(0);
    expect(readFileSync(tokens, "utf8").trim().split("\n")).toHaveLength(12);
    expect(statSync(tokens).mode & 0o077).toBe(0);
  });

  test("a house that pays one chip too little is found, with who, what was expected and the last command ids", async () => {
    const port = await freePort();
    const cheat = await openCheat(house.url, port);
    try {
      const order = ["--players", "3", "--game", "roulette", "--quick", "--seconds", "20"];
      const { code, said } = await simulate(`http://127.0.0.1:${port}`, order);
      expect(code).toBe(1);
      const [, expected] = /DIFFERENCE[\s\S]*?expected +(\d+)\n/.exec(said) ?? [];
      expect(said).toMatch(new RegExp(`seen +\\{"all":${Number(expected) - 1},`));
      expect(said).toMatch(/[0-9a-f]{12}:\d+ bet \{"bets"/);
    } finally {
      cheat.closeAllConnections();
      cheat.close();
    }
  });

  test("no house, no such game and no such number end with exit code 2 and one line", async () => {
    const nobody = await simulate(`http://127.0.0.1:${await freePort()}`);
    expect(nobody.code).toBe(2);
    expect(nobody.said).toMatch(/^simulate: no house answers at http/);
    for (const wrong of [
      ["--game", "chess"],
      ["--players", "0"],
      ["--seconds", "soon"],
      ["--colour", "red"],
    ]) {
      expect([wrong, (await simulate(house.url, wrong)).code]).toEqual([wrong, 2]);
    }
  });
});
