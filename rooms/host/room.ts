import { Server, type Connection, type ConnectionContext } from "partyserver";
import { houseOf } from "../../src/objects/room-services.ts";
import { firstConfigOf, settingsOf, type Env, type Settings } from "../../src/env.ts";
import { logOf } from "../../src/log.ts";
import { step } from "../../src/steps.ts";
import type { Answer, Outcome, Parked, RoomInput, World } from "../kernel/batch.ts";
import { nextDeadline, run } from "../kernel/engine.ts";
import { CADENCE_MS, Feed } from "../kernel/feed.ts";
import type { Proof } from "../fair/deck.ts";
import type { AnyGame, Json, Ms, PlayerId, Viewer } from "../game.ts";
import { gameOf } from "../games.ts";
import { Loop } from "./loop.ts";
import { readFrame } from "../kernel/inbound.ts";
import { inspect, type Inspection } from "./inspect.ts";
import { Journal, type StoredRound } from "./journal.ts";
import { held, purseOf, type Kernel } from "../kernel/state.ts";
import { Courier } from "./transfers.ts";
import { RoomClock } from "./clock.ts";
import { Counters } from "./counters.ts";
import * as frames from "../kernel/frames.ts";
import type { Order } from "../kernel/orders.ts";
import { originsOf } from "../kernel/request-ids.ts";
import { Mailer, type Envelope, type Topic } from "./outbox.ts";
import {
  SOCKET_HEADERS,
  type Delivered,
  type Delivery,
  type Flow,
  type RoomDescription,
  type RoomReport,
  type RoomRpc,
  type RoundRecord,
  type TransferAnswer,
} from "./ports.ts";
import { CLOSE } from "../kernel/protocol.ts";
import { Recent } from "../kernel/command-ids.ts";
import { Throttle } from "./throttle.ts";
import { Sockets, spend, type Attachment, type Bucket, type Conn } from "./sockets.ts";

/**
 * The Durable Object `Room`: sockets, the alarm and the batch loop around the pure engine. No rule and no SQL in here.
 *
 * A message is parsed, stamped and put in the inbox; the loop (loop.ts) judges all that is there, commits one journal row,
 * and speaks once that is on the disk; meanwhile the next batch gathers.
 */

type Token = Conn | ((answer: Answer) => void) | null;

const SOCKETS_PER_PLAYER = 8;
/** So many ended sessions are remembered, for a socket that was on its way in meanwhile. */
const OVER_MAX = 1_000;
const REPORT_EVERY_MS = 4_000;
/** A promise that is due within this has a timer behind the alarm, which hangs on the host's clock: it looks whether that came. */
const TIMER_MS = 30_000;
const ALARM_LATE_MS = 1_000;
/** When a report that the Directory did not take is repeated. */
const REPORT_AGAIN_MS = 8_000;
/** When a room that could not start tries again. */
const ALARM_RETRY_MS = 30_000;

/** Everything that exists once the room's config is known. */
type Live = {
  readonly game: AnyGame;
  readonly journal: Journal;
  readonly world: World;
  readonly feed: Feed;
  readonly mailer: Mailer;
  readonly config: Json;
  readonly epoch: string;
};

/** What a purse was told before stays. */
const NO_LIMITS_CHANGED = 0;

export class Room extends Server<Env> implements RoomRpc {
  static override options = { hibernate: true };

