import { DurableObject } from "cloudflare:workers";
import type { PlayerId } from "../../rooms/game.ts";
import { SOCKET_HEADERS } from "../../rooms/host/ports.ts";
import type { Env } from "../../src/env.ts";
import { playerStub, roomStub } from "../../src/objects/stubs.ts";

/**
 * The bench's Worker: our room beside a raw echo and an echo that inserts one row a message, all in one workerd. Only the
 * bench runs it; it names players as the bench asks.
 */

export { Directory } from "../../src/objects/directory.ts";
export { Player } from "../../src/objects/player.ts";
export { Promotions } from "../../src/objects/promotions.ts";
export { Room } from "../../src/objects/room.ts";

/** The runtime's own speed: a hibernating object that sends back what it gets, or one text to everyone. */
export class Echo extends DurableObject<Env> {
  override fetch(): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    // oxlint-disable-next-line no-restricted-properties -- the raw platform is what is measured here
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  override webSocketMessage(socket: WebSocket, message: string): void {
    socket.send(message);
  }

  /** Sends one text to every socket, `times` times, `everyMs` apart. */
  async fan(text: string, times: number, everyMs: number): Promise<void> {
    const start = Date.now();
    for (let i = 1; i <= times; i++) {
      for (const socket of this.ctx.getWebSockets()) socket.send(text);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, start + i * everyMs - Date.now())));
    }
  }

  /** At an instant, sends each socket a text of its own, then every socket what is for everybody. */
  async deal(own: readonly string[], everybodys: readonly string[], at: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, at - Date.now()));
    const sockets = this.ctx.getWebSockets();
    for (const [i, socket] of sockets.entries()) socket.send(own[i] ?? "");
    for (const text of everybodys) for (const socket of sockets) socket.send(text);
  }
}

/** What a naive room does: one insert a message, then the answer. */
export class InsertEcho extends Echo {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS log (n INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT");
  }

  override webSocketMessage(socket: WebSocket, message: string): void {
    this.ctx.storage.sql.exec("INSERT INTO log (body) VALUES (?)", message);
    socket.send(message);
  }
}

type BenchEnv = Env & {
  readonly ECHO: DurableObjectNamespace<Echo>;
  readonly INSERT_ECHO: DurableObjectNamespace<InsertEcho>;
};

/** Rich enough for any run: the wallet is asked once. */
const GRANT = 1_000_000_000_000;

async function createPlayer(env: BenchEnv, name: string): Promise<void> {
  const id = name as PlayerId;
  const session = { id: crypto.randomUUID(), expiresAt: Date.now() + 86_400_000 };
  const player = playerStub(env, id);
  await player.enter({ id, name, account: null, grant: GRANT, session, replaces: null });
}

/** A name without a game is a roulette table's. */
const roomNamed = (env: BenchEnv, name: string): ReturnType<typeof roomStub> =>
  roomStub(env, name.includes(":") ? name : `roulette:${name}`);

function seat(env: BenchEnv, room: string, player: string | null): Promise<Response> {
  const headers = new Headers({ Upgrade: "websocket" });
  if (player !== null) {
    headers.set(SOCKET_HEADERS.player, player);
    headers.set(SOCKET_HEADERS.name, player);
  }
  return roomNamed(env, room).fetch("https://room/socket", { headers });
}

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    const [, kind, name = "main"] = url.pathname.split("/");
    const room = roomNamed(env, name);
    switch (kind) {
      case "echo":
        return env.ECHO.get(env.ECHO.idFromName(name)).fetch(request);
      case "insert":
        return env.INSERT_ECHO.get(env.INSERT_ECHO.idFromName(name)).fetch(request);
      case "room":
        return seat(env, name, url.searchParams.get("player"));
      case "fan": {
        const { text, times, everyMs } = await request.json<{ text: string; times: number; everyMs: number }>();
        await env.ECHO.get(env.ECHO.idFromName(name)).fan(text, times, everyMs);
        return new Response("sent");
      }
      case "deal": {
        const { own, everybodys, at } = await request.json<{ own: string[]; everybodys: string[]; at: number }>();
        await env.ECHO.get(env.ECHO.idFromName(name)).deal(own, everybodys, at);
        return new Response("sent");
      }
      case "void":
        return Response.json(await room.operate({ type: "void", reason: "The bench has seen enough." }));
      case "player":
        await createPlayer(env, name);
        return new Response("made");
      case "setup":
        await room.setUp(await request.json());
        return new Response("made");
      case "describe":
        return Response.json(await room.describe());
      case "stats":
        return Response.json(await room.stats());
      default:
        return new Response("no such bench", { status: 404 });
    }
  },

  /** What leaves a room has its effect at once: it is the room that is measured. */
  async queue(batch, env) {
    const events = batch.messages.map(({ body }) => body as { id: string; type: string; source: string });
    const bySource = Map.groupBy(
      events.filter(({ type }) => type === "player.stakeCreated"),
      ({ source }) => source,
    );
    for (const [source, sent] of bySource)
      await roomStub(env, source).confirm(
        "stakes",
        sent.map(({ id }) => id),
      );
  },
} satisfies ExportedHandler<BenchEnv>;
