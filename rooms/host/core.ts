import type { AnyGame, Json, Ms } from "../game.ts";
import { gameOf } from "../games.ts";
import type { Outcome, Parked, RoomInput, World } from "../kernel/inputs.ts";
import { Recent } from "../kernel/command-ids.ts";
import { nextDeadline, run } from "../kernel/engine.ts";
import { LastDeck } from "../kernel/last-deck.ts";
import { CADENCE_MS, PublicFeed } from "../kernel/public-feed.ts";
import { readFrame } from "../kernel/inbound.ts";
import { CLOSE } from "../kernel/close.ts";
import { originsOf } from "../kernel/request-ids.ts";
import type { Kernel } from "../kernel/state.ts";
import { RoomAlarm } from "./alarm.ts";
import { Clients, type Token } from "./clients.ts";
import { RoomClock } from "./clock.ts";
import { Counters } from "./counters.ts";
import { Journal } from "./journal.ts";
import { Loop } from "./loop.ts";
import { OutboxSender } from "./outbox.ts";
import { reportOf } from "./report.ts";
import type { Platform, RoomReport, RoomServices } from "./services.ts";
import type { Conn } from "./sockets.ts";
import { Throttle } from "./throttle.ts";
import { inRoomTime, TransferRetrier } from "./transfers.ts";

/**
 * A running room: the batch loop around the pure engine, its clock and alarm, and everything it sends. No rules and no SQL in
 * here. The loop (loop.ts) has the engine handle everything in the inbox, commits one journal row, and answers once that is on
 * the disk; meanwhile the next batch collects.
 */

const REPORT_EVERY_MS = 4_000;
/** Wait before a report that the Directory did not take is sent again. */
const REPORT_AGAIN_MS = 8_000;

/** Everything that exists once the room's config is known. */
export type Live = {
  readonly game: AnyGame;
  readonly journal: Journal;
  readonly world: World;
  readonly feed: PublicFeed;
  readonly outbox: OutboxSender;
  readonly config: Json;
  readonly epoch: string;
};

export class RoomCore {
  readonly clients: Clients;
  readonly clock = new RoomClock(() => Date.now());
  readonly #platform: Platform;
  readonly #services: RoomServices;
  readonly #room: () => string;
  readonly #counters = new Counters();
  readonly #recent = new Recent();
  #live: Live | null = null;
  #kernel!: Kernel;
  #parked: Parked<Token> = new Map();
  readonly #alarm: RoomAlarm;
  readonly #transfers: TransferRetrier;
  readonly #loop: Loop<Token>;
  /** When the transaction began that is not durable yet. */
  #committing = 0;
  readonly #flushing: Throttle;
  /** Reports to the Directory. */
  readonly reporting: Throttle;

