import { afterEach, expect, test, vi } from "vitest";
import { roulette } from "../../rooms/roulette/index.ts";
import { Croupier } from "../../src/client/index.ts";

afterEach(() => vi.unstubAllGlobals());

test("where there is no WebSocket and none is given, a room says so at once", () => {
  vi.stubGlobal("WebSocket", undefined);
  const house = new Croupier({ url: "http://nowhere.example" });
  expect(() => house.room(roulette, "main")).toThrow("There is no WebSocket here");
});
