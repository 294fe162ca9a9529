import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Croupier } from "../../src/client/index.ts";
import { freePort, OPEN_LIMITS, startHouse, type DevHouse } from "../chaos/dev.ts";
import { pythonMissing, withPackage } from "../kit/python.ts";
import { ran, type Ran } from "../kit/ran.ts";

/** The examples beside the client, in both languages, run as a person runs them against a house of their own. */

const KEY = "an-admin-key-for-these-tests-alone-01";
/** Without python3 those in Python are skipped; in CI that is a failure. */
const skipped = pythonMissing() !== null && process.env["CI"] !== "true";
const folder = mkdtempSync(join(tmpdir(), "croupier-examples-"));
let house: DevHouse;
let python = "";

const run = async (file: string, args: readonly string[], key = KEY): Promise<Ran> => {
  const options = { env: { OPERATOR_KEY: key, PYTHONDONTWRITEBYTECODE: "1" } };
  const path = join("src/client/examples", file);
  return file.endsWith(".py")
    ? ran(python, [path, ...args], options)
    : ran(process.execPath, ["--disable-warning=ExperimentalWarning", path, ...args], options);
};

/** A room of a guest's own, where nothing is waited for long. */
async function quickRoom(game: string, config: Readonly<Record<string, unknown>>): Promise<string> {
  const { house: mine } = await new Croupier({ url: house.url }).guest();
  return (await mine.call("POST /api/rooms", { body: { game, config } })).id;
}

const LANGUAGES = [
  { language: "TypeScript", ending: "ts", dash: "-", paused: "crash:main" },
  ...(skipped ? [] : [{ language: "Python", ending: "py", dash: "_", paused: "poker:main" }]),
];

describe("the examples", { concurrent: true, timeout: 240_000 }, () => {
  beforeAll(async () => {
    if (!skipped) python = join(withPackage("websockets", "17.4"), "python");
    const settings = { ...OPEN_LIMITS, OPERATOR_KEYS: `tests:admin:${KEY}` };
    house = await startHouse({ persistTo: join(folder, "state"), port: await freePort(), settings });
  });
  afterAll(async () => {
    await house?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("the player bets on red, and checks the proof of the round", async () => {
    const { code, said } = await run("player.ts", [house.url]);
    expect(said).toContain("100 on red in round 1");
    expect(said).toContain("the proof holds");
    expect(said).not.toContain("WRONG");
    expect(code).toBe(0);
  });

  test.for(LANGUAGES)("the crash bot in $language sees its bets through to the end", async ({ ending, dash }) => {
    const id = await quickRoom("crash", { bettingMs: 500, pauseMs: 200, maxX100: 10_001 });
    const { code, said } = await run(`crash${dash}bot.${ending}`, [house.url, "2", id]);
    expect(said.match(/^flight [12] crashed at [\d.]+: (lost|out at (2|1.25)\b)/gm)).toHaveLength(2);
    expect(code).toBe(0);
    const { rounds } = await new Croupier({ url: house.url }).call("GET /api/rooms/{game}/{id}/rounds", {
      path: { game: "crash", id },
    });
    expect(rounds.map(({ round }) => round)).toEqual([2, 1]);
  });

  test.for(LANGUAGES)("the poker bot in $language plays hands against the house", async ({ ending, dash }) => {
    const id = await quickRoom("poker", { pauseMs: 200, dealMs: 100, runOutMs: 50 });
    const { code, said } = await run(`poker${dash}bot.${ending}`, [house.url, "2", id]);
    expect(said.match(/^hand \d+: .+ won \d+$/gm)).toHaveLength(2);
    expect(code).toBe(0);
  });

  test.for(LANGUAGES)("the operator's script in $language runs a floor", async ({ ending, paused }) => {
    const credentials = { username: `patron${ending}`, password: "correct horse battery" };
    const lobby = new Croupier({ url: house.url });
    const patron = lobby.as((await lobby.call("POST /api/auth/register", { body: credentials })).token);
    const operate = async (...args: readonly string[]): Promise<Ran> => run(`operate.${ending}`, [house.url, ...args]);
    const floor = new Croupier({ url: house.url, token: KEY });
    const [game = "", id = ""] = paused.split(":");
    const status = async (): Promise<string> =>
      (await floor.call("GET /api/operator/rooms/{game}/{id}", { path: { game, id } })).status;

    expect((await operate("rooms")).said).toContain("roulette:main running");
    expect(await operate("pause", paused)).toEqual({ code: 0, said: `${paused} is paused\n` });
    expect(await status()).toBe("paused");
    expect(await operate("resume", paused)).toEqual({ code: 0, said: `${paused} is running\n` });
    expect(await status()).toBe("running");
    const before = (await patron.call("GET /api/balance")).available;
    const given = await operate("give", credentials.username, "250", "a", "spilled", "drink");
    expect(given).toEqual({ code: 0, said: `${credentials.username} has ${before + 250}\n` });
    expect((await patron.call("GET /api/balance")).available).toBe(before + 250);

    expect((await operate("dance")).code).toBe(2);
    expect((await operate("pause", "crash:nowhere")).said).toMatch(/^unknown_room: .*\(request \S+\)\n$/);
    const stranger = await run(`operate.${ending}`, [house.url, "rooms"], "none of the house's keys");
    expect(stranger.said).toContain("not_an_operator");
    expect(stranger.code).toBe(1);
  });
});