  /** `room`: its name, which the platform gives only after the object was constructed. */
  constructor(platform: Platform, services: RoomServices, room: () => string) {
    this.#platform = platform;
    this.#services = services;
    this.#room = room;
    const now = (): Ms => this.now();
    const counters = this.#counters;
    const { settings, log } = services;
    this.clients = new Clients({ room, settings, log, counters, now, gone: (conn, last) => this.#gone(conn, last) });
    this.#alarm = new RoomAlarm(platform.storage, this.clock, () => this.enqueue({ type: "wake" }, null));
    this.#flushing = new Throttle(CADENCE_MS, now, () => this.flush());
    this.reporting = new Throttle(REPORT_EVERY_MS, now, () => this.#report());
    this.#transfers = new TransferRetrier({
      wallet: services.wallet,
      now,
      answered: (player, id, answer) =>
        this.enqueue({ type: "answer", player, id, answer: inRoomTime(answer, this.clock) }, null),
      failed: (id, error) => {
        this.log(`transfer ${id}`, error);
        this.arm();
      },
    });
    this.#loop = this.#makeLoop();
  }

  #makeLoop(): Loop<Token> {
    return new Loop<Token>({
      now: () => this.now(),
      judge: (batch, until) => {
        const outcome = run(this.#kernel, this.#parked, batch, until, this.live.world);
        const origins = originsOf(batch);
        return origins === null ? outcome : { ...outcome, origins };
      },
      commit: (outcome) => this.#commit(outcome),
      durable: async () => {
        await this.#platform.storage.sync();
        this.#counters.commit(Date.now() - this.#committing);
      },
      speak: (outcome) => this.#speak(outcome),
      answer: (token, answer) => this.clients.answer(token, answer),
      failed: (error, { token, input, origin }) => {
        this.#counters.faults += 1;
        this.reporting.soon();
        const requestId = origin ?? (token === null || typeof token === "function" ? undefined : token.request);
        const command = input.type === "command" || input.type === "message" ? input.id : undefined;
        this.#services.log.error("judging", { room: this.#room(), requestId, input: input.type, command, error });
        this.arm();
      },
      die: (error) => {
        // Memory may be inconsistent with the disk: the object starts again from its disk.
        this.log("the store failed", error);
        this.#platform.abort("the store failed");
      },
    });
  }

  now(): Ms {
    return this.clock.now();
  }

  log(what: string, error: unknown): void {
    this.#services.log.error(what, { room: this.#room(), error });
  }

  get game(): AnyGame {
    const game = gameOf(this.#room());
    if (game === undefined) throw new Error(`no game for room ${this.#room()}`);
    return game;
  }

  get kernel(): Kernel {
    return this.#kernel;
  }

  get isLive(): boolean {
    return this.#live !== null;
  }

  get live(): Live {
    if (this.#live === null) throw new Error("the room is not set up");
    return this.#live;
  }

  newJournal(): Journal {
    return new Journal(this.#platform.storage, this.#room(), this.game);
  }

  /** Loads the room. Then add the sockets that survived a hibernation to `clients`, and call `goOn`. */
  open(journal: Journal, config: Json, epoch: string, freshSeed: () => string): void {
    const { game } = this;
    this.#kernel = journal.load(game.stored.parse(config), this.#recent);
    this.clock.seen(this.#kernel.at);
    const { settings, publisher } = this.#services;
    const world: World = {
      game,
      recent: this.#recent,
      buyIn: settings.buyIn,
      graceMs: settings.graceMs,
      taken: (id) => journal.taken(id),
      ordered: (id) => journal.ordered(id),
      seedOf: (round) => journal.rounds.seedOf(round),
      decks: new LastDeck(),
      freshSeed,
    };
    const outbox = new OutboxSender({
      store: journal.outbox,
      send: (topic, events) => publisher.send(topic, events, { room: this.#room(), staked: this.#kernel.staked }),
      now: () => this.now(),
      resendMs: settings.resendMs,
      done: () => {
        this.arm();
        this.reporting.soon();
      },
      failed: (error) => this.log("outbox", error),
    });
    this.#live = { game, journal, world, feed: new PublicFeed(game, this.#kernel.seq), outbox, config, epoch };
  }

  /** Call it after `open`, with the open sockets in `clients`: resumes everything that was in progress. */
  goOn(): void {
    for (const [player, purse] of this.#kernel.purses)
      if (purse.transfer !== null) this.#transfers.expect(player, purse.transfer);
    // A new room's commitments are a batch of their own, durable before any other input is handled.
    if (this.#kernel.seq === 0) this.enqueue({ type: "wake" }, null);
    for (const [player, presence] of this.#kernel.presence) {
      const here = this.clients.sockets.of(player).length > 0;
      if (presence.online !== here) this.enqueue({ type: "presence", player, name: presence.name, online: here }, null);
    }
    this.arm();
  }

  // ---- input ----

  receive(conn: Conn, message: unknown): void {
    const { game } = this.live;
    const { clients } = this;
    const now = this.now();
    const read = readFrame(message, game);
    if ("close" in read) {
      clients.refuse(conn, null, read.code, read.message);
      clients.drop(conn, read.close, read.code);
      return;
    }
    if (!clients.spend(conn, Math.max(1, read.length), now)) {
      clients.refuse(conn, null, "flooding", "Too many commands at once.");
      clients.drop(conn, CLOSE.flooding, "flooding");
      return;
    }
    conn.backlog.heard();
    this.reporting.soon();
    for (const one of read) {
      this.#counters.commands += 1;
      if (one.kind === "seen") conn.backlog.seen(one.n);
      else if (one.kind === "refused") clients.refuse(conn, one.id, one.code, one.message);
      else if (conn.player === null) clients.refuse(conn, one.input.id, "spectator", "Join with a ticket to play.");
      else this.#loop.push({ at: now, token: conn, input: { ...one.input, player: conn.player } });
    }
    this.#loop.kick();
  }

  /** Puts an input with its arrival stamp into the inbox and starts the loop. `origin`: id of the HTTP request it came with. */
  enqueue(input: RoomInput, token: Token, origin?: string): void {
    this.put(input, token, origin);
    this.kick();
  }

  /** Like `enqueue`, without starting the loop: inputs that are put before one `kick` share a batch. */
  put(input: RoomInput, token: Token, origin?: string): void {
    this.#loop.push({ at: this.now(), token, input, ...(origin === undefined ? {} : { origin }) });
  }

  kick(): void {
    this.#loop.kick();
  }

  /** Resolves when everything in the inbox was committed and answered. */
  async idle(): Promise<void> {
    await this.#loop.idle();
  }

  #gone(conn: Conn, last: boolean): void {
    this.reporting.soon();
    const { player, name } = conn;
    if (last && player !== null) this.enqueue({ type: "presence", player, name, online: false }, null);
  }

  // ---- a batch ----

  /** The transaction, the alarm and the new state, in one turn. Nothing is sent before it is on the disk. */
  #commit(outcome: Outcome<Token>): void {
    const { journal, feed, outbox } = this.live;
    const committed = outcome.events.length > 0 || outcome.messages.length > 0;
    if (committed) {
      this.#committing = Date.now();
      journal.commit(outcome);
    }
    this.#kernel = outcome.kernel;
    this.#parked = outcome.parked;
    this.#counters.accepted += outcome.accepted.length;
    for (const code of outcome.refused) this.#counters.refuse(code);
    if (outcome.refused.length > 0) this.reporting.soon();
    feed.push(this.#kernel.seq, outcome.roomShown, outcome.gameShown);
    if (committed) {
      this.#counters.batches += 1;
      this.#counters.events += outcome.events.length;
      for (const accepted of outcome.accepted) this.#recent.add(accepted);
      this.#recent.evict(outcome.at);
      if (outcome.published.length > 0) outbox.expect(outcome.at);
      this.#transfers.follow(outcome.events);
      if (journal.wantsSnapshot) journal.snapshot(this.#kernel, this.#recent, outcome.at);
    }
    this.arm();
  }

  /** Sends answers and private deltas, one frame a socket. The public deltas follow. */
  #speak(outcome: Outcome<Token>): void {
    this.clients.speak(outcome);
    const { feed } = this.live;
    if (feed.pending) this.#flushing.soon(feed.cadence(this.clients.sockets.size));
    if (outcome.origins !== undefined) {
      const { origins, from, kernel } = outcome;
      this.#services.log.info("committed", { room: this.#room(), requestIds: origins, from, to: kernel.seq });
    }
    if (outcome.events.length > 0) this.after();
  }

  /** Sends the pending public deltas to everybody. */
  flush(): void {
    const text = this.live.feed.take(this.now());
    if (text !== null) this.clients.sendAll(text);
  }

  // ---- time ----

  /** Sets the alarm again. Call it in the turn of a change, before any await. */
  arm(): void {
    const { world, outbox } = this.live;
    const deadline = nextDeadline(this.#kernel, world);
    this.#alarm.arm(
      deadline,
      Math.min(deadline ?? Infinity, this.#transfers.next() ?? Infinity, outbox.next() ?? Infinity),
    );
  }

  /** `armed`: the alarm that is set on the platform; null: none. */
  alarmIs(armed: number | null): void {
    this.#alarm.known(armed);
  }

  // ---- output, after the commit ----

  after(): void {
    for (const call of this.#transfers.go()) this.#platform.waitUntil(call);
    const sending = this.live.outbox.go();
    if (sending !== null) this.#platform.waitUntil(sending);
    this.reporting.soon();
  }

  #report(): void {
    const reporting = this.#services.registrar.report(this.#room(), this.report());
    this.#platform.waitUntil(
      reporting.catch((error: unknown) => {
        this.log("directory", error);
        this.reporting.soon(REPORT_AGAIN_MS);
      }),
    );
  }

  report(): RoomReport {
    const { game, journal } = this.live;
    return reportOf({
      game,
      kernel: this.#kernel,
      journal,
      counters: this.#counters,
      clock: this.clock,
      sockets: this.clients.sockets.size,
      transfers: this.#transfers.open,
    });
  }
}
