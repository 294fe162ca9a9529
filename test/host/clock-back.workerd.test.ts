import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { playerStub } from "../../src/objects/stubs.ts";
import { get, newGuest, post } from "../api/api.workerd.ts";
import { holdClock, letClockGo, newPlayer, pass } from "./room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

const HOUR = 3_600_000;
const COOLDOWN = 600_000;

describe("When a clock that ran an hour ahead is put right", () => {
  test("a session and a ticket from that hour are good", async () => {
    pass(HOUR);
    const { token } = await newGuest();
    const { body } = await post("/api/rooms/roulette/main/ticket", { token, body: {} });
    pass(-HOUR);
    expect((await get("/api/balance", { token })).status).toBe(200);
    expect((body as { ticket: string }).ticket).toMatch(/^ey/);
    expect((await post("/api/rooms/roulette/main/ticket", { token, body: {} })).status).toBe(200);
  });

  test("the faucet is due one cool-down from now, and not an hour later", async () => {
    const { id } = await newPlayer();
    const wallet = playerStub(env, id);
    pass(HOUR);
    expect(await wallet.faucet(10, COOLDOWN)).toMatchObject({ ok: true });
    pass(-HOUR);
    expect(await wallet.faucet(10, COOLDOWN)).toMatchObject({ ok: false, nextAt: Date.now() + COOLDOWN });
    pass(COOLDOWN);
    expect(await wallet.faucet(10, COOLDOWN)).toMatchObject({ ok: true, available: 100_020 });
  });

  test("a break that was chosen before it ends when it was chosen to end", async () => {
    const { id } = await newPlayer();
    const wallet = playerStub(env, id);
    const until = Date.now() + 24 * HOUR;
    await wallet.exclude({ kind: "cool-off", until });
    pass(HOUR);
    await wallet.limits();
    pass(-HOUR);
    await runDurableObjectAlarm(wallet);
    expect((await wallet.limits())?.excluded).toEqual({ kind: "cool-off", until });
    vi.setSystemTime(until);
    expect((await wallet.limits())?.excluded).toBeNull();
  });
});
