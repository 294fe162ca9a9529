import addFormats from "ajv-formats";
import Ajv from "ajv";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import asyncapi from "@asyncapi/specs/schemas/3.0.0-without-$id.json";
import { games } from "../../rooms/games.ts";
import { newPlayerId } from "../../src/api/auth/random.ts";
import { deadLettersStub } from "../../src/objects/stubs.ts";
import { awardOf, budgetOf, consume, giveBudget, ledgerOf, stakeOf } from "../games/lottery/world.workerd.ts";
import { api, expectRefused, get, newGuest, post } from "./api.workerd.ts";
import { newPlayer } from "../host/room-world.workerd.ts";

const KEY = "an-operator-key-for-tests-alone-0001";
const OTHER = "another-operator-key-for-tests-0002";
type Listed = { readonly id: string };
type Channel = { readonly address: string };

const ROUTES = [
  ["GET", "/api/operator/dead-letters"],
  ["POST", "/api/operator/dead-letters/replay"],
  ["GET", "/api/operator/lotteries"],
] as const;

describe("operators' routes", () => {
  test.each(ROUTES)("%s %s is for who has a key, and for nobody else", async (method, path) => {
    const guest = await newGuest();
    const body = method === "POST" ? { id: "nothing" } : undefined;
    const call = body === undefined ? {} : { body };
    for (const token of [
      undefined,
      guest.token,
      "short",
      `${KEY}x`,
      KEY.slice(1),
      `${KEY} ${KEY}`,
      `${KEY},${OTHER}`,
    ]) {
      const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
      expectRefused(await api(method, path, { ...call, headers }), 401, "not_an_operator");
    }
    for (const key of [KEY, OTHER]) {
      const { status } = await api(method, path, { ...call, headers: { authorization: `Bearer ${key}` } });
      expect(status).toBe(method === "POST" ? 404 : 200);
    }
    expectRefused(
      await api(method, path, { ...call, headers: { authorization: `Basic ${KEY}` } }),
      401,
      "not_an_operator",
    );
  });

  test("an operator's key is nobody's session", async () => {
    expectRefused(await get("/api/balance", { token: KEY }), 401, "unauthenticated");
  });

  test("dead letters are listed newest first, page by page, with their reasons and bodies", async () => {
    const bodies = Array.from({ length: 7 }, (_, i) => ({ ...stakeOf("nobody", 5), note: i }));
    await consume("stakes", bodies);
    const first = await get("/api/operator/dead-letters?limit=3", { token: KEY });
    expect(first.status).toBe(200);
    expect(first.body.letters.map((letter: Listed) => letter.id)).toEqual(
      bodies
        .slice(-3)
        .toReversed()
        .map(({ id }) => id),
    );
    expect(first.body.letters[0]).toMatchObject({
      from: "stakes",
      topic: "stakes",
      code: "unknown_player",
      body: bodies[6],
    });
    const second = await get(`/api/operator/dead-letters?limit=3&cursor=${first.body.next}`, { token: KEY });
    expect(second.body.letters.map((letter: Listed) => letter.id)).toEqual(
      bodies
        .slice(1, 4)
        .toReversed()
        .map(({ id }) => id),
    );
    expect(first.body.open).toBeGreaterThanOrEqual(7);
    for (const query of ["limit=0", "limit=1000000000", "cursor=x", "cursor=-1"]) {
      expectRefused(await get(`/api/operator/dead-letters?${query}`, { token: KEY }), 422, "invalid_request");
    }
  });

  test("a letter that has become right has its effect when it is sent again, once", async () => {
    const anna = await newPlayer();
    const { accrued, spent } = await budgetOf("small");
    const award = awardOf(anna.id, accrued - spent + 10);
    await consume("awards", [award]);
    const again = async () => post("/api/operator/dead-letters/replay", { token: KEY, body: { id: award.id } });
    expect((await again()).body).toMatchObject({
      id: award.id,
      outcome: "parked",
      reason: expect.stringMatching(/^beyond_budget/),
    });
    await giveBudget(100);
    expect((await again()).body).toEqual({ id: award.id, outcome: "done", reason: null });
    expect((await again()).body).toMatchObject({ outcome: "done" });
    expect(await ledgerOf(anna.id)).toHaveLength(1);
    expect(await deadLettersStub(env).find(award.id)).toMatchObject({
      outcome: "done",
      replayedAt: expect.any(Number),
    });
  });

  test("a letter that is still not right stays, and so does one that nobody wrote", async () => {
    const stake = stakeOf(newPlayerId(), 5);
    await consume("stakes", [stake]);
    const { body } = await post("/api/operator/dead-letters/replay", { token: KEY, body: { id: stake.id } });
    expect(body).toMatchObject({ outcome: "parked", reason: expect.stringMatching(/^unknown_player/) });
    expectRefused(
      await post("/api/operator/dead-letters/replay", { token: KEY, body: { id: "no such" } }),
      404,
      "unknown_letter",
    );
    expectRefused(
      await post("/api/operator/dead-letters/replay", { token: KEY, body: { id: 7 } }),
      422,
      "invalid_request",
    );
  });

  test("what the lotteries may still give is told", async () => {
    await giveBudget(1_000);
    const { body } = await get("/api/operator/lotteries", { token: KEY });
    const small = await budgetOf("small");
    expect(body.lotteries.find((one: { lottery: string }) => one.lottery === "small")).toEqual({
      lottery: "small",
      ...small,
    });
  });
});

describe("/api/asyncapi.json", () => {
  const ajv = addFormats(new Ajv({ strict: false, allErrors: true, validateFormats: false }));

  test("is AsyncAPI 3.0 by its own schema", async () => {
    const { body } = await get("/api/asyncapi.json");
    const validate = ajv.compile(asyncapi);
    expect(validate(body) ? [] : validate.errors?.slice(0, 5)).toEqual([]);
    expect(body.asyncapi).toBe("3.0.0");
    expect(Object.values(body.channels as Record<string, Channel>).map(({ address }) => address)).toEqual([
      "player.v1.staked",
      "lottery.v1.award",
      "casino.v1.settled",
      ...[...games.keys()].map((game) => `/api/rooms/${game}/{id}/socket`),
      "/api/me/socket",
    ]);
  });

  test("has a payload schema that takes the events and refuses what is none", async () => {
    const { body } = await get("/api/asyncapi.json");
    const schemaOf = (name: string) => ajv.compile(body.components.messages[name].payload);
    const stake = schemaOf("player_stakeCreated");
    expect(stake(stakeOf("anna", 5))).toBe(true);
    for (const wrong of [{}, { ...stakeOf("anna", 5), version: 2 }, stakeOf("anna", -5), stakeOf("anna", 1.5)]) {
      expect(stake(wrong)).toBe(false);
    }
    expect(schemaOf("lotteryAwardCreated")(awardOf("anna", 5))).toBe(true);
  });

  test("has each event's JSON Schema by itself, too", async () => {
    for (const type of ["player.stakeCreated", "lotteryAwardCreated", "roundSettled", "handFinished"]) {
      const { status, body } = await get(`/api/schemas/${type}`);
      expect(status).toBe(200);
      expect(body.properties.type.const).toBe(type);
    }
    expectRefused(await get("/api/schemas/player.stakeDeleted"), 404, "unknown_schema");
  });
});
