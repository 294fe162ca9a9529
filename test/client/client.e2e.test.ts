import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort, OPEN_LIMITS, startHouse, type DevHouse } from "../chaos/dev.ts";
import { openCheat } from "../web/cheat.ts";

/** [issue 6, 7 and 9] The examples of the typed client, and the simulator, run as a person runs them against a house of their own. */

/** A draw would add an award to what a player is told to have, at any moment. */
const NO_DRAWS = JSON.stringify({ main: { players: 100_000, minPlayers: 100_000 } });
const KEY = "a-key-of-the-floor-for-tests-alone-01";
const folder = mkdtempSync(join(tmpdir(), "croupier-client-"));
let house: DevHouse;

type Ran = { readonly code: number | null; readonly said: string };

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (said += part.toString()));
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { code, said };
}

const simulate = async (url: string, args: readonly string[] = []): Promise<Ran> =>
  run(["src/cli/simulate.ts", "--url", url, ...args]);

describe("the client in use", { concurrent: true }, () => {
  beforeAll(async () => {
    const settings = { ...OPEN_LIMITS, OPERATOR_KEYS: `floor:floor:${KEY}`, LOTTERIES: NO_DRAWS };
    house = await startHouse({ persistTo: folder, port: await freePort(), settings });
  });
  afterAll(async () => {
    await house?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("the player's example bets, and checks its round's proof", async () => {
    const { code, said } = await run(["test/examples/player.ts", house.url]);
    expect(said).toContain("100 on red in round 1");
    expect(said).toContain("the proof holds");
    expect(said).not.toContain("WRONG");
    expect(code).toBe(0);
  });

  test("the operator's example pauses a room, looks into it, and opens it again", async () => {
    const { code, said } = await run(["test/examples/operator.ts", "crash:main", house.url], { OPERATOR_KEY: KEY });
    expect(said).toContain('"status": "paused"');
    expect(said).toContain("crash:main is open again");
    expect(code).toBe(0);
    const wrong = await run(["test/examples/operator.ts", "crash:main", house.url], { OPERATOR_KEY: "none of ours" });
    expect(wrong.said).toContain("not_an_operator");
    expect(wrong.code).toBe(1);
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
