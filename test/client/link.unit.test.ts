import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocketServer, type WebSocket } from "ws";
import { ApiError, Croupier } from "../../src/client/index.ts";
import { emptyTable } from "../../rooms/kernel/table.ts";

/** A live room of the client, against a house of a few lines that loses the line when told to. */

type View = { readonly sum: number };
type Seat = { readonly mine: number };
type Step = { readonly type: "add"; readonly n: number };
type Command = { readonly type: "add"; readonly n: number };

const game = {
  name: "sums",
  version: 1,
  command: { _zod: { output: { type: "add", n: 0 } satisfies Command as Command } },
  deltas: {
    fold: (view: View, { n }: Step): View => ({ sum: view.sum + n }),
    foldSeat: (seat: Seat, { n }: Step): Seat => ({ mine: seat.mine + n }),
  },
};

/** What the stand-in was asked: each socket's query, and each command's id. */
let queries: URLSearchParams[];
let commands: { readonly id: string; readonly n: number }[];
/** What it does with a command. */
let answer: (socket: WebSocket, id: string, n: number) => void;
let greet: (socket: WebSocket) => void;
let ticketStatus: number;
/** Whether pings are answered, and how many came. */
let alive: boolean;
let pings: number;
let pongMs: number;
let server: Server;
let url: string;

const say = (socket: WebSocket, ...frames: object[]): void => socket.send(JSON.stringify(frames));
const limits = { frameBytes: 8_192, chatChars: 280 };
const known = { epoch: "e1", seat: { mine: 0 }, table: emptyTable, purse: null, limits };
const welcome = { type: "welcome", protocol: 1, room: "sums:main", version: 1, you: "p", now: 1, seq: 5, ...known };

