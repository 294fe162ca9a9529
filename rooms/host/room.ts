import { Server, type Connection, type ConnectionContext } from "partyserver";
import type { Proof } from "../fair/deck.ts";
import type { Json, PlayerId, Viewer } from "../game.ts";
import type { Answer, RoomInput } from "../kernel/inputs.ts";
import { CLOSE } from "../kernel/close.ts";
import * as frames from "../kernel/frames.ts";
import type { Order } from "../kernel/orders.ts";
import { recordFor } from "../kernel/settlement.ts";
import { held, purseOf } from "../kernel/state.ts";
import type { Flow } from "../kernel/transfer.ts";
import { RoomCore, type Live } from "./core.ts";
import { inspect, type Inspection } from "./inspect.ts";
import type { Envelope, Topic } from "./outbox.ts";
import {
  SOCKET_HEADERS,
  type Delivered,
  type Delivery,
  type RoomDescription,
  type RoomRpc,
  type RoundRecord,
} from "./ports.ts";
import type { StoredRound } from "./rounds.ts";
import type { RoomReport, RoomServices } from "./services.ts";
import { attachmentOf, type Attachment, type Conn } from "./sockets.ts";
import { transact } from "./sql.ts";

/**
 * A room as a Durable Object: the entry points of the platform (sockets, the alarm) and of the Worker (`RoomRpc`). core.ts does
 * the work. The deployed class says by `services` what is around the room.
 */

const SOCKETS_PER_PLAYER = 8;
const SPECTATORS_PER_ADDRESS = 30;
/** Most ended sessions that are remembered, for a socket that was still connecting when its session ended. */
const OVER_MAX = 1_000;
/** Wait before a room that could not start tries again. */
const ALARM_RETRY_MS = 30_000;
/** The version that changes no limits of a purse. */
const NO_LIMITS_CHANGED = 0;

export abstract class RoomHost<Env extends Cloudflare.Env> extends Server<Env> implements RoomRpc {
  static override options = { hibernate: true };

  readonly #services: RoomServices = this.services();
  readonly #core = new RoomCore(this.ctx, this.#services, () => this.name);
  /** Sessions that have ended. */
  readonly #over = new Set<string>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** Called during construction: it may read `this.env` and nothing else. */
  protected abstract services(): RoomServices;

  /** PartyServer calls it once before the first event, and holds everything else back until it is done. */
  override async onStart(): Promise<void> {
    this.#core.alarmIs(await this.ctx.storage.getAlarm());
    const journal = this.#core.newJournal();
    const meta = journal.meta();
    if (meta !== null) this.#open(journal, meta.config, meta.epoch);
  }