  readonly #settings: Settings = settingsOf(this.env);
  readonly #bucket: Bucket = { perSecond: this.#settings.ROOM_FRAMES_PER_S, burst: this.#settings.ROOM_FRAMES_BURST };
  readonly #sockets = new Sockets();
  /** Sessions that are over. */
  readonly #over = new Set<string>();
  readonly #recent = new Recent();
  #live: Live | null = null;
  #kernel!: Kernel;
  #parked: Parked<Token> = new Map();
  readonly #clock = new RoomClock(() => Date.now());
  /** By the host's clock, as the platform has it. */
  #armed: number | null = null;
  #timer: { readonly due: number; readonly handle: ReturnType<typeof setTimeout> } | null = null;
  readonly #house = houseOf(this.env);
  readonly #flushing = new Throttle(
    CADENCE_MS,
    () => this.#now(),
    () => this.#flush(),
  );
  readonly #reporting = new Throttle(
    REPORT_EVERY_MS,
    () => this.#now(),
    () => this.#report(),
  );
  readonly #loop = new Loop<Token>({
    now: () => this.#now(),
    judge: (batch, until) => {
      const outcome = run(this.#kernel, this.#parked, batch, until, this.#liveNow().world);
      const origins = originsOf(batch);
      return origins === null ? outcome : { ...outcome, origins };
    },
    commit: (outcome) => this.#commit(outcome),
    durable: async () => {
      await this.ctx.storage.sync();
      this.#counters.commit(Date.now() - this.#committing);
    },
    speak: (outcome) => this.#speak(outcome),
    answer: (token, answer) => this.#answer(token, answer),
    failed: (error, { token, input, origin }) => {
      this.#counters.faults += 1;
      this.#reporting.soon();
      const requestId = origin ?? (token === null || typeof token === "function" ? undefined : token.request);
      const command = input.type === "command" || input.type === "message" ? input.id : undefined;
      logOf(this.env).error("judging", { room: this.name, requestId, input: input.type, command, error });
      this.#arm();
    },
    die: (error) => this.#die(error),
  });
  readonly #courier = new Courier({
    wallet: this.#house.wallet,
    now: () => this.#now(),
    answered: (player, id, answer) =>
      this.#enqueue({ type: "answer", player, id, answer: this.#inRoomTime(answer) }, null),
    failed: (id, error) => {
      this.#log(`transfer ${id}`, error);
      this.#arm();
    },
  });
  readonly #counters = new Counters();
  /** When the transaction that is not durable yet began. */
  #committing = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** PartyServer calls it once, with everything else held back, before the first event. */
  override async onStart(): Promise<void> {
    this.#armed = await this.ctx.storage.getAlarm();
    const journal = new Journal(this.ctx.storage, this.name, this.#gameOrThrow());
    const meta = journal.meta();
    if (meta !== null) this.#open(journal, meta.config, meta.epoch);
  }

  #gameOrThrow(): AnyGame {
    const game = gameOf(this.name);
    if (game === undefined) throw new Error(`no game for room ${this.name}`);
    return game;
  }

  /** Loads the room; its sockets outlived a hibernation, or did not. */
  #open(journal: Journal, config: Json, epoch: string): void {
    const game = this.#gameOrThrow();
    this.#kernel = journal.load(game.stored.parse(config), this.#recent);
    this.#clock.seen(this.#kernel.at);
    const world: World = {
      game,
      recent: this.#recent,
      buyIn: this.#settings.ROOM_BUY_IN,
      graceMs: this.#settings.PRESENCE_GRACE_S * 1_000,
      taken: (id) => journal.taken(id),
      ordered: (id) => journal.ordered(id),
      seedOf: (round) => journal.seedOf(round),
      freshSeed,
    };
    const mailer = new Mailer({
      store: journal,
      send: async (topic, messages) => {
        // Before they are out: an award may come back as soon as they are.
        if (topic === "stakes") {
          await step(this.env, "stakes.committed");
          await this.#house.treasury.accrue(this.name, this.#kernel.staked);
          await step(this.env, "stakes.accrued");
        } else if (topic === "awards") await step(this.env, "awards.committed");
        await this.#house.queue(topic).sendBatch(messages.map((body) => ({ body })));
        if (topic !== "settled") await step(this.env, `${topic}.sent`);
      },
      now: () => this.#now(),
      resendMs: this.#settings.OUTBOX_RESEND_S * 1_000,
      done: () => {
        this.#arm();
        this.#reporting.soon();
      },
      failed: (error) => this.#log("outbox", error),
    });
    this.#live = { game, journal, world, feed: new Feed(game, this.#kernel.seq), mailer, config, epoch };
    const now = this.#now();
    for (const connection of this.getConnections<Attachment>()) {
      if (connection.state !== null) this.#sockets.add(connection, connection.state, this.#bucket, now);
    }
    for (const [player, purse] of this.#kernel.purses)
      if (purse.transfer !== null) this.#courier.expect(player, purse.transfer);
    // A new room's commitments are a batch of their own, durable before anything is judged.
    if (this.#kernel.seq === 0) this.#enqueue({ type: "wake" }, null);
    for (const [player, presence] of this.#kernel.presence) {
      const here = this.#sockets.of(player).length > 0;
      if (presence.online !== here)
        this.#enqueue({ type: "presence", player, name: presence.name, online: here }, null);
    }
    this.#arm();
  }

  /** The room's live parts; a room that the Directory lists but nobody set up is made with its first config. */
  async #ready(): Promise<Live> {
    await this.__unsafe_ensureInitialized();
    if (this.#live === null) await this.setUp(firstConfigOf(this.#settings, this.name));
    if (this.#live === null) throw new Error("the room is not set up");
    return this.#live;
  }

  // ---- sockets ----

  /** PartyServer answers a failed start with its stack, and takes a connection id from the client: neither gets through. */
  override async fetch(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const foreign = url.searchParams.has("_pk") || request.headers.has("x-partykit-props");
    if (foreign || request.headers.get("Upgrade")?.toLowerCase() !== "websocket") {
      return Response.json({ error: { code: "bad_socket_request" } }, { status: 400 });
    }
    try {
      await this.#ready();
    } catch (error) {
      this.#log("start", error);
      return Response.json({ error: { code: "room_unavailable" } }, { status: 503 });
    }
    return super.fetch(request);
  }

  override onConnect(connection: Connection<Attachment>, context: ConnectionContext): void {
    try {
      this.#connect(connection, context.request);
    } catch (error) {
      this.#log("connect", error);
      connection.close(CLOSE.restart, "could not connect");
    }
  }

  #connect(connection: Connection<Attachment>, request: Request): void {
    const player = request.headers.get(SOCKET_HEADERS.player) as PlayerId | null;
    const requestId = request.headers.get(SOCKET_HEADERS.request);
    const session = request.headers.get(SOCKET_HEADERS.session);
    const attachment = {
      player,
      name: decodeURIComponent(request.headers.get(SOCKET_HEADERS.name) ?? ""),
      ...(session === null ? {} : { session }),
      ...(requestId === null ? {} : { request: requestId }),
    };
    if (session !== null && this.#over.has(session)) {
      connection.close(CLOSE.ended, "the session is over");
      return;
    }
    connection.setState(attachment);
    this.#flush(); // to the others: the newcomer's first frame is the greeting, which holds all of it
    const first = player !== null && this.#sockets.of(player).length === 0;
    const conn = this.#sockets.add(connection, attachment, this.#bucket, this.#now());
    const url = new URL(request.url);
    this.#greet(conn, Number(url.searchParams.get("since") ?? -1), url.searchParams.get("epoch"));
    logOf(this.env).info("connected", { room: this.name, requestId, player });
    this.#reporting.soon();
    if (player === null) return;
    if (first) this.#enqueue({ type: "presence", player, name: attachment.name, online: true }, null);
    const mine = this.#sockets.of(player);
    if (mine.length > SOCKETS_PER_PLAYER && mine[0] !== undefined)
      this.#drop(mine[0], CLOSE.replaced, "too many windows");
  }

  /**
   * The hot path: PartyServer's wrapper costs half of a raw echo's rate, so known sockets go straight to the inbox. Nothing is
   * awaited here, and so nothing is returned: the runtime would wait for every single promise.
   */
  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const conn = this.#sockets.find(socket);
    if (conn === undefined || this.#live === null) return super.webSocketMessage(socket, message);
    this.#receive(this.#live, conn, message);
    return undefined as unknown as Promise<void>;
  }

  override onMessage(connection: Connection<Attachment>, message: string | ArrayBuffer | ArrayBufferView): void {
    const conn = this.#sockets.find(connection);
    if (conn === undefined || this.#live === null) connection.close(CLOSE.restart, "unknown socket");
    else this.#receive(this.#live, conn, message);
  }

  override onClose(connection: Connection<Attachment>): void {
    const conn = this.#sockets.find(connection);
    if (conn !== undefined) this.#forget(conn);
    else if (this.#live !== null) this.#reporting.soon(); // the room slept: it woke without this one, and has not told so
  }

  override onError(connection: Connection<Attachment>): void {
    this.onClose(connection);
  }

  #forget(conn: Conn): void {
    const { player, name } = conn;
    this.#reporting.soon();
    if (this.#sockets.remove(conn) && player !== null) {
      this.#enqueue({ type: "presence", player, name, online: false }, null);
    }
  }

  #drop(conn: Conn, code: number, reason: string): void {
    logOf(this.env).info("dropped", { room: this.name, requestId: conn.request, code, reason });
    this.#forget(conn);
    try {
      conn.socket.close(code, reason);
    } catch {
      // It is closed already.
    }
  }

  #receive(live: Live, conn: Conn, message: unknown): void {
    const now = this.#now();
    const read = readFrame(message, live.game);
    if ("close" in read) {
      this.#refuse(conn, null, read.code, read.message);
      this.#drop(conn, read.close, read.code);
      return;
    }
    if (!spend(conn, Math.max(1, read.length), this.#bucket, now)) {
      this.#refuse(conn, null, "flooding", "Too many commands at once.");
      this.#drop(conn, CLOSE.flooding, "flooding");
      return;
    }
    conn.backlog.heard();
    this.#reporting.soon();
    for (const one of read) {
      this.#counters.commands += 1;
      if (one.kind === "seen") conn.backlog.seen(one.n);
      else if (one.kind === "refused") this.#refuse(conn, one.id, one.code, one.message);
      else if (conn.player === null) this.#refuse(conn, one.input.id, "spectator", "Join with a ticket to play.");
      else this.#loop.push({ at: now, token: conn, input: { ...one.input, player: conn.player } });
    }
    this.#loop.kick();
  }

  #refuse(conn: Conn, id: string | null, code: string, message: string): void {
    this.#counters.refuse(code);
    this.#noteRefusal(conn, id, code);
    this.#send(conn, frames.replyFrame({ ok: false, id, code, message }));
  }

  #noteRefusal(conn: Conn, command: string | null, code: string): void {
    const log = logOf(this.env);
    if (log.tells("debug")) log.debug("refused", { room: this.name, requestId: conn.request, command, code });
  }

  #send(conn: Conn, text: string): void {
    const { backlog, socket } = conn;
    const owed = backlog.sent(text.length, this.#settings.ROOM_SOCKET_BUFFER_BYTES);
    if (owed === "slow") {
      this.#drop(conn, CLOSE.slow, "too slow");
      return;
    }
    try {
      socket.send(text);
      if (owed === "ask") socket.send(frames.checkFrame(backlog.check()));
    } catch {
      this.#forget(conn); // it closed under us: its close event may never come
    }
  }

  /** What was missed, when it is still at hand and the client is of this epoch; else everything anew. */
  #greet(conn: Conn, since: number, epoch: string | null): void {
    const { game, feed, epoch: ours } = this.#liveNow();
    const now = this.#now();
    const mine = `${ours}.${game.version}.${conn.player ?? "spectator"}`;
    const missed = epoch === mine && Number.isSafeInteger(since) && since >= 0 ? feed.missed(since) : null;
    this.#send(
      conn,
      missed === null
        ? frames.welcome(game, this.#kernel, conn.player, mine, now, conn.request)
        : frames.resumed(game, this.#kernel, conn.player, missed, now, conn.request),
    );
  }

  // ---- the loop ----

  #now(): Ms {
    return this.#clock.now();
  }

  #byWall(at: Ms | null): Ms | null {
    return at === null ? null : (Math.min(this.#clock.toWall(at), Date.now()) as Ms);
  }

  /** The wallet names the end of an allowance by the host's clock. */
  #inRoomTime(answer: TransferAnswer): TransferAnswer {
    const until = answer.allowance?.until ?? null;
    if (answer.allowance === undefined || until === null || until === 0) return answer;
    return { ...answer, allowance: { ...answer.allowance, until: this.#clock.fromWall(until) as Ms } };
  }

  #log(what: string, error: unknown): void {
    logOf(this.env).error(what, { room: this.name, error });
  }

  #liveNow(): Live {
    if (this.#live === null) throw new Error("the room is not set up");
    return this.#live;
  }

  #enqueue(input: RoomInput, token: Token): void {
    this.#loop.push({ at: this.#now(), token, input });
    this.#loop.kick();
  }

  /** One transaction, the alarm and the new state in one turn; nothing is said before it is on the disk. */
  #commit(outcome: Outcome<Token>): void {
    const { journal, feed, mailer } = this.#liveNow();
    const committed = outcome.events.length > 0 || outcome.messages.length > 0;
    if (committed) {
      this.#committing = Date.now();
      journal.commit(outcome);
    }
    this.#kernel = outcome.kernel;
    this.#parked = outcome.parked;
    this.#counters.accepted += outcome.accepted.length;
    for (const code of outcome.refused) this.#counters.refuse(code);
    if (outcome.refused.length > 0) this.#reporting.soon();
    feed.push(this.#kernel.seq, outcome.roomShown, outcome.gameShown);
    if (committed) {
      this.#counters.batches += 1;
      this.#counters.events += outcome.events.length;
      for (const accepted of outcome.accepted) this.#recent.add(accepted);
      this.#recent.evict(outcome.at);
      if (outcome.published.length > 0) mailer.expect(outcome.at);
      for (const event of outcome.events) {
        if (event.type === "room.transfer") this.#courier.expect(event.player, event.transfer);
        if (event.type === "room.transferred") this.#courier.done(event.id);
      }
      if (journal.wantsSnapshot) journal.snapshot(this.#kernel, this.#recent, outcome.at);
    }
    this.#arm();
  }

  /** What is in memory may be wrong: the object starts again from its disk. */
  #die(error: unknown): void {
    this.#log("the store failed", error);
    this.ctx.abort("the store failed");
  }

  /** Answers and personal steps, one frame a socket; then the public ones. */
  #speak(outcome: Outcome<Token>): void {
    const queued = new Map<Conn, string[]>();
    const add = (conn: Conn, text: string): void => {
      const list = queued.get(conn);
      if (list === undefined) queued.set(conn, [text]);
      else list.push(text);
    };
    for (const { token, answer } of outcome.answers) {
      if (typeof token === "function") token(answer);
      else if (token !== null) {
        if (!answer.ok) this.#noteRefusal(token, answer.id, answer.code);
        add(token, frames.replyFrame(answer));
      }
    }
    for (const [player, told] of outcome.told) {
      const conns = this.#sockets.of(player);
      if (conns.length === 0) continue;
      const text = frames.ownFrame(outcome.kernel.seq, told);
      for (const conn of conns) add(conn, text);
    }
    for (const player of outcome.purses) {
      const conns = this.#sockets.of(player);
      const text = conns.length === 0 ? null : frames.purseFrame(outcome.kernel, player);
      if (text !== null) for (const conn of conns) add(conn, text);
    }
    for (const [conn, list] of queued) this.#send(conn, frames.join(list));
    const { feed } = this.#liveNow();
    if (feed.pending) this.#flushing.soon(feed.cadence(this.#sockets.size));
    if (outcome.origins !== undefined) {
      const { origins, from, kernel } = outcome;
      logOf(this.env).info("committed", { room: this.name, requestIds: origins, from, to: kernel.seq });
    }
    if (outcome.events.length > 0) this.#after();
  }

  #answer(token: Token, answer: Answer): void {
    if (typeof token === "function") token(answer);
    else if (token !== null) this.#send(token, frames.replyFrame(answer));
  }

  // ---- the public stream ----

  #flush(): void {
    const text = this.#liveNow().feed.take(this.#now());
    if (text === null) return;
    for (const conn of this.#sockets.all()) this.#send(conn, text);
  }

  // ---- time ----

  /** The one alarm: the earliest of everything that must not be forgotten. Set in the turn of the commit, before any await. */
  #arm(): void {
    const live = this.#liveNow();
    const deadline = nextDeadline(this.#kernel, live.world);
    const next = Math.min(deadline ?? Infinity, this.#courier.next() ?? Infinity, live.mailer.next() ?? Infinity);
    this.#clock.promised(Number.isFinite(next));
    const now = this.#now();
    this.#wait(deadline, now);
    const wanted = Number.isFinite(next) ? this.#clock.toWall(next) : null;
    if (wanted === this.#armed) return;
    this.#armed = wanted;
    void (wanted === null ? this.ctx.storage.deleteAlarm() : this.ctx.storage.setAlarm(wanted));
  }

  /** Sets the timer for what is promised, once for each instant; a room with a promise further away may sleep till its alarm. */
  #wait(deadline: Ms | null, now: Ms): void {
    const due = deadline === null || deadline - now > TIMER_MS ? null : this.#clock.toWall(deadline);
    if (due === (this.#timer?.due ?? null)) return;
    if (this.#timer !== null) clearTimeout(this.#timer.handle);
    this.#timer = null;
    if (due === null || deadline === null) return;
    const wake = (): void => this.#enqueue({ type: "wake" }, null);
    this.#timer = { due, handle: setTimeout(wake, Math.max(0, deadline - now) + ALARM_LATE_MS) };
  }

  /** Never rejects, even when the room cannot start: the platform drops an alarm for good after six failed tries. */
  override async alarm(): Promise<void> {
    try {
      await super.alarm();
    } catch (error) {
      this.#log("alarm", error);
      await this.ctx.storage.setAlarm(Date.now() + ALARM_RETRY_MS);
    }
  }

  override async onAlarm(): Promise<void> {
    this.#armed = null;
    try {
      await this.#ready();
      this.#enqueue({ type: "wake" }, null);
      await this.#loop.idle();
      this.#after();
    } catch (error) {
      this.#log("alarm", error);
    } finally {
      if (this.#live !== null) this.#arm();
    }
  }

  // ---- what leaves the room, after the commit ----

  #after(): void {
    for (const call of this.#courier.go()) this.ctx.waitUntil(call);
    const sending = this.#liveNow().mailer.go();
    if (sending !== null) this.ctx.waitUntil(sending);
    this.#reporting.soon();
  }

  /** Tells the Directory how it is going. */
  #report(): void {
    const reporting = this.#house.registrar.report(this.name, this.#stats());
    this.ctx.waitUntil(
      reporting.catch((error: unknown) => {
        this.#log("directory", error);
        this.#reporting.soon(REPORT_AGAIN_MS);
      }),
    );
  }

  #stats(): RoomReport {
    const { game, journal } = this.#liveNow();
    const { waiting, parked } = journal.depth();
    const { oldestAt, oldestSettledAt } = journal.oldestOut();
    return {
      summary: game.summary(this.#kernel.state),
      online: this.#kernel.table.online,
      sockets: this.#sockets.size,
      status: this.#kernel.table.status,
      counters: this.#counters.counts(journal.rowsWritten),
      at: Date.now() as Ms,
      run: this.#counters.run,
      waiting: {
        transfers: this.#courier.open,
        outbox: waiting,
        parked,
        oldestAt: this.#byWall(oldestAt),
        oldestSettledAt: this.#byWall(oldestSettledAt),
      },
    };
  }

  // ---- what the Worker asks (RoomRpc) ----

  async setUp(config: unknown): Promise<void> {
    await this.__unsafe_ensureInitialized();
    if (this.#live !== null) return;
    const game = this.#gameOrThrow();
    const parsed = game.stored.safeParse(config);
    if (!parsed.success) throw new Error("bad_config");
    const journal = new Journal(this.ctx.storage, this.name, game);
    const epoch = crypto.randomUUID().slice(0, 8);
    journal.begin({ config: parsed.data as Json, epoch });
    this.#open(journal, parsed.data as Json, epoch);
    await this.#loop.idle();
  }

  async describe(): Promise<RoomDescription> {
    const { game, config } = await this.#ready();
    const { seq, state, table } = this.#kernel;
    return { room: this.name, game: game.name, config, seq, view: game.view(state) as Json, table };
  }

  async stats(): Promise<RoomReport> {
    await this.#ready();
    await this.#loop.idle(); // whoever did not come back from a sleep or a death is no longer counted
    return this.#stats();
  }

  async holdings(player: PlayerId): Promise<{ purse: number; held: number; flow: Flow }> {
    const { game } = await this.#ready();
    const { chips, staked, returned } = purseOf(this.#kernel, player);
    return { purse: chips, held: held(game, this.#kernel, player), flow: { staked, returned } };
  }

  async revoke(player: PlayerId, version: number, out: boolean): Promise<void> {
    await this.#ready();
    await this.#revoke(player, version, out);
    if (out) for (const conn of this.#sockets.of(player)) this.#drop(conn, CLOSE.ended, "you are taking a break");
  }

  async #revoke(player: PlayerId, version: number, out: boolean): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#enqueue({ type: "revoke", player, version, out }, () => resolve());
    });
  }

  async hangUp(player: PlayerId, session: string, last: boolean): Promise<void> {
    await this.#ready();
    if (this.#over.size >= OVER_MAX) this.#over.clear();
    this.#over.add(session);
    for (const conn of this.#sockets.of(player))
      if (conn.session === session) this.#drop(conn, CLOSE.ended, "the session is over");
    if (last && this.#sockets.of(player).length === 0) await this.#revoke(player, NO_LIMITS_CHANGED, true);
  }

  async listRounds(
    before: number | null,
    limit: number,
    viewer: Viewer,
  ): Promise<{ rounds: RoundRecord<Proof>[]; next: number | null }> {
    const { journal } = await this.#ready();
    const numbers = journal.rounds(before, limit + 1);
    const rounds = numbers.slice(0, limit).flatMap((n) => {
      const stored = journal.round(n);
      return stored === null ? [] : [this.#record(stored, viewer)];
    });
    return { rounds, next: numbers.length > limit ? (rounds.at(-1)?.round ?? null) : null };
  }

  async readRound(round: number, viewer: Viewer): Promise<RoundRecord<Proof> | null> {
    const { journal } = await this.#ready();
    const stored = journal.round(round);
    return stored === null ? null : this.#record(stored, viewer);
  }

  #record(stored: StoredRound, viewer: Viewer): RoundRecord<Proof> {
    const { round, startedAt, endedAt, kept, proof } = stored;
    const outcome = this.#liveNow().game.recount(kept, viewer);
    return { room: this.name, round, startedAt, endedAt, void: stored.void, outcome, proof };
  }

  async deliver(deliveries: readonly Delivery[]): Promise<Delivered[]> {
    const { game } = await this.#ready();
    const verdicts = deliveries.map(({ id, message }): Promise<Delivered> => {
      const read = game.message.safeParse(message);
      const { promise, resolve } = Promise.withResolvers<Delivered>();
      if (!read.success) {
        resolve({ ok: false, code: "invalid_message", message: `${game.name} takes no such message.` });
        return promise;
      }
      const token = (answer: Answer): void =>
        resolve(answer.ok ? { ok: true } : { ok: false, code: answer.code, message: answer.message });
      this.#loop.push({ at: this.#now(), token, input: { type: "message", id, message: read.data } });
      return promise;
    });
    this.#loop.kick();
    return Promise.all(verdicts);
  }

  async confirm(topic: Topic, ids: readonly string[]): Promise<void> {
    const { journal, mailer } = await this.#ready();
    journal.confirm(topic, ids);
    mailer.confirmed();
    this.#arm();
    this.#reporting.soon();
  }

  async unconfirmed(topic: Topic, ids: readonly string[]): Promise<string[]> {
    const { journal } = await this.#ready();
    return journal.stillOpen(topic, ids);
  }

  async sendAgain(topic: Topic, events: readonly Envelope[]): Promise<string[]> {
    const { journal, mailer } = await this.#ready();
    const now = this.#now();
    const taken = journal.giveBack(topic, events, this.#kernel.published, now);
    mailer.expect(now);
    this.#arm();
    this.#after();
    return taken;
  }

  async settledSince(after: number, limit: number): Promise<{ events: Envelope[]; next: number | null }> {
    const { journal } = await this.#ready();
    const events: Envelope[] = [];
    let from = after;
    while (events.length < limit) {
      const pack = journal.settledAfter(from);
      const last = pack.at(-1);
      if (last === undefined) return { events, next: null };
      events.push(...pack);
      from = last.sequence;
    }
    return { events, next: from };
  }

  async untaken(ids: readonly string[]): Promise<string[]> {
    const { journal } = await this.#ready();
    return ids.filter((id) => !journal.taken(id));
  }

  async inspect(): Promise<Inspection> {
    const { game, journal, config, epoch } = await this.#ready();
    return inspect({ game, kernel: this.#kernel, journal, config: game.stored.parse(config), epoch });
  }

  async operate(
    order: Order,
    requestId?: string,
  ): Promise<{ ok: true } | { ok: false; code: string; message: string }> {
    await this.#ready();
    return new Promise((resolve) => {
      const token = (answer: Answer): void =>
        resolve(answer.ok ? { ok: true } : { ok: false, code: answer.code, message: answer.message });
      const origin = requestId === undefined ? {} : { origin: requestId };
      this.#loop.push({ at: this.#now(), token, input: { type: "order", order }, ...origin });
      this.#loop.kick();
    });
  }
}

function freshSeed(): string {
  return [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
