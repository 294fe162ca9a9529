import { DurableObject } from "cloudflare:workers";
import { chips, type PlayerId } from "../rooms/game.ts";
import type { TransferAnswer, TransferRequest } from "../rooms/ports.ts";
import { CLOSE } from "../rooms/protocol.ts";
import { transact } from "../rooms/sql.ts";
import type { Env } from "./env.ts";
import { Ledger, type AwardAnswer, type AwardRequest, type Entry, type Won } from "./player/ledger.ts";
import { Requests, type KeyState } from "./player/requests.ts";
import { TABLES } from "./player/schema.ts";
import { Sessions, type NewSession } from "./player/sessions.ts";

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
};
export type Entered =
  { readonly ok: true; readonly profile: Profile } | { readonly ok: false; readonly code: "already_registered" };

export type FaucetAnswer =
  | { readonly ok: true; readonly amount: number; readonly available: number; readonly nextAt: number }
  | { readonly ok: false; readonly nextAt: number };

/** On the personal socket: `welcome` first, then one `balance` for each new ledger entry. */
export type PersonalFrame =
  | {
      readonly type: "welcome";
      readonly player: { readonly id: PlayerId; readonly username: string; readonly guest: boolean };
      readonly available: number;
      /** The last five awards, newest first: one may have come while nobody was here. */
      readonly awards: readonly Won[];
      readonly now: number;
    }
  | { readonly type: "balance"; readonly available: number; readonly entry: Entry };

type PlayerRow = { id: PlayerId; name: string; account: string | null; faucet_at: number | null };

const SOCKETS_MAX = 10;

export class Player extends DurableObject<Env> {
  readonly #ledger: Ledger;
  readonly #sessions: Sessions;
  readonly #requests: Requests;
  #exists: boolean;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const { sql } = ctx.storage;
    this.#ledger = new Ledger(sql);
    this.#sessions = new Sessions(sql);
    this.#requests = new Requests(sql);
    this.#exists = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'player'").toArray().length > 0;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
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
  async enter({ id, name, account, grant, session, replaces }: Arrival): Promise<Entered> {
    const now = Date.now();
    const { sql } = this.ctx.storage;
    const { answer, granted } = transact(this.ctx.storage, (): { answer: Entered; granted: Entry | null } => {
      const known = this.#row();
      let first: Entry | null = null;
      if (known === null) {
        sql.exec(TABLES);
        sql.exec(
          "INSERT INTO player (one, id, name, account, created_at) VALUES (1, ?, ?, ?, ?)",
          id,
          name,
          account,
          now,
        );
        if (grant > 0) first = this.#ledger.add({ kind: "grant", amount: grant, room: null, transfer: null, at: now });
      } else if (known.account === null && account !== null) {
        sql.exec("UPDATE player SET name = ?, account = ?", name, account);
      } else if (known.account !== account) {
        return { answer: { ok: false, code: "already_registered" }, granted: null };
      }
      if (replaces !== null) this.#sessions.kill(replaces);
      this.#sessions.open(session, now);
      const profile = known === null || known.account === null ? { id, name, account } : profileOf(known);
      return { answer: { ok: true, profile }, granted: first };
    });
    if (!answer.ok) return answer;
    this.#exists = true;
    if (granted !== null) this.#push(granted);
    if (replaces !== null) this.#hangUp(replaces);
    return answer;
  }

