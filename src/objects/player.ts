import { DurableObject } from "cloudflare:workers";
import { chips } from "../../rooms/game.ts";
import type { TransferAnswer, TransferRequest } from "../../rooms/kernel/transfer.ts";
import { CLOSE } from "../../rooms/kernel/protocol.ts";
import { transact } from "../../rooms/host/sql.ts";
import type { Env } from "../env.ts";
import { logOf } from "../log.ts";
import { PlayerAlarm } from "./player/alarm.ts";
import { enter, enteredBefore, renew, type Arrival, type Entered, type Renewed } from "./player/arrivals.ts";
import { countFromNow } from "./player/clock.ts";
import type { AwardAnswer, AwardRequest, Entry } from "./player/ledger.ts";
import type { Exclusion, LimitsStanding, LimitChange } from "./player/limits.ts";
import { LimitChanges } from "./player/limit-changes.ts";
import { addNote, notesOf, type Note } from "./player/notes.ts";
import { operatorTransfer, type OperatorTransfer, type OperatorTransferAnswer } from "./player/operator-transfers.ts";
import { partsOf, type Parts } from "./player/parts.ts";
import { Post } from "./player/post.ts";
import { profileOf, type PlayerRow, type Profile } from "./player/profile.ts";
import type { KeyState, Operation } from "./player/requests.ts";
import { RoomCalls } from "./player/room-calls.ts";
import { updateTables } from "./player/schema.ts";
import type { NewSession, SessionInfo, Use } from "./player/sessions.ts";
import { Pages, welcomeOf } from "./player/sockets.ts";
import { drawFaucet, fromOutside, type FaucetAnswer, type Moved } from "./player/wallet.ts";
import { roomStub } from "./stubs.ts";

/**
 * Durable Object `Player`, named by a permanent random id: the wallet, the sessions, the answers stored by Idempotency-Key and
 * the personal socket. Every method treats an id that was never created as unknown, and writes nothing for it.
 */

