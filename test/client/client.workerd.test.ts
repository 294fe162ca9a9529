import { SELF } from "cloudflare:test";
import { expect, test } from "vitest";
import { roulette } from "../../rooms/roulette/index.ts";
import { ApiError, Croupier } from "../../src/client/index.ts";
import { ORIGIN } from "../api/api.workerd.ts";

/** The typed client inside a Worker, at the house itself: no line between them, and no cast in what is read. */

/** A WebSocket that is led to this very house. */
class HouseSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  readyState = HouseSocket.CONNECTING;
  binaryType = "blob";
  readonly bufferedAmount = 0;
  #socket: WebSocket | null = null;

  constructor(url: string) {
    super();
    void this.#open(url.replace(/^ws/, "http"));
  }

  async #open(url: string): Promise<void> {
    const { webSocket } = await SELF.fetch(url, { headers: { upgrade: "websocket" } });
    if (webSocket === null) throw new Error("no socket came");
    this.#socket = webSocket;
    webSocket.accept();
    webSocket.addEventListener("message", ({ data }) => this.dispatchEvent(new MessageEvent("message", { data })));
    webSocket.addEventListener("close", ({ code, reason }) => {
      this.readyState = HouseSocket.CLOSED;
      this.dispatchEvent(Object.assign(new Event("close"), { code, reason, wasClean: true }));
    });
    this.readyState = HouseSocket.OPEN;
    this.dispatchEvent(new Event("open"));
  }

  send(text: string): void {
    this.#socket?.send(text);
  }

  close(code?: number, reason?: string): void {
    this.readyState = HouseSocket.CLOSED;
    this.#socket?.close(code ?? 1000, reason);
  }
}

const lobby = new Croupier({ url: ORIGIN, fetch: (url, init) => SELF.fetch(url, init), WebSocket: HouseSocket });

test("a guest comes in, and reads their money and the lobby", async () => {
  const { house, player, token } = await lobby.guest();
  expect(player.guest).toBe(true);
  expect(house.token).toBe(token);
  const { available, inPlay, total } = await house.call("GET /api/balance");
  expect([inPlay, total]).toEqual([0, available]);
  const { rooms } = await lobby.call("GET /api/rooms", { query: { game: "poker" } });
  expect(rooms.map(({ game }) => game)).toContain("poker");
});

test("a room that is asked for twice under one key is made once", async () => {
  const { house } = await lobby.guest();
  const wish = { body: { game: "roulette", config: { wheel: "french" } }, key: "one-wish" };
  const made = await house.call("POST /api/rooms", wish);
  expect(await house.call("POST /api/rooms", wish)).toEqual(made);
  const other = { ...wish, body: { game: "crash" } };
  await expect(house.call("POST /api/rooms", other)).rejects.toMatchObject({ code: "idempotency_conflict" });
});

test("a refusal is an ApiError with the code and the fields of the house", async () => {
  await expect(lobby.call("GET /api/balance")).rejects.toBeInstanceOf(ApiError);
  await expect(lobby.call("GET /api/balance")).rejects.toMatchObject({ status: 401, code: "unauthenticated" });
  const { house } = await lobby.guest();
  const wrong = house.call("POST /api/rooms", { body: { game: "chess" } });
  await expect(wrong).rejects.toMatchObject({ status: 422, fields: { game: expect.stringContaining("roulette") } });
});

test("a bet by socket is answered, and lies on the felt in the view that the client folds", async () => {
  const { house } = await lobby.guest();
  const { id } = await house.call("POST /api/rooms", { body: { game: "roulette" } });
  const table = house.room(roulette, id);
  await table.until();
  expect(await table.send({ type: "bet", bets: [{ spot: "red", amount: 50 }] })).toMatchObject({ ok: true });
  const { seat, purse } = await table.until((known) => known.view.staked === 50 && known.seat?.staked === 50);
  expect(seat?.bets).toEqual({ red: 50 });
  expect(purse?.chips).toBe(1_950);
  expect(await table.send({ type: "bet", bets: [{ spot: "blue", amount: 50 }] })).toMatchObject({
    ok: false,
    code: "illegal_spot",
  });
  table.close();
});

test("a link whose session is ended says so, and does not try for ever", async () => {
  const { house } = await lobby.guest();
  const table = house.room(roulette, "main");
  await table.until();
  await house.call("POST /api/auth/logout", { body: {} });
  await expect(table.until(() => false)).rejects.toMatchObject({ code: "signed_out" });
  expect(await table.send({ type: "bet", bets: [{ spot: "red", amount: 1 }] })).toMatchObject({ code: "closed" });
  table.close();
});
