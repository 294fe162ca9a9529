import { spawn } from "node:child_process";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { FlightRecord } from "../../rooms/crash/types.ts";
import type { RoundRecord } from "../../rooms/host/ports.ts";
import type { Reply } from "../../rooms/kernel/protocol.ts";
import { Player } from "../chaos/player.ts";
import { PHONE, type Stage } from "./browser.ts";
import { serious } from "./looks.ts";
import { REST_MS } from "../../web/ui/resting.ts";
import { scene, soon } from "./scene.ts";
import { BRIEF } from "./table.ts";

type Flown = Omit<RoundRecord, "outcome"> & { readonly outcome: FlightRecord };
type Granted = { readonly bet: number; readonly at: number; readonly x100: number; readonly paid: number };

/** Where each flight is over at once by force, or at its bust point before that. */
const FORCED = { bettingMs: 400, pauseMs: 200, maxProfit: 60, minForceX100: 101 };
/** Whoever stays in the air is out by force at 3.00, so that no test waits for a flight to 100. */
const QUICK = { bettingMs: 400, pauseMs: 200, maxProfit: 120, minForceX100: 101 };

scene("the page of a finished round", (stage) => {
  test("a bet's own link opens the verifier filled in, with the multiplier and the instant that the player was granted [C11]", async () => {
    const { house, room, path } = await lobby(stage(), QUICK);
    const [ann, bob] = [await seated(house, room), await seated(house, room)];
    const { granted, round } = await cashedOut(ann, bob, path);
    expect(round.outcome.bets.find(({ id }) => id === granted.bet)?.out).toMatchObject({ at: granted.at, by: "hand" });

    const { page } = await stage().person();
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/api/players?")) asked.push(request.url());
    });
    await page.goto(`${path}/rounds/${round.round}?bet=${granted.bet}`);
    const verdict = page.getByTestId("verify-verdict");
    const { endX100, forced: byForce } = round.outcome;
    const how = byForce ? "ended by force" : "it crashed";
    await soon(() => verdict.innerText()).toContain(`It fits: ${how} at ${times(endX100)}`);
    const card = page.getByTestId("one-bet");
    const after = ((granted.at - (round.outcome.startedAt ?? 0)) / 1_000).toFixed(3);
    for (const words of [`${after} s after the start`, `${times(granted.x100)}\u00d7`, `= ${granted.paid}`]) {
      expect(await card.innerText()).toContain(words);
    }
    expect(await page.getByTestId("one-bet-verdict").innerText()).toContain("to the chip");
    expect(await page.getByTestId(`bet-${granted.bet}`).getAttribute("data-chosen")).toBe("true");
    // Players are called by their names, and asked for all at once.
    await soon(() => card.innerText()).toContain(`The bet of ${ann.name}`);
    expect(asked).toHaveLength(1);

    // Each line is a link of its own.
    const other = round.outcome.bets.find(({ id }) => id !== granted.bet);
    await page.getByTestId(`bet-${other?.id}`).getByRole("link").click();
    await page.waitForURL(`**/rounds/${round.round}?bet=${other?.id}`);
    await soon(() => card.innerText()).toContain(`#${other?.id}`);

    // The very address is what the command line takes.
    const told = await verifyByHand(`${house}${path}/rounds/${round.round}?bet=${granted.bet}`);
    expect(told.code, told.out).toBe(0);
    expect(told.out).toMatch(new RegExp(`^ +> bet ${granted.bet} of `, "m"));
  });

  test("everything in it can be changed, and the verdict follows; a house that lies about one bet is found out at that bet", async () => {
    const { house, room, path } = await lobby(stage(), QUICK);
    const [ann, bob] = [await seated(house, room), await seated(house, room)];
    const { granted, round } = await cashedOut(ann, bob, path);
    const { page } = await stage().person();
    await page.goto(`${path}/rounds/${round.round}`);
    const verdict = page.getByTestId("verify-verdict");
    const reset = page.getByRole("button", { name: "As it was" });
    await soon(() => verdict.getAttribute("data-ok")).toBe("true");
    const changes = [
      ["What the house said", "1000.00", "The draw gives another bust point"],
      ["Server seed, shown after the flight", "00".repeat(32), "The secret does not open the seal"],
      ["Server seed hash, published before the bets", "00".repeat(32), "The secret does not open the seal"],
      [ann.name, "other words", "The draw gives another bust point"],
    ] as const;
    for (const [label, value, words] of changes) {
      await page.getByLabel(label).fill(value);
      await soon(() => verdict.innerText()).toContain(words);
      expect(await verdict.getAttribute("data-ok")).toBe("false");
      await page.waitForTimeout(REST_MS); // of two quick clicks at one place the second does nothing
      await reset.click();
      await soon(() => verdict.getAttribute("data-ok")).toBe("true");
    }

    const lie = structuredClone(round);
    const victim = lie.outcome.bets.find(({ id }) => id === granted.bet);
    if (victim?.out == null) throw new Error("it was cashed out");
    Object.assign(victim.out, { paid: victim.out.paid - 1 });
    await page.route(`**/api/**/rounds/${round.round}`, (route) => route.fulfill({ json: lie }));
    await page.goto(`${path}/rounds/${round.round}?bet=${granted.bet}`);
    await soon(() => verdict.innerText()).toContain("Somebody was not paid what was due");
    expect(await page.getByTestId("one-bet-verdict").innerText()).toContain("are due at");
    expect(await page.getByTestId(`bet-${granted.bet}`).innerText()).toContain("were paid");
  });

  test("an end by force is said to be one [C8]; on a phone nothing scrolls sideways, and axe finds nothing serious", async () => {
    const { house, room, path } = await lobby(stage(), FORCED);
    const [ann, bob] = [await seated(house, room), await seated(house, room)];
    const round = await forced(ann, bob, path);
    const { page } = await stage().person(PHONE, [/status of 404 .*rounds\/9999$/]);
    await page.goto(`${path}/rounds/${round.round}?bet=${round.outcome.bets[0]?.id}`);
    const verdict = page.getByTestId("verify-verdict");
    await soon(() => verdict.innerText()).toContain(`It fits: ended by force at ${times(round.outcome.endX100)}`);
    await page.getByText("profits would have passed the exposure limit").waitFor();
    expect(await sideways(page)).toBe(0);
    expect(await serious(page)).toEqual([]);
    await page.goto(`${path}/rounds/9999`);
    await page.getByText("This round is not finished yet, or was never played.").waitFor();
  }, 240_000);

  test("a player's bets at a roulette table have a link of their own", async () => {
    const room = await stage().room(BRIEF);
    const path = `/rooms/${room.replace(":", "/")}`;
    const house = stage().house().url;
    const [ann, bob] = [await seated(house, room), await seated(house, room)];
    const [one, two] = [
      { spot: "red", amount: 60 },
      { spot: "straight:7", amount: 20 },
    ] as const;
    await Promise.all([ann.send({ type: "bet", bets: [one] }), bob.send({ type: "bet", bets: [two] })]);
    await recordOf(ann, path, 1);
    const { page } = await stage().person();
    await page.goto(`${path}/rounds/1?player=${bob.id}`);
    await soon(() => page.getByTestId("verify-verdict").getAttribute("data-ok")).toBe("true");
    await soon(() => page.getByTestId("bill").innerText()).toContain("20");
    await soon(() => page.getByTestId("bill").innerText()).toContain(`Bets of ${bob.name}`);
    await page.getByRole("link", { name: ann.name }).click();
    await page.waitForURL(`**/rounds/1?player=${ann.id}`);
    await soon(() => page.getByTestId("bill").innerText()).toContain("60");
    expect(await serious(page)).toEqual([]);
    // The first round is the last one, too.
    expect(await page.getByLabel("The round after").count()).toBe(0);
    await page.goto(`${path}/rounds/abc`);
    await page.getByText("Rounds go by numbers, and this is none.").waitFor();
  });
});