  /** Who this session belongs to, while it lives. */
  async session(id: string): Promise<Profile | null> {
    const row = this.#row();
    if (row === null || !this.#sessions.alive(id, Date.now())) return null;
    return profileOf(row);
  }

  /** The old session ends as the new one begins. Null: the old one was over, and nothing was opened. */
  async renew(old: string, next: NewSession): Promise<Profile | null> {
    const row = this.#row();
    if (row === null) return null;
    const now = Date.now();
    const renewed = transact(this.ctx.storage, () => {
      if (!this.#sessions.alive(old, now)) return false;
      this.#sessions.kill(old);
      this.#sessions.open(next, now);
      return true;
    });
    if (!renewed) return null;
    this.#hangUp(old);
    return profileOf(row);
  }

  /** Ends one session, or all of them, and the personal sockets that they opened. */
  async leave(session: string, everywhere: boolean): Promise<void> {
    if (!this.#exists) return;
    if (everywhere) this.#sessions.killAll();
    else this.#sessions.kill(session);
    this.#hangUp(everywhere ? undefined : session);
  }

  /** A ticket's one use; it dies with the session that asked for it. */
  async redeem(ticket: string, expiresAt: number, session: string): Promise<Profile | null> {
    const row = this.#row();
    const now = Date.now();
    if (row === null || !this.#sessions.alive(session, now)) return null;
    if (!this.#sessions.useTicket(ticket, expiresAt, now)) return null;
    return profileOf(row);
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

  /** Play money, once in each cool-down. Null: no such player. */
  async faucet(amount: number, cooldownMs: number): Promise<FaucetAnswer | null> {
    const row = this.#row();
    if (row === null) return null;
    const now = Date.now();
    const due = row.faucet_at === null ? 0 : row.faucet_at + cooldownMs;
    if (now < due) return { ok: false, nextAt: due };
    const entry = transact(this.ctx.storage, () => {
      this.ctx.storage.sql.exec("UPDATE player SET faucet_at = ?", now);
      return this.#ledger.add({ kind: "faucet", amount, room: null, transfer: null, at: now });
    });
    this.#push(entry);
    return { ok: true, amount, available: entry.balance, nextAt: now + cooldownMs };
  }

  /** The rooms' wallet (rooms/ports.ts): idempotent by `request.id`. Throws on a malformed request, with nothing written. */
  async transfer(request: TransferRequest): Promise<TransferAnswer> {
    if (!this.#exists) return { ok: false, code: "unknown_player", balance: chips(0) };
    const { answer, entry } = transact(this.ctx.storage, () => this.#ledger.transfer(request, Date.now()));
    if (entry !== null) this.#push(entry);
    return answer;
  }

  /** A lottery's award, once by its id: told again it changes nothing, and with another body it is a conflict. */
  async award({ id, lottery, amount }: AwardRequest): Promise<AwardAnswer> {
    if (!this.#exists) return { ok: false, code: "unknown_player" };
    const { answer, entry } = transact(this.ctx.storage, () => this.#ledger.award({ id, lottery, amount }, Date.now()));
    if (entry !== null) this.#push(entry);
    return answer;
  }

  // ---- Idempotency-Key ----

  async claimKey(key: string, hash: string): Promise<KeyState> {
    if (!this.#exists) return { state: "run" };
    return this.#requests.claim(key, hash, Date.now());
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
    const place = this.#makePlace();
    const { 0: client, 1: server } = new WebSocketPair();
    // oxlint-disable-next-line no-restricted-properties -- one-way and without rooms: PartyServer has nothing to add
    this.ctx.acceptWebSocket(server, [session]);
    server.serializeAttachment(place);
    this.#send(server, {
      type: "welcome",
      player: { id: row.id, username: row.name, guest: row.account === null },
      available: this.#ledger.balance(),
      awards: this.#ledger.awards(5),
      now: Date.now(),
    });
    return new Response(null, { status: 101, webSocket: client });
  }

  /** The place of the next socket in their order; the oldest is closed when there are too many. */
  #makePlace(): number {
    const open = this.ctx
      .getWebSockets()
      .map((socket) => ({ socket, place: Number(socket.deserializeAttachment()) }))
      .sort((a, b) => a.place - b.place);
    if (open.length >= SOCKETS_MAX) open[0]?.socket.close(CLOSE.replaced, "too many windows");
    return (open.at(-1)?.place ?? 0) + 1;
  }

  /** Nothing is read here: who sends anyway is cut off. Pings are answered without waking the object. */
  override async webSocketMessage(socket: WebSocket): Promise<void> {
    socket.close(CLOSE.badFrame, "nothing is read here");
  }

  #push(entry: Entry): void {
    for (const socket of this.ctx.getWebSockets()) {
      this.#send(socket, { type: "balance", available: entry.balance, entry });
    }
  }

  #send(socket: WebSocket, frame: PersonalFrame): void {
    try {
      socket.send(JSON.stringify(frame));
    } catch {
      // It closed under us; the next one opens with the balance.
    }
  }

  #hangUp(session: string | undefined): void {
    for (const socket of this.ctx.getWebSockets(session)) socket.close(CLOSE.ended, "the session is over");
  }
}

function profileOf({ id, name, account }: PlayerRow): Profile {
  return { id, name, account };
}
