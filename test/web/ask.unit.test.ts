import { afterEach, expect, expectTypeOf, test, vi } from "vitest";
import * as z from "zod/mini";
import { deckRound, round } from "../../rooms/fair/check.ts";
import type { Routes } from "../../src/client/index.ts";
import { ask } from "../../web/api/client.ts";
import type { Takes } from "../../web/api/takes.ts";

/** What the page asks for is named as the API names it, and its shapes take what the API answers: else it does not compile. */

type Fits<Route extends keyof Routes, Read> = unknown extends Takes<Routes[Route]["answer"], Read> ? true : false;
type Room = "GET /api/rooms/{game}/{id}";
type Round = "GET /api/rooms/{game}/{id}/rounds/{n}";

afterEach(() => vi.unstubAllGlobals());

test("a shape may read less than is answered, and be looser; it may not expect what is never answered", () => {
  expectTypeOf<Fits<"GET /api/balance", { available: number }>>().toEqualTypeOf<true>();
  expectTypeOf<Fits<"GET /api/balance", { available: string }>>().toEqualTypeOf<false>();
  expectTypeOf<Fits<"GET /api/balance", { gone: number }>>().toEqualTypeOf<false>();
  expectTypeOf<Fits<"GET /api/rooms", { rooms: { status: string }[] }>>().toEqualTypeOf<true>();
  expectTypeOf<Fits<"GET /api/rooms", { rooms: { status: "running" }[] }>>().toEqualTypeOf<false>();
  expectTypeOf<Fits<"GET /api/me/limits", { excluded: { until: number } }>>().toEqualTypeOf<false>();
  expectTypeOf<Fits<Room, { invite?: string | undefined }>>().toEqualTypeOf<true>();
  expectTypeOf<Fits<Room, { invite: string }>>().toEqualTypeOf<false>();
  expectTypeOf<Fits<"POST /api/me/password", { done: boolean }>>().toEqualTypeOf<false>();
});

test("what the document leaves open may be read as anything, and of a round's proofs one kind will do", () => {
  expectTypeOf<Fits<Room, { view: { round: number } }>>().toEqualTypeOf<true>();
  expectTypeOf<Fits<"GET /api/rooms", { rooms: { summary: { note: number[] } }[] }>>().toEqualTypeOf<true>();
  expectTypeOf<Fits<Round, z.input<typeof round>>>().toEqualTypeOf<true>();
  expectTypeOf<Fits<Round, z.input<typeof deckRound>>>().toEqualTypeOf<true>();
  expectTypeOf<Fits<Round, { proof: { scheme: "seed"; roots: string[] } }>>().toEqualTypeOf<false>();
  expectTypeOf<Fits<Round, { proof: { scheme: "dice" } }>>().toEqualTypeOf<false>();
});

test("the path is filled in, what is null is not asked for, and the answer is parsed", async () => {
  const fetch = vi.fn(async (_url: string) => Response.json({ rounds: [], next: 7, more: true }));
  vi.stubGlobal("fetch", fetch);
  const shape = z.object({ next: z.nullable(z.number()) });
  const asked = { path: { game: "crash", id: "a b" }, query: { cursor: null, limit: 2 } };
  expect(await ask("GET /api/rooms/{game}/{id}/rounds", shape, asked)).toEqual({ next: 7 });
  expect(fetch.mock.calls[0]?.[0]).toBe("/api/rooms/crash/a%20b/rounds?limit=2");
  fetch.mockResolvedValue(Response.json({ next: "seven" }));
  await expect(ask("GET /api/rooms/{game}/{id}/rounds", shape, asked)).rejects.toThrow(z.core.$ZodError);
});