// ---- rounds to look at ----

async function lobby(stage: Stage, config: object): Promise<{ house: string; room: string; path: string }> {
  const house = stage.house().url;
  const owner = await Player.guest(house, "crash:main");
  const { id } = await owner.api<{ id: string }>("/api/rooms", { game: "crash", config });
  return { house, room: `crash:${id}`, path: `/rooms/crash/${id}` };
}

async function seated(house: string, room: string): Promise<Player> {
  const player = await Player.guest(house, room);
  await player.join();
  return player;
}

async function recordOf(player: Player, path: string, round: number): Promise<Flown> {
  for (;;) {
    const { rounds } = await player.api<{ rounds: readonly Flown[] }>(`/api${path}/rounds`);
    const found = rounds.find((one) => one.round === round);
    if (found !== undefined) return found;
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
}

/** Plays until one of the two has cashed out by hand in a flight; a round that busts at once is played again. */
async function cashedOut(ann: Player, bob: Player, path: string): Promise<{ granted: Granted; round: Flown }> {
  for (;;) {
    const placed = await ann.send({ type: "bet", amount: 100, entropy: "the heron stands still" });
    if (!placed.ok) throw new Error(placed.code);
    const { bet, round } = placed.result as { bet: number; round: number };
    await bob.send({ type: "bet", amount: 50, autoCashout: 1.01, entropy: "🎲" });
    await bob.send({ type: "bet", amount: 60 });
    let reply: Reply;
    do reply = await ann.send({ type: "cashout", bet });
    while (!reply.ok && reply.code === "not_started");
    const record = await recordOf(ann, path, round);
    if (reply.ok) return { granted: reply.result as Granted, round: record };
  }
}

/** Plays until a flight was ended by force. */
async function forced(ann: Player, bob: Player, path: string): Promise<Flown> {
  for (;;) {
    const placed = await ann.send({ type: "bet", amount: 100 });
    if (!placed.ok) throw new Error(placed.code);
    await bob.send({ type: "bet", amount: 90, autoCashout: 1.2 });
    const { round } = placed.result as { round: number };
    const record = await recordOf(ann, path, round);
    if (record.outcome.forced) return record;
  }
}

function times(x100: number | null): string {
  return ((x100 ?? 0) / 100).toFixed(2);
}

function verifyByHand(url: string): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ["src/cli/verify.ts", url]);
  let out = "";
  for (const pipe of [child.stdout, child.stderr]) pipe.on("data", (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve) => void child.once("close", (code) => resolve({ code, out })));
}

async function sideways(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
