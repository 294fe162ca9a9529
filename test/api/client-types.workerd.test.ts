import { SELF } from "cloudflare:test";
import { hc } from "hono/client";
import { expect, expectTypeOf, test } from "vitest";
import type { App } from "../../src/app.ts";
import { ORIGIN } from "./api.workerd.ts";

test("a typed client knows each answer by its status", async () => {
  const { api } = hc<App>(ORIGIN, { fetch: SELF.fetch.bind(SELF) });
  const arrived = await api.auth.guest.$post({ header: {} });
  if (arrived.status !== 201) throw new Error(`${arrived.status}`);
  const guest = await arrived.json();
  expectTypeOf(guest.player.username).toEqualTypeOf<string>();
  const headers = { authorization: `Bearer ${guest.token}` };
  const answer = await api.balance.$get({}, { headers });
  if (answer.status !== 200) throw new Error(`${answer.status}`);
  expect((await answer.json()).available).toBe(100_000);
  const nowhere = await api.rooms[":game"][":id"].$get({ param: { game: "roulette", id: "nowhere" } });
  if (nowhere.status !== 404) throw new Error(`${nowhere.status}`);
  expect((await nowhere.json()).error.code).toBe("unknown_room");
});