  #open(journal: Live["journal"], config: Json, epoch: string): void {
    this.#core.open(journal, config, epoch, freshSeed);
    for (const connection of this.getConnections<Attachment>()) {
      if (connection.state !== null) this.#core.clients.add(connection, connection.state);
    }
    this.#core.goOn();
  }

  /** The room's live parts. A room that the Directory lists but nobody created is created here, with its first config. */
  async #ready(): Promise<Live> {
    await this.__unsafe_ensureInitialized();
    if (!this.#core.isLive) await this.setUp(this.#services.firstConfig(this.name));
    return this.#core.live;
  }

  // ---- sockets ----

  /** PartyServer would show the stack of a failed start, and take connection ids from clients: both are prevented here. */
  override async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const foreign = url.searchParams.has("_pk") || request.headers.has("x-partykit-props");
    if (foreign || request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
      return Response.json({ error: { code: "bad_socket_request" } }, { status: 400 });
    }
    try {
      await this.#ready();
    } catch (error) {
      this.#core.log("start", error);
      return Response.json({ error: { code: "room_unavailable" } }, { status: 503 });
    }
    const from = request.headers.get(SOCKET_HEADERS.from);
    if (from !== null && this.#core.clients.sockets.watching(from) >= SPECTATORS_PER_ADDRESS) {
      return Response.json({ error: { code: "rate_limited" } }, { status: 429 });
    }
    return super.fetch(request);
  }

  override onConnect(connection: Connection<Attachment>, context: ConnectionContext): void {
    try {
      this.#connect(connection, context.request);
    } catch (error) {
      this.#core.log("connect", error);
      connection.close(CLOSE.restart, "could not connect");
    }
  }

  #connect(connection: Connection<Attachment>, request: Request): void {
    const attachment = attachmentOf(request);
    const { player, name, session, request: requestId = null } = attachment;
    if (session !== undefined && this.#over.has(session)) {
      connection.close(CLOSE.ended, "the session is over");
      return;
    }
    connection.setState(attachment);
    const { clients } = this.#core;
    this.#core.flush(); // to the others: the newcomer's first frame has all of it
    const first = player !== null && clients.sockets.of(player).length === 0;
    const conn = clients.add(connection, attachment);
    const url = new URL(request.url);
    this.#greet(conn, Number(url.searchParams.get("since") ?? -1), url.searchParams.get("epoch"));
    this.#services.log.info("connected", { room: this.name, requestId, player });
    this.#core.reporting.soon();
    if (player === null) return;
    if (first) this.#core.enqueue({ type: "presence", player, name, online: true }, null);
    const mine = clients.sockets.of(player);
    if (mine.length > SOCKETS_PER_PLAYER && mine[0] !== undefined)
      clients.drop(mine[0], CLOSE.replaced, "too many windows");
  }

  /** Sends the missed frames, if the ring has them and the client is of this epoch; otherwise the full state. */
  #greet(conn: Conn, since: number, epoch: string | null): void {
    const { game, feed, epoch: ours } = this.#core.live;
    const { kernel, clients } = this.#core;
    const now = this.#core.now();
    const mine = `${ours}.${game.version}.${conn.player ?? "spectator"}`;
    const missed = epoch === mine && Number.isSafeInteger(since) && since >= 0 ? feed.missed(since) : null;
    clients.send(
      conn,
      missed === null
        ? frames.welcome(game, kernel, conn.player, mine, now, conn.request)
        : frames.resumed(game, kernel, conn.player, missed, now, conn.request),
    );
  }

  /**
   * The hot path: PartyServer's wrapper costs half of a raw echo's rate, so known sockets go straight to the inbox. Nothing is
   * awaited here, and no promise is returned: the runtime would wait for every single one.
   */
  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const conn = this.#core.clients.sockets.find(socket);
    if (conn === undefined || !this.#core.isLive) return super.webSocketMessage(socket, message);
    this.#core.receive(conn, message);
    return undefined as unknown as Promise<void>;
  }

  override onMessage(connection: Connection<Attachment>, message: string | ArrayBuffer | ArrayBufferView): void {
    const conn = this.#core.clients.sockets.find(connection);
    if (conn === undefined || !this.#core.isLive) connection.close(CLOSE.restart, "unknown socket");
    else this.#core.receive(conn, message);
  }

  override onClose(connection: Connection<Attachment>): void {
    const conn = this.#core.clients.sockets.find(connection);
    if (conn !== undefined) this.#core.clients.forget(conn);
    else if (this.#core.isLive) this.#core.reporting.soon(); // the room slept: it woke without this one, and has not reported so
  }

  override onError(connection: Connection<Attachment>): void {
    this.onClose(connection);
  }

  // ---- time ----

  /** Never rejects, even when the room cannot start: the platform drops an alarm for good after six failed tries. */
  override async alarm(): Promise<void> {
    try {
      await super.alarm();
    } catch (error) {
      this.#core.log("alarm", error);
      await this.ctx.storage.setAlarm(Date.now() + ALARM_RETRY_MS);
    }
  }

  override async onAlarm(): Promise<void> {
    this.#core.alarmIs(null);
    try {
      await this.#ready();
      this.#core.enqueue({ type: "wake" }, null);
      await this.#core.idle();
      this.#core.after();
    } catch (error) {
      this.#core.log("alarm", error);
    } finally {
      if (this.#core.isLive) this.#core.arm();
    }
  }

  // ---- calls of the Worker (RoomRpc) ----

  async setUp(config: unknown): Promise<void> {
    await this.__unsafe_ensureInitialized();
    if (this.#core.isLive) return;
    const parsed = this.#core.game.stored.safeParse(config);
    if (!parsed.success) throw new Error("bad_config");
    const journal = this.#core.newJournal();
    const epoch = crypto.randomUUID().slice(0, 8);
    journal.begin({ config: parsed.data as Json, epoch });
    this.#open(journal, parsed.data as Json, epoch);
    await this.#core.idle();
  }

  async describe(): Promise<RoomDescription> {
    const { game, config } = await this.#ready();
    const { seq, state, table } = this.#core.kernel;
    return { room: this.name, game: game.name, config, seq, view: game.sight.view(state) as Json, table };
  }

  async stats(): Promise<RoomReport> {
    await this.#ready();
    await this.#core.idle(); // players who did not come back from a sleep or a crash are no longer counted
    return this.#core.report();
  }

  async holdings(player: PlayerId): Promise<{ purse: number; held: number; flow: Flow }> {
    const { game } = await this.#ready();
    const { kernel } = this.#core;
    const { chips, staked, returned } = purseOf(kernel, player);
    return { purse: chips, held: held(game, kernel, player), flow: { staked, returned } };
  }

  async revoke(player: PlayerId, version: number, out: boolean): Promise<void> {
    await this.#ready();
    await this.#revoke(player, version, out);
    if (out) this.#core.clients.dropAll(player, CLOSE.ended, "you are taking a break");
  }

  async #revoke(player: PlayerId, version: number, out: boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#core.enqueue({ type: "revoke", player, version, out }, () => resolve());
    });
  }

  async hangUp(player: PlayerId, session: string, last: boolean): Promise<void> {
    await this.#ready();
    if (this.#over.size >= OVER_MAX) this.#over.clear();
    this.#over.add(session);
    const { clients } = this.#core;
    for (const conn of clients.sockets.of(player))
      if (conn.session === session) clients.drop(conn, CLOSE.ended, "the session is over");
    if (last && clients.sockets.of(player).length === 0) await this.#revoke(player, NO_LIMITS_CHANGED, true);
  }

  async listRounds(
    before: number | null,
    limit: number,
    viewer: Viewer,
  ): Promise<{ rounds: RoundRecord<Proof>[]; next: number | null }> {
    const { journal } = await this.#ready();
    const { rounds, next } = journal.rounds.page(before, limit);
    return { rounds: rounds.map((stored) => this.#record(stored, viewer)), next };
  }

  async readRound(round: number, viewer: Viewer): Promise<RoundRecord<Proof> | null> {
    const { journal } = await this.#ready();
    const stored = journal.rounds.find(round);
    return stored === null ? null : this.#record(stored, viewer);
  }

  #record(stored: StoredRound, viewer: Viewer): RoundRecord<Proof> {
    const { round, startedAt, endedAt, kept, proof } = stored;
    const outcome = recordFor(this.#core.live.game, kept, viewer);
    return { room: this.name, round, startedAt, endedAt, void: stored.void, outcome, proof };
  }

  async deliver(deliveries: readonly Delivery[]): Promise<Delivered[]> {
    const { game } = await this.#ready();
    const verdicts = deliveries.map(({ id, message }): Promise<Delivered> => {
      const read = game.message.safeParse(message);
      if (read.success) return this.#ask({ type: "message", id, message: read.data });
      return Promise.resolve({ ok: false, code: "invalid_message", message: `${game.name} takes no such message.` });
    });
    this.#core.kick();
    return Promise.all(verdicts);
  }

  async operate(order: Order, requestId?: string): Promise<Delivered> {
    await this.#ready();
    const verdict = this.#ask({ type: "order", order }, requestId);
    this.#core.kick();
    return verdict;
  }

  /** Puts an input into the inbox. Resolves when its outcome is durable. */
  #ask(input: RoomInput, requestId?: string): Promise<Delivered> {
    return new Promise((resolve) => {
      const token = (answer: Answer): void =>
        resolve(answer.ok ? { ok: true } : { ok: false, code: answer.code, message: answer.message });
      this.#core.put(input, token, requestId);
    });
  }

  async confirm(topic: Topic, ids: readonly string[]): Promise<void> {
    const { journal, outbox } = await this.#ready();
    transact(this.ctx.storage, () => journal.outbox.confirm(topic, ids));
    outbox.confirmed();
    this.#core.arm();
    this.#core.reporting.soon();
  }

  async unconfirmed(topic: Topic, ids: readonly string[]): Promise<string[]> {
    const { journal } = await this.#ready();
    return journal.outbox.stillOpen(topic, ids);
  }

  async sendAgain(topic: Topic, events: readonly Envelope[]): Promise<string[]> {
    const { journal, outbox } = await this.#ready();
    const now = this.#core.now();
    const { published } = this.#core.kernel;
    const taken = transact(this.ctx.storage, () => journal.outbox.giveBack(topic, events, published, now));
    outbox.expect(now);
    this.#core.arm();
    this.#core.after();
    return taken;
  }

  async settledSince(after: number, limit: number): Promise<{ events: Envelope[]; next: number | null }> {
    const { journal } = await this.#ready();
    return journal.outbox.settledSince(after, limit);
  }

  async untaken(ids: readonly string[]): Promise<string[]> {
    const { journal } = await this.#ready();
    return ids.filter((id) => !journal.taken(id));
  }

  async inspect(): Promise<Inspection> {
    const { game, journal, config, epoch } = await this.#ready();
    return inspect({ game, kernel: this.#core.kernel, journal, config: game.stored.parse(config), epoch });
  }
}

/** 32 random bytes, in hex. */
function freshSeed(): string {
  return [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
