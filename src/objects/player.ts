import { DurableObject } from "cloudflare:workers";
import { JUMP_MS } from "../../rooms/host/clock.ts";
import { chips, type Ms, type PlayerId } from "../../rooms/game.ts";
import { OutboxSender } from "../../rooms/host/outbox.ts";
import type { Flow, TransferAnswer, TransferRequest } from "../../rooms/kernel/transfer.ts";
import { CLOSE } from "../../rooms/kernel/protocol.ts";
import { transact } from "../../rooms/host/sql.ts";
import { settingsOf, type Env } from "../env.ts";
import { LimitBook, type Exclusion, type LimitsStanding, type LimitWish, type Revocation } from "./player/limits.ts";
import { logOf } from "../log.ts";
import { countFromNow } from "./player/clock.ts";
import { Backlogs } from "./player/backlog.ts";
import { News } from "./player/outbox.ts";
import { Pages } from "./player/sockets.ts";
import { Transfers } from "./player/transfers.ts";
import { Ledger, type AwardAnswer, type AwardRequest, type Entry } from "./player/ledger.ts";
import { addNote, notesOf, type Note } from "./player/notes.ts";
import { operatorTransfer, type OperatorTransfer, type OperatorTransferAnswer } from "./player/operator-transfers.ts";
import { keepRenewal, renewalOf } from "./player/renewals.ts";
import { Requests, type KeyState, type Operation } from "./player/requests.ts";
import { createTables, updateTables } from "./player/schema.ts";
import { Sessions, type Leaving, type NewSession, type Use } from "./player/sessions.ts";
import { directoryStub, roomStub } from "./stubs.ts";

/**
 * Durable Object `Player`, by permanent random id: the wallet, the sessions, the answers kept by Idempotency-Key and the
 * personal socket. A player whom nobody created is unknown to every method, and asking writes nothing.
 */

export type Profile = {
  readonly id: PlayerId;
  /** What others see: a guest's generated name, or the user name as it was typed. */
  readonly name: string;
  /** The folded user name; null: a guest. */
  readonly account: string | null;
};

export type Arrival = Profile & {
  readonly grant: number;
  readonly session: NewSession;
  /** A session that ends as this one begins: a guest's, on registering. */
  readonly replaces: string | null;
  /** A new guest and their first session, both named by the request's key: asked again within so long, they are told of once more. */
  readonly againMs?: number;
};
/** `again`: the player was here before, by this very session, which ends then. */
export type Entered =
  | { readonly ok: true; readonly profile: Profile; readonly again?: { readonly expiresAt: number } }
  | { readonly ok: false; readonly code: "already_registered" }
  /** Once more as the same guest, who has left, taken a name, or has been here for too long. */
  | { readonly ok: false; readonly code: "idempotency_conflict" }
  /** By their own limits, until then. */
  | { readonly ok: false; readonly code: "excluded" | "limit_session"; readonly until: number };

export type FaucetAnswer =
  | { readonly ok: true; readonly amount: number; readonly available: number; readonly nextAt: number }
  | { readonly ok: false; readonly code: "faucet_not_due" | "excluded"; readonly nextAt: number };

export type SessionInfo = { readonly id: string; readonly startedAt: number; readonly expiresAt: number };

type PlayerRow = { id: PlayerId; name: string; account: string | null; faucet_at: number | null };

/** When a room that did not hear of changed limits, or of a session's end, is told again. */
const TELL_AGAIN_MS = 5_000;
/** Each time that it does not, the wait is twice as long: up to about five minutes. */
const UNHEARD_MAX = 7;