export class Player extends DurableObject<Env> {
  readonly #parts: Parts = partsOf(this.ctx.storage);
  readonly #rooms = new RoomCalls(this.#parts, (name) => roomStub(this.env, name));
  readonly #post = new Post(this.env, this.#parts, () => this.#arm());
  readonly #alarm = new PlayerAlarm(this.ctx.storage, (now) => this.#clockJumped(now));
  readonly #pages = new Pages(this.ctx);
  readonly #limits = new LimitChanges({
    parts: this.#parts,
    rooms: this.#rooms,
    pages: this.#pages,
    tellRooms: () => this.#tellRooms(),
  });

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (!this.#exists) return;
    updateTables(ctx.storage.sql);
    this.#parts.news.unpark();
    countFromNow(ctx.storage.sql, Date.now());
  }

  get #exists(): boolean {
    return this.#parts.profile.exists;
  }

  #row(): PlayerRow | null {
    return this.#parts.profile.row();
  }

  // ---- who ----

  /** Opens a session; creates or registers the player if needed. Safe to repeat: see auth/enter.ts. */
  async enter(arrival: Arrival): Promise<Entered> {
    const { answer, granted, ended } = enter(this.#parts, arrival, Date.now());
    if (!answer.ok || answer.again !== undefined) return answer;
    this.#told(granted);
    await this.#hangUp(ended);
    return answer;
  }

  /** The answer to a repeated request for a new guest: see player/arrivals.ts. Null: there is no such player yet. */
  async enteredBefore(session: string, withinMs: number): Promise<Entered | null> {
    return enteredBefore(this.#parts, session, withinMs, Date.now());
  }

  /** The player and the end of a live session; null: it is over. `use` extends it. */
  async session(id: string, use?: Use): Promise<{ readonly profile: Profile; readonly expiresAt: number } | null> {
    const row = this.#row();
    if (row === null) return null;
    const expiresAt = this.#parts.sessions.use(id, use, Date.now());
    if (expiresAt !== null) return { profile: profileOf(row), expiresAt };
    const ended = transact(this.ctx.storage, () => this.#parts.sessions.expire(Date.now()));
    this.ctx.waitUntil(this.#hangUp(ended));
    return null;
  }

  /** Replaces a session by a new one. Null: the old one was over. A repeat under the same key gets the same new session. */
  async renew(old: string, next: NewSession, key: string | null): Promise<Renewed | null> {
    const renewed = renew(this.#parts, old, next, key, Date.now());
    if (renewed === null) return null;
    const { ended, ...answer } = renewed;
    await this.#hangUp(ended);
    return answer;
  }

  /** Ends one session or all of them, with their sockets. Automatic play ends in rooms where no session is left. */
  async leave(session: string, everywhere: boolean): Promise<void> {
    if (!this.#exists) return;
    const { sessions } = this.#parts;
    transact(this.ctx.storage, () => (everywhere ? sessions.killAll() : sessions.kill(session)));
    await this.#hangUp(everywhere ? "all" : [session]);
  }

  /**
   * Uses up a socket ticket; null: it is used, expired, or its session is over. `room`: the room that it opens, so that the room
   * can be told when the session ends.
   */
  async redeem(ticket: string, expiresAt: number, session: string, room: string | null): Promise<Profile | null> {
    const row = this.#row();
    if (row === null) return null;
    const use = () => this.#parts.sessions.redeem({ ticket, expiresAt, session, room }, Date.now());
    const used = transact(this.ctx.storage, use);
    if (used) this.#arm(); // a socket must not outlive its session
    return used ? profileOf(row) : null;
  }

  // ---- money ----

  /** The wallet's balance, and the rooms that may hold more of the player's chips. */
  async standing(): Promise<{ available: number; rooms: string[] } | null> {
    if (!this.#exists) return null;
    return { available: this.#parts.ledger.balance(), rooms: this.#parts.ledger.purses() };
  }

  /** A page of the statement, newest first, below entry `before`. */
  async entries(before: number | null, limit: number): Promise<{ entries: Entry[]; next: number | null }> {
    if (!this.#exists) return { entries: [], next: null };
    return this.#parts.ledger.page(before, limit);
  }

  /** Gives play money, once per cool-down and once per operation. Null: no such player. */
  async faucet(amount: number, cooldownMs: number, operation: Operation | null = null): Promise<FaucetAnswer | null> {
    const now = this.#alarm.now();
    const row = this.#row();
    if (row === null) return null;
    return this.#moved(drawFaucet(this.#parts, row, amount, cooldownMs, operation, now));
  }

  /** The rooms' wallet (rooms/host/ports.ts): idempotent by `request.id`. Throws on a malformed request, with nothing written. */
  async transfer(request: TransferRequest): Promise<TransferAnswer> {
    if (!this.#exists) return { ok: false, code: "unknown_player", balance: chips(0) };
    const { answer, entry } = transact(this.ctx.storage, () => this.#parts.transfers.take(request, Date.now()));
    if (entry !== null) this.#pages.entered(entry, () => this.#parts.ledger.purses());
    return answer;
  }

  /** Credits a lottery's award. Idempotent by its id; the same id with another body is a conflict. */
  async award({ id, lottery, amount }: AwardRequest): Promise<AwardAnswer> {
    const row = this.#row();
    if (row === null) return { ok: false, code: "unknown_player" };
    const award = () => this.#parts.ledger.award({ id, lottery, amount }, Date.now());
    return this.#moved(fromOutside(this.#parts, row, award));
  }

  /** Moves money from or to an operator. Idempotent by its id: see player/operator-transfers.ts. */
  async operatorTransfer(request: OperatorTransfer): Promise<OperatorTransferAnswer> {
    const row = this.#row();
    if (row === null) return { ok: false, code: "unknown_player" };
    const move = () => operatorTransfer(this.ctx.storage.sql, this.#parts.ledger, request, Date.now());
    return this.#moved(fromOutside(this.#parts, row, move));
  }

  #moved<Answer>({ answer, entry }: Moved<Answer>): Answer {
    if (entry !== null) this.#told(entry);
    return answer;
  }

  /** Adds an operator's note. Idempotent by its id. Null: no such player. False: that id has another text. */
  async addNote(note: Note): Promise<boolean | null> {
    return this.#exists ? addNote(this.ctx.storage.sql, note) : null;
  }

  /** The last notes, newest first. */
  async notes(): Promise<Note[]> {
    return this.#exists ? notesOf(this.ctx.storage.sql) : [];
  }

  // ---- what the player sets (responsible play) ----

  async limits(): Promise<LimitsStanding | null> {
    return this.#limits.standing();
  }

  /** Once this answers, every table with the player's chips knows the change, or will be told until it does. */
  async setLimits(change: LimitChange, operation: Operation | null = null): Promise<LimitsStanding | null> {
    return this.#limits.set(change, operation);
  }

  async cancelLimits(operation: Operation | null = null): Promise<LimitsStanding | null> {
    return this.#limits.cancel(operation);
  }

  /** Excludes the player from play until the given instant. */
  async exclude(exclusion: Exclusion, operation: Operation | null = null): Promise<LimitsStanding | null> {
    return this.#limits.exclude(exclusion, operation);
  }

  /** Why no new session may begin, and until when; null: one may. */
  async barred(): Promise<{ code: "excluded" | "limit_session"; until: number } | null> {
    return this.#exists ? this.#parts.limits.barred(Date.now()) : null;
  }

  /** Tells rooms of changed limits and ended sessions. If a room does not answer, the alarm tells it again. */
  async #tellRooms(): Promise<void> {
    this.#arm();
    await this.#rooms.tell();
    this.#arm();
  }

  // ---- what others see, and what the read side hears ----

  /** Since when the player has a registered name; null: a guest, or no such player. */
  async namedSince(): Promise<number | null> {
    return this.#row()?.named_at ?? null;
  }

  async setHidden(hidden: boolean, operation: Operation | null = null): Promise<boolean> {
    const row = this.#row();
    if (row === null) return false;
    const { requests, news } = this.#parts;
    const persona = { name: row.name, hidden, guest: row.account === null };
    const show = () => ({ news: news.shown(row.id, persona, Date.now()) });
    transact(this.ctx.storage, () => requests.once(operation, show));
    this.#told(null);
    return hidden;
  }

  /** The profile, when the player was created, and whether boards hide them. */
  async about(): Promise<(Profile & { readonly hidden: boolean; readonly createdAt: number }) | null> {
    const row = this.#row();
    return row === null ? null : { ...profileOf(row), hidden: this.#parts.news.hidden(), createdAt: row.created_at };
  }

  /** Confirms events, so that the outbox deletes them. */
  async confirm(ids: readonly string[]): Promise<void> {
    if (!this.#exists) return;
    this.#post.confirm(ids);
    this.#arm();
  }

  /** All events about this player for a rebuild of the read side, in the form of src/events.ts. */
  async told(): Promise<unknown[]> {
    const row = this.#row();
    if (row === null) return [];
    const entries = this.#parts.ledger.entries(null, Number.MAX_SAFE_INTEGER).reverse();
    return this.#parts.news.all(row.id, entries, row.account === null);
  }

  /** After a commit: shows a new ledger entry on the player's pages, and sends waiting events to the read side. */
  #told(entry: Entry | null): void {
    if (entry !== null) this.#pages.entered(entry, () => this.#parts.ledger.purses());
    this.#post.noted();
    this.#arm();
    const sending = this.#post.send();
    if (sending !== null) this.ctx.waitUntil(sending);
  }

  // ---- time ----

  /** After the host's clock was put back: instants in the future are set to now, see player/clock.ts. */
  #clockJumped(now: number): void {
    if (!this.#exists) return;
    countFromNow(this.ctx.storage.sql, now);
    this.#rooms.clockJumped();
    this.#post.clockJumped();
  }

  /** Sets the alarm to the next thing due: events to send, a reality check, rooms to tell, the end of a session. */
  #arm(): void {
    const now = this.#alarm.now();
    const { limits, sessions } = this.#parts;
    const reality = this.#pages.someone ? limits.realityAt(now) : null;
    this.#alarm.arm([this.#post.due(now), reality, this.#rooms.due(now), sessions.nextEnd()]);
  }

  override async alarm(): Promise<void> {
    this.#alarm.fired();
    if (!this.#exists) return;
    try {
      const check = await this.#rooms.realityCheck(Date.now());
      if (check !== null) this.#pages.tell(check);
      this.#pages.hangUp(this.#parts.sessions.expire(Date.now()));
      await this.#tellRooms();
      await this.#post.send();
      await this.#post.tellDirectory(Date.now());
    } catch (error) {
      logOf(this.env).error("player's alarm", { error });
    } finally {
      this.#arm();
    }
  }

  // ---- sessions ----

  async sessions(): Promise<SessionInfo[]> {
    return this.#exists ? this.#parts.sessions.list(Date.now()) : [];
  }

  /** Ends every session but this one, with its sockets. `by`: only sessions that were opened by then. */
  async leaveOthers(session: string, by = Number.MAX_SAFE_INTEGER, operation: Operation | null = null): Promise<void> {
    if (!this.#exists) return;
    const { result: ended, again } = transact(this.ctx.storage, () =>
      this.#parts.requests.once(operation, () => this.#parts.sessions.killOthers(session, by)),
    );
    if (!again) await this.#hangUp(ended);
  }

  // ---- Idempotency-Key ----

  /** `before`: see Requests.claim. */
  async claimKey(key: string, hash: string, before: string): Promise<KeyState> {
    if (!this.#exists) return { state: "run", operation: before };
    return this.#parts.requests.claim(key, hash, before, Date.now());
  }

  /** The player, if the request under this key has had its effect: its repeat may come from a session that is over. Else null. */
  async repeats(key: string): Promise<Profile | null> {
    const row = this.#row();
    return row !== null && this.#parts.requests.done(key, Date.now()) ? profileOf(row) : null;
  }

  async settleKey(key: string, answer: { status: number; body: string } | null): Promise<void> {
    if (this.#exists) this.#parts.requests.settle(key, answer);
  }

  // ---- the personal socket ----

  /** Called by the Worker only, which has redeemed the ticket. `?session=` ties the socket to the session. */
  override async fetch(request: Request): Promise<Response> {
    const row = this.#row();
    const session = new URL(request.url).searchParams.get("session") ?? "";
    if (row === null || !this.#parts.sessions.alive(session, Date.now())) return new Response(null, { status: 404 });
    const now = Date.now();
    const socket = this.#pages.open(session, welcomeOf(row, this.#parts.ledger, now));
    this.#parts.limits.seen(now, this.#parts.ledger.purses().length > 0);
    this.#arm();
    return new Response(null, { status: 101, webSocket: socket });
  }

  /** This socket is send-only: one that sends a message is closed. */
  override async webSocketMessage(socket: WebSocket): Promise<void> {
    socket.close(CLOSE.badFrame, "nothing is read here");
  }

  /** Closes the sockets of ended sessions: the personal ones here, and those in rooms. */
  async #hangUp(sessions: readonly string[] | "all"): Promise<void> {
    if (sessions.length === 0) return;
    this.#pages.hangUp(sessions);
    await this.#tellRooms();
  }
}