beforeEach(async () => {
  queries = [];
  commands = [];
  ticketStatus = 200;
  [alive, pings, pongMs] = [true, 0, 0];
  greet = (socket) => say(socket, { ...welcome, view: { sum: 0 } });
  answer = (socket, id, n) =>
    say(
      socket,
      { type: "reply", id, ok: true, seq: 6, at: 2, result: { n } },
      { type: "events", from: 6, seq: 6, now: 2, events: [{ type: "add", n }] },
      { type: "own", seq: 6, events: [{ type: "add", n }] },
    );
  server = createServer((request, response) => {
    const body = ticketStatus === 200 ? { ticket: "t" } : { error: { code: "unknown_room", message: "No such room." } };
    response.writeHead(request.url?.endsWith("/ticket") === true ? ticketStatus : 404, {
      "content-type": "application/json",
    });
    response.end(JSON.stringify(body));
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket: WebSocket, request: IncomingMessage) => {
    queries.push(new URL(request.url ?? "", "http://x").searchParams);
    greet(socket);
    socket.on("message", (data: Buffer) => {
      if (data.toString() === "ping") {
        pings += 1;
        if (alive) setTimeout(() => socket.send("pong"), pongMs);
        return;
      }
      const frame = JSON.parse(data.toString()) as { id: string; n: number };
      commands.push({ id: frame.id, n: frame.n });
      answer(socket, frame.id, frame.n);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const open = () => new Croupier({ url, token: "mine", tries: 1 }).room(game, "main");

test("a command resolves with its reply, and its frames are folded by the game's own steps", async () => {
  const room = open();
  await room.until();
  expect(await room.send({ type: "add", n: 3 })).toEqual({ ok: true, result: { n: 3 }, seq: 6, at: 2 });
  const { view, seat } = await room.until(({ seq }) => seq === 6);
  expect([view, seat]).toEqual([{ sum: 3 }, { mine: 3 }]);
  expect(queries[0]?.get("ticket")).toBe("t");
  room.close();
});

test("a command whose answer was lost is sent again under its id, on a socket that goes on by since and epoch", async () => {
  const room = open();
  await room.until();
  const whole = answer;
  answer = (socket) => socket.terminate();
  greet = (socket) =>
    say(socket, { type: "resumed", seq: 5, now: 2, purse: null }, { type: "own", seq: 5, seat: { mine: 0 } });
  const sent = room.send({ type: "add", n: 4 });
  await expect.poll(() => commands.length).toBe(1);
  answer = whole;
  expect(await sent).toEqual({ ok: true, result: { n: 4 }, seq: 6, at: 2 });
  expect(commands.map(({ id }) => id)).toEqual([commands[0]?.id, commands[0]?.id]);
  expect([queries[1]?.get("since"), queries[1]?.get("epoch")]).toEqual(["5", "e1"]);
  room.close();
});

test("what is asked of the table after an answer is asked of one that shows the command, though it comes later", async () => {
  const room = open();
  await room.until();
  let house: WebSocket | undefined;
  answer = (socket, id) => {
    say(socket, { type: "reply", id, ok: true, seq: 6, at: 2 });
    house = socket;
  };
  await room.send({ type: "add", n: 3 });
  expect(room.get().known?.view).toEqual({ sum: 0 });
  const looked = room.until(({ view }) => view.sum < 10);
  if (house !== undefined) say(house, { type: "events", from: 6, seq: 6, now: 2, events: [{ type: "add", n: 3 }] });
  expect((await looked).view).toEqual({ sum: 3 });
  room.close();
});

test("and is asked of the table as it is where nothing is shown of the command", async () => {
  const room = open();
  await room.until();
  answer = (socket, id) => say(socket, { type: "reply", id, ok: true, seq: 6, at: 2 });
  await room.send({ type: "add", n: 3 });
  expect((await room.until()).seq).toBe(5);
  room.close();
});

test("a refusal is an answer with its code", async () => {
  const room = open();
  await room.until();
  answer = (socket, id) => say(socket, { type: "reply", id, ok: false, code: "bets_closed", message: "Too late." });
  expect(await room.send({ type: "add", n: 1 })).toEqual({ ok: false, code: "bets_closed", message: "Too late." });
  room.close();
});

test("who leaves with a command under way is told that nobody knows, and cannot send more", async () => {
  const room = open();
  await room.until();
  answer = () => {};
  const sent = room.send({ type: "add", n: 1 });
  const waits = room.until(({ view }) => view.sum === 99).catch((error: unknown) => error);
  room.close();
  expect(await sent).toMatchObject({ ok: false, code: "unknown_outcome" });
  expect(await waits).toMatchObject({ code: "closed" });
  expect(await room.send({ type: "add", n: 1 })).toMatchObject({ ok: false, code: "closed" });
});

test("a room that is not there ends the link as missing", async () => {
  ticketStatus = 404;
  const room = open();
  const error = await room.until().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: "missing" });
});

test("a room of a newer version ends the link as outdated", async () => {
  greet = (socket) => say(socket, { ...welcome, version: 2, view: { sum: 0 } });
  expect(
    await open()
      .until()
      .catch((reason: unknown) => reason),
  ).toMatchObject({ code: "outdated" });
});

test("waiting is given up with the signal", async () => {
  const room = open();
  const stop = new AbortController();
  const waits = room.until(({ view }) => view.sum === 99, stop.signal).catch((error: unknown) => error);
  stop.abort(new Error("late"));
  expect(String(await waits)).toContain("late");
  room.close();
});

test("a command without an answer for two seconds is said to be slow, and a line that gives no sign of life then is lost and begun anew", async () => {
  const room = open();
  await room.until();
  const whole = answer;
  answer = () => {};
  alive = false;
  const began = performance.now();
  const sent = room.send({ type: "add", n: 2 });
  await expect.poll(() => room.get().slow, { timeout: 10_000, interval: 20 }).toBe(true);
  expect(performance.now() - began).toBeGreaterThan(1_900);
  // The next line may be there within milliseconds: the house is well again as soon as this one is lost.
  const connections: string[] = [];
  room.subscribe(() => {
    connections.push(room.get().connection);
    if (room.get().connection !== "live") [answer, alive] = [whole, true];
  });
  expect(await sent).toEqual({ ok: true, result: { n: 2 }, seq: 6, at: 2 });
  expect(connections).toContain("lost");
  expect(room.get()).toMatchObject({ connection: "live", slow: false });
  expect(queries).toHaveLength(2);
  room.close();
});

test("a room that is only slow keeps its line: it is asked, it answers, and the command is answered late", async () => {
  const room = open();
  await room.until();
  const whole = answer;
  answer = (socket, id, n) => void setTimeout(() => whole(socket, id, n), 4_000);
  const sent = room.send({ type: "add", n: 2 });
  await expect.poll(() => pings, { timeout: 10_000 }).toBe(1);
  await expect.poll(() => room.get(), { timeout: 10_000 }).toMatchObject({ connection: "live", slow: true });
  expect(await sent).toEqual({ ok: true, result: { n: 2 }, seq: 6, at: 2 });
  expect(room.get()).toMatchObject({ connection: "live", slow: false });
  expect(queries).toHaveLength(1);
  room.close();
});

test("a house that is far away is given more time with each line, until a command gets through", async () => {
  const room = open();
  await room.until();
  greet = (socket) =>
    say(socket, { type: "resumed", seq: 5, now: 2, purse: null }, { type: "own", seq: 5, seat: { mine: 0 } });
  pongMs = 2_200;
  const whole = answer;
  answer = (socket, id, n) => void setTimeout(() => whole(socket, id, n), 4_400);
  expect(await room.send({ type: "add", n: 2 })).toEqual({ ok: true, result: { n: 2 }, seq: 6, at: 2 });
  expect(queries).toHaveLength(2);
  room.close();
}, 20_000);

test("a line that went silent without a close is found dead by its heartbeat, and begun anew", async () => {
  const room = open();
  await room.until();
  alive = false;
  await expect.poll(() => queries.length, { timeout: 18_000 }).toBe(2);
  alive = true;
  await expect.poll(() => room.get().connection).toBe("live");
  room.close();
}, 25_000);

test("who was put out for being one too many stays out until asked, and then goes on", async () => {
  const room = open();
  await room.until();
  const whole = answer;
  answer = (socket) => socket.close(4005);
  const sent = room.send({ type: "add", n: 1 });
  await expect.poll(() => room.get().ended).toBe("replaced");
  await new Promise((done) => setTimeout(done, 1_500));
  expect(queries).toHaveLength(1);
  answer = whole;
  room.again();
  expect(await sent).toEqual({ ok: true, result: { n: 1 }, seq: 6, at: 2 });
  await expect.poll(() => room.get()).toMatchObject({ connection: "live", ended: null });
  expect(queries).toHaveLength(2);
  room.close();
});