export class Player extends DurableObject<Env> {
  readonly #ledger: Ledger;
  readonly #sessions: Sessions;
  readonly #requests: Requests;
  readonly #limits: LimitBook;
  readonly #transfers: Transfers;
  readonly #pages: Pages;
  readonly #news: News;
  readonly #backlogs: Backlogs;
  #outbox: OutboxSender | null = null;
  #exists: boolean;
  /** What the alarm is set to; undefined: not known yet. */
  #armed: number | null | undefined = undefined;
  /** When rooms that did not hear are told again, and how often they did not. */
  #tellAt: number | null = null;
  #unheard = 0;
  /** The latest that the host's clock has shown this object. */
  #latest = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { sql } = ctx.storage;
    this.#ledger = new Ledger(sql);
    this.#sessions = new Sessions(sql);
    this.#requests = new Requests(sql);
    this.#limits = new LimitBook(sql);
    this.#transfers = new Transfers(sql, this.#ledger, this.#limits);
    this.#news = new News(sql);
    this.#backlogs = new Backlogs(sql);
    this.#exists = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'player'").toArray().length > 0;
    if (this.#exists) {
      updateTables(sql);
      countFromNow(sql, Date.now());
    }
    this.#pages = new Pages(ctx);
  }

  #row(): PlayerRow | null {
    if (!this.#exists) return null;
    return this.ctx.storage.sql.exec<PlayerRow>("SELECT id, name, account, faucet_at FROM player").one();
  }

  // ---- who ----

  /**
   * Opens a session; before that, in the same commit, creates the player with their grant, or makes the guest a registered
   * player. Harmless to repeat, which is how a registration that died half-way heals: see auth/enter.ts.
   */
  async enter({ id, name, account, grant, session, replaces, againMs }: Arrival): Promise<Entered> {
    const now = Date.now();
    const before = againMs === undefined ? null : this.#enteredBefore(session.id, againMs, now);
    if (before !== null) return before;
    const { sql } = this.ctx.storage;
    let ended: string[] = [];
    const { answer, granted } = transact(this.ctx.storage, (): { answer: Entered; granted: Entry | null } => {
      const known = this.#row();
      const barred = known === null ? null : this.#limits.barred(now);
      // A guest who takes a name goes on with their session; whoever logs in begins one.
      if (barred !== null && (barred.code === "excluded" || known?.account !== null)) {
        return { answer: { ok: false, ...barred }, granted: null };
      }
      let first: Entry | null = null;
      if (known === null) {
        createTables(sql);
        sql.exec(
          "INSERT INTO player (one, id, name, account, created_at, named_at) VALUES (1, ?, ?, ?, ?, ?)",
          id,
          name,
          account,
          now,
          account === null ? null : now,
        );
        if (grant > 0) first = this.#ledger.add({ kind: "grant", amount: grant, room: null, transfer: null, at: now });
      } else if (known.account === null && account !== null) {
        sql.exec("UPDATE player SET name = ?, account = ?, named_at = ?", name, account, now);
      } else if (known.account !== account) {
        return { answer: { ok: false, code: "already_registered" }, granted: null };
      }
      ended = replaces === null ? this.#sessions.open(session, now) : this.#sessions.replace(replaces, session, now);
      const profile = known === null || known.account === null ? { id, name, account } : profileOf(known);
      this.#limits.seen(now, this.#ledger.purses().length > 0);
      const persona = { name: profile.name, hidden: this.#news.hidden(), guest: profile.account === null };
      this.#news.shown(id, persona, now, known !== null && known.account === null && account !== null);
      if (first !== null) this.#news.entered(id, first);
      return { answer: { ok: true, profile }, granted: first };
    });
    if (!answer.ok) return answer;
    this.#exists = true;
    this.#told(granted);
    await this.#hangUp(ended);
    return answer;
  }

  /**
   * Null: there is no such player yet. A guest's key is worth no more than the session that it began, and that for so long: it makes no
   * other one, and signs nobody in who has left or has taken a name since.
   */
  async enteredBefore(session: string, withinMs: number): Promise<Entered | null> {
    return this.#enteredBefore(session, withinMs, Date.now());
  }

  #enteredBefore(session: string, withinMs: number, now: number): Entered | null {
    const row = this.#row();
    if (row === null) return null;
    const { at } = this.ctx.storage.sql.exec<{ at: number }>("SELECT created_at AS at FROM player").one();
    const expiresAt = this.#sessions.endOf(session, now);
    const good = row.account === null && Math.abs(now - at) < withinMs;
    if (!good || expiresAt === null) return { ok: false, code: "idempotency_conflict" };
    return { ok: true, profile: profileOf(row), again: { expiresAt } };
  }

  /** Who this session belongs to, while it lives. It is being used: by `use` its end is put off. */
  async session(id: string, use?: Use): Promise<{ readonly profile: Profile; readonly expiresAt: number } | null> {
    const row = this.#row();
    if (row === null) return null;
    const end = this.#sessions.endOf(id, Date.now());
    if (end === null) {
      this.ctx.waitUntil(this.#endLate());
      return null;
    }
    const later = use !== undefined && use.until - end >= use.everyMs;
    if (later) this.#sessions.extend(id, use.until);
    return { profile: profileOf(row), expiresAt: later ? use.until : end };
  }

  /**
   * The old session ends as the new one begins. Null: the old one was over, and nothing was opened. Again under one key it is told
   * which one began then.
   */
  async renew(
    old: string,
    next: NewSession,
    key: string | null,
  ): Promise<{ readonly profile: Profile; readonly session: NewSession } | null> {
    const row = this.#row();
    if (row === null) return null;
    const now = Date.now();
    const { sql } = this.ctx.storage;
    const before = key === null ? null : renewalOf(sql, old, key, now);
    if (before !== null && this.#sessions.alive(before.id, now)) return { profile: profileOf(row), session: before };
    const ended = transact(this.ctx.storage, () => {
      if (!this.#sessions.alive(old, now)) return null;
      if (key !== null) keepRenewal(sql, old, key, next, now);
      return this.#sessions.replace(old, next, now);
    });
    if (ended === null) return null;
    await this.#hangUp(ended);
    return { profile: profileOf(row), session: next };
  }

  /** Ends one session, or all of them, the sockets that they opened, and what played by itself where nobody is left. */
  async leave(session: string, everywhere: boolean): Promise<void> {
    if (!this.#exists) return;
    transact(this.ctx.storage, () => {
      if (everywhere) this.#sessions.killAll();
      else this.#sessions.kill(session);
    });
    await this.#hangUp(everywhere ? "all" : [session]);
  }

  /** A ticket's one use; it dies with the session that asked for it. `room`: where it leads, that the session's end is told there. */
  async redeem(ticket: string, expiresAt: number, session: string, room: string | null): Promise<Profile | null> {
    const row = this.#row();
    const now = Date.now();
    if (row === null || !this.#sessions.alive(session, now)) return null;
    const used = transact(this.ctx.storage, () => {
      if (!this.#sessions.useTicket(ticket, expiresAt, now)) return false;
      if (room !== null) this.#sessions.goIn(session, room);
      return true;
    });
    if (used) this.#arm(); // a socket must not outlive its session
    return used ? profileOf(row) : null;
  }

  // ---- money ----

  /** The wallet's balance and the rooms where chips may be besides. */
  async standing(): Promise<{ available: number; rooms: string[] } | null> {
    if (!this.#exists) return null;
    return { available: this.#ledger.balance(), rooms: this.#ledger.purses() };
  }

  /** The statement, newest first, from below entry `before`. */
  async entries(before: number | null, limit: number): Promise<{ entries: Entry[]; next: number | null }> {
    if (!this.#exists) return { entries: [], next: null };
    const found = this.#ledger.entries(before, limit + 1);
    const entries = found.slice(0, limit);
    return { entries, next: found.length > limit ? (entries.at(-1)?.n ?? null) : null };
  }

  /**
   * Play money, once in each cool-down. Null: no such player. The operation's id is in the ledger: asked again under one, it is told
   * of that entry and pays nothing.
   */
  async faucet(amount: number, cooldownMs: number, operation: Operation | null = null): Promise<FaucetAnswer | null> {
    const now = this.#now();
    const row = this.#row();
    if (row === null) return null;
    const transfer = operation === null ? null : `faucet:${operation.id}`;
    const paid = transfer === null ? null : this.#ledger.faucetOf(transfer);
    if (paid !== null) {
      return { ok: true, amount: paid.amount, available: paid.balance, nextAt: paid.at + cooldownMs };
    }
    const due = row.faucet_at === null ? 0 : row.faucet_at + cooldownMs;
    if (now < due) return { ok: false, code: "faucet_not_due", nextAt: due };
    const excluded = this.#limits.excluded(now);
    if (excluded !== null) return { ok: false, code: "excluded", nextAt: excluded.until };
    const entry = transact(this.ctx.storage, () => {
      this.ctx.storage.sql.exec("UPDATE player SET faucet_at = ?", now);
      const given = this.#ledger.add({ kind: "faucet", amount, room: null, transfer, at: now });
      this.#news.entered(row.id, given);
      return given;
    });
    this.#told(entry);
    return { ok: true, amount, available: entry.balance, nextAt: now + cooldownMs };
  }

  /** The rooms' wallet (rooms/host/ports.ts): idempotent by `request.id`. Throws on a malformed request, with nothing written. */
  async transfer(request: TransferRequest): Promise<TransferAnswer> {
    if (!this.#exists) return { ok: false, code: "unknown_player", balance: chips(0) };
    const { answer, entry } = transact(this.ctx.storage, () => this.#transfers.take(request, Date.now()));
    if (entry !== null) this.#pages.entered(entry, () => this.#ledger.purses());
    return answer;
  }

  /** A lottery's award, once by its id: told again it changes nothing, and with another body it is a conflict. */
  async award({ id, lottery, amount }: AwardRequest): Promise<AwardAnswer> {
    const row = this.#row();
    if (row === null) return { ok: false, code: "unknown_player" };
    return this.#fromOutside(row, () => this.#ledger.award({ id, lottery, amount }, Date.now()));
  }

  /** Money from or to an operator, once by its id: see player/operator-transfers.ts. */
  async operatorTransfer(request: OperatorTransfer): Promise<OperatorTransferAnswer> {
    const row = this.#row();
    if (row === null) return { ok: false, code: "unknown_player" };
    const { sql } = this.ctx.storage;
    return this.#fromOutside(row, () => operatorTransfer(sql, this.#ledger, request, Date.now()));
  }

  /** Chips that come or go outside of any table: the entry and the news of it in one commit, then both are told. */
  #fromOutside<Answer>(
    { id }: PlayerRow,
    move: () => { readonly answer: Answer; readonly entry: Entry | null },
  ): Answer {
    const { answer, entry } = transact(this.ctx.storage, () => {
      const moved = move();
      if (moved.entry !== null) this.#news.entered(id, moved.entry);
      return moved;
    });
    this.#told(entry);
    return answer;
  }

  /** A note of an operator's, once by its id. Null: no such player. False: that id has another text. */
  async addNote(note: Note): Promise<boolean | null> {
    return this.#exists ? addNote(this.ctx.storage.sql, note) : null;
  }

  /** The last ones, newest first. */
  async notes(): Promise<Note[]> {
    return this.#exists ? notesOf(this.ctx.storage.sql) : [];
  }

  // ---- what the player sets (responsible play) ----

  async limits(): Promise<LimitsStanding | null> {
    return this.#exists ? this.#limitsNow() : null;
  }

  /** With what the open tables have not told yet; of one that does not answer, without. */
  async #limitsNow(as = this.#limits.standing(Date.now())): Promise<LimitsStanding> {
    const tables = (await this.#atTables()).map(({ flow }) => flow);
    const { used, ...standing } = as;
    const staked = tables.reduce((sum, flow) => sum + flow.staked, used.staked);
    const lost = tables.reduce((sum, flow) => sum + flow.staked - flow.returned, used.lost);
    return { ...standing, used: { ...used, staked, lost } };
  }

  /** What lies in each room with an open purse, and what was played for there since the room last told. */
  async #atTables(): Promise<{ held: number; flow: Flow }[]> {
    const row = this.#row();
    if (row === null) return [];
    const asked = this.#ledger.purses().map(async (room) => roomStub(this.env, room).holdings(row.id));
    const answers = await Promise.allSettled(asked);
    return answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  }

  /** Once it answers, every table where the player has chips knows, or will be told until it does. */
  async setLimits(wish: LimitWish, operation: Operation | null = null): Promise<LimitsStanding | null> {
    return (await this.#changeLimits(operation, (now) => this.#limits.set(wish, now)))?.standing ?? null;
  }

  async cancelLimits(operation: Operation | null = null): Promise<LimitsStanding | null> {
    return (await this.#changeLimits(operation, (now) => this.#limits.cancelPending(now)))?.standing ?? null;
  }

  /** Keeps the player out until then: every session ends, but a guest's, who could not come back. */
  async exclude(exclusion: Exclusion, operation: Operation | null = null): Promise<LimitsStanding | null> {
    const row = this.#row();
    const changed = await this.#changeLimits(operation, (now) => {
      this.#limits.exclude(exclusion, now);
      if (row?.account != null) this.#sessions.killAll();
    });
    if (changed === null) return null;
    if (row?.account != null && !changed.again) this.#pages.hangUp("all"); // the rooms have been told with the limits
    return changed.standing;
  }

  /** `again`: this operation was done before, and the standing is of then. */
  async #changeLimits(
    operation: Operation | null,
    change: (now: number) => void,
  ): Promise<{ standing: LimitsStanding; again: boolean } | null> {
    if (!this.#exists) return null;
    const now = Date.now();
    const { result, again } = transact(this.ctx.storage, () =>
      this.#requests.once(operation, () => {
        change(now);
        this.#limits.revoke(this.#ledger.purses(), now);
        return this.#limits.standing(now);
      }),
    );
    this.#arm();
    await this.#tellRooms();
    if (again) return { standing: await this.#limitsNow(result), again };
    const standing = await this.#limitsNow();
    this.#pages.tell({ type: "limits", ...standing });
    return { standing, again };
  }

  /** Why no new session may begin, and until when; null: nothing is in the way. */
  async barred(): Promise<{ code: "excluded" | "limit_session"; until: number } | null> {
    return this.#exists ? this.#limits.barred(Date.now()) : null;
  }

  /** Of changed limits, and of sessions that are over. A room that does not answer is told again by the alarm. */
  async #tellRooms(): Promise<void> {
    const row = this.#row();
    if (row === null) return;
    const revoke = async (revocation: Revocation): Promise<void> => {
      await roomStub(this.env, revocation.room).revoke(row.id, revocation.version, revocation.leaves === 1);
      this.#limits.revoked(revocation);
    };
    const leave = async (leaving: Leaving): Promise<void> => {
      await roomStub(this.env, leaving.room).hangUp(row.id, leaving.session, leaving.last);
      this.#sessions.left(leaving);
    };
    const told = [...this.#limits.revoking().map(revoke), ...this.#sessions.leaving().map(leave)];
    const heard = (await Promise.allSettled(told)).every(({ status }) => status === "fulfilled");
    this.#unheard = heard ? 0 : Math.min(this.#unheard + 1, UNHEARD_MAX);
    this.#tellAt = null;
    this.#arm();
  }

  /** How it stands in this session, with what lies at the tables: to the player's pages. */
  async #realityCheck(): Promise<void> {
    const row = this.#row();
    const now = Date.now();
    const told = row === null ? null : this.#limits.reality(now);
    if (row === null || told === null) return;
    const tables = await this.#atTables();
    const staked = tables.reduce((sum, { flow }) => sum + flow.staked, told.staked);
    const back = tables.reduce((sum, { flow, held }) => sum + flow.returned + held, told.returned);
    const minutes = Math.round((now - told.startedAt) / 60_000);
    this.#pages.tell({ type: "reality", minutes, staked, net: back - staked, now });
  }

  // ---- what others see, and what the read side hears ----

  /** Since when they have a name of their own; null: a guest, or nobody. */
  async namedSince(): Promise<number | null> {
    if (!this.#exists) return null;
    return this.ctx.storage.sql.exec<{ at: number | null }>("SELECT named_at AS at FROM player").one().at;
  }

  async setHidden(hidden: boolean, operation: Operation | null = null): Promise<boolean> {
    const row = this.#row();
    if (row === null) return false;
    transact(
      this.ctx.storage,
      () =>
        void this.#requests.once(operation, () => ({
          news: this.#news.shown(row.id, { name: row.name, hidden, guest: row.account === null }, Date.now()),
        })),
    );
    this.#told(null);
    return hidden;
  }

  /** Who it is, since when, and whether others may see them on boards. */
  async about(): Promise<(Profile & { readonly hidden: boolean; readonly createdAt: number }) | null> {
    if (!this.#exists) return null;
    const { created_at: createdAt, ...row } = this.ctx.storage.sql
      .exec<PlayerRow & { created_at: number }>("SELECT id, name, account, faucet_at, created_at FROM player")
      .one();
    return { ...profileOf(row), hidden: this.#news.hidden(), createdAt };
  }

  /** These events have had their effect. */
  async confirm(ids: readonly string[]): Promise<void> {
    if (!this.#exists) return;
    this.#news.confirm(ids);
    this.#postman().confirmed();
    this.#arm();
  }

  /** Everything that the read side was told of this player: events as src/events.ts has them. */
  async told(): Promise<unknown[]> {
    const row = this.#row();
    return row === null
      ? []
      : this.#news.all(row.id, this.#ledger.entries(null, Number.MAX_SAFE_INTEGER).reverse(), row.account === null);
  }

  #postman(): OutboxSender {
    return (this.#outbox ??= new OutboxSender({
      store: this.#news,
      send: async (_topic, messages) => {
        await this.env.SETTLED.sendBatch(messages.map((body) => ({ body })));
      },
      now: () => Date.now() as Ms,
      resendMs: settingsOf(this.env).OUTBOX_RESEND_S * 1_000,
      done: () => this.#arm(),
      failed: (error) => logOf(this.env).error("news", { error }),
    }));
  }

  /** Something was noted, in a commit that is done: an entry goes to the player's pages, and the news out. */
  #told(entry: Entry | null): void {
    if (entry !== null) this.#pages.entered(entry, () => this.#ledger.purses());
    const postman = this.#postman();
    postman.expect(Date.now() as Ms);
    this.#arm();
    const sending = postman.go();
    if (sending !== null) this.ctx.waitUntil(sending);
  }

  // ---- time ----

  /** By the host's clock. When that was put back, what was noted meanwhile counts from now. */
  #now(): number {
    const now = Date.now();
    if (this.#exists && now < this.#latest - JUMP_MS) {
      countFromNow(this.ctx.storage.sql, now);
      this.#tellAt = null;
      this.#backlogs.told(null);
      this.#outbox?.confirmed();
      this.#latest = now;
    }
    this.#latest = Math.max(this.#latest, now);
    return now;
  }

  /** The one alarm: what is to be sent, said or told again. */
  #arm(): void {
    const now = this.#now();
    const reality = this.#pages.someone ? this.#limits.realityAt(now) : null;
    const telling = this.#limits.revoking().length > 0 || this.#sessions.leaving().length > 0;
    this.#tellAt = telling ? (this.#tellAt ?? now + TELL_AGAIN_MS * 2 ** Math.max(0, this.#unheard - 1)) : null;
    const end = this.#sessions.nextEnd();
    const due = [this.#postman().next(), reality, this.#tellAt, end, this.#backlogs.due(now)].map(
      (at) => at ?? Infinity,
    );
    const next = Math.min(...due);
    const wanted = Number.isFinite(next) ? next : null;
    if (wanted === this.#armed) return;
    this.#armed = wanted;
    void (wanted === null ? this.ctx.storage.deleteAlarm() : this.ctx.storage.setAlarm(wanted));
  }

  override async alarm(): Promise<void> {
    this.#armed = null;
    if (!this.#exists) return;
    try {
      const due = this.#limits.realityAt(Date.now());
      if (due !== null && due <= Date.now()) await this.#realityCheck();
      this.#pages.hangUp(this.#sessions.expire(Date.now()));
      await this.#tellRooms();
      await this.#postman().go();
      await this.#tellDirectory();
    } catch (error) {
      logOf(this.env).error("player's alarm", { error });
    } finally {
      this.#arm();
    }
  }

  /** How much of the news still waits, when that is due. */
  async #tellDirectory(): Promise<void> {
    const row = this.#row();
    const now = Date.now();
    if (row === null || (this.#backlogs.due(now) ?? Infinity) > now) return;
    const backlog = this.#backlogs.now();
    try {
      await directoryStub(this.env).backlog(row.id, backlog);
      this.#backlogs.told(backlog);
    } catch (error) {
      this.#backlogs.told(null);
      logOf(this.env).error("directory", { error });
    }
  }

  // ---- sessions ----

  async sessions(): Promise<SessionInfo[]> {
    return this.#exists ? this.#sessions.list(Date.now()) : [];
  }

  /** Ends every session but this one, and their sockets. `by`: those alone that were open by then. */
  async leaveOthers(session: string, by = Number.MAX_SAFE_INTEGER, operation: Operation | null = null): Promise<void> {
    if (!this.#exists) return;
    const { result: ended, again } = transact(this.ctx.storage, () =>
      this.#requests.once(operation, () => this.#sessions.killOthers(session, by)),
    );
    if (!again) await this.#hangUp(ended);
  }

  /** Ends those whose time is over. */
  async #endLate(): Promise<void> {
    await this.#hangUp(transact(this.ctx.storage, () => this.#sessions.expire(Date.now())));
  }

  // ---- Idempotency-Key ----

  /** `before`: see Requests.claim. */
  async claimKey(key: string, hash: string, before: string): Promise<KeyState> {
    if (!this.#exists) return { state: "run", operation: before };
    return this.#requests.claim(key, hash, before, Date.now());
  }

  /** Who asks again under a key whose effect was had, by a session that is over since: who that is. Null: no such key. */
  async repeats(key: string): Promise<Profile | null> {
    const row = this.#row();
    return row !== null && this.#requests.done(key, Date.now()) ? profileOf(row) : null;
  }

  async settleKey(key: string, answer: { status: number; body: string } | null): Promise<void> {
    if (this.#exists) this.#requests.settle(key, answer);
  }

  // ---- the personal socket ----

  /** From the Worker alone, which redeemed the ticket: `?session=`, so that the socket ends with it. */
  override async fetch(request: Request): Promise<Response> {
    const row = this.#row();
    const session = new URL(request.url).searchParams.get("session") ?? "";
    if (row === null || !this.#sessions.alive(session, Date.now())) return new Response(null, { status: 404 });
    const socket = this.#pages.open(session, {
      type: "welcome",
      player: { id: row.id, username: row.name, guest: row.account === null },
      available: this.#ledger.balance(),
      rooms: this.#ledger.purses(),
      awards: this.#ledger.awards(5),
      now: Date.now(),
    });
    this.#limits.seen(Date.now(), this.#ledger.purses().length > 0);
    this.#arm();
    return new Response(null, { status: 101, webSocket: socket });
  }

  /** Nothing is read here: who sends anyway is cut off. */
  override async webSocketMessage(socket: WebSocket): Promise<void> {
    socket.close(CLOSE.badFrame, "nothing is read here");
  }

  /** The sockets of sessions that are over: the personal ones here, and those in rooms. */
  async #hangUp(sessions: readonly string[] | "all"): Promise<void> {
    if (sessions.length === 0) return;
    this.#arm();
    this.#pages.hangUp(sessions);
    await this.#tellRooms();
  }
}

function profileOf({ id, name, account }: PlayerRow): Profile {
  return { id, name, account };
}
