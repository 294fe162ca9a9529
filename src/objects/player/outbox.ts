import type { Ms, PlayerId } from "../../../rooms/game.ts";
import { OutboxTable } from "../../../rooms/host/outbox-table.ts";
import type { Envelope } from "../../../rooms/host/outbox.ts";
import type { Sql } from "../../../rooms/host/sql.ts";
import type { Entry } from "./ledger.ts";

/**
 * The player's outbox of events for the read side: chips that came or went outside of any table, and changes of the public
 * profile. Each event has a unique id (`player:<id>:0:<entry>`, `player:<id>:1:<version>`) and is sent until its consumer
 * confirms it. Synchronous; the caller commits what belongs together.
 */

export const NEWS_TABLES = `
CREATE TABLE IF NOT EXISTS news (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, tries INTEGER NOT NULL, due INTEGER NOT NULL,
  parked INTEGER NOT NULL CHECK (parked IN (0, 1)), sends INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS persona (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL, hidden INTEGER NOT NULL CHECK (hidden IN (0, 1)), name TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
`;

export type Persona = { readonly name: string; readonly hidden: boolean; readonly guest: boolean };

/** Whether chips came or went. Top-ups and cash-outs only move them between the player's wallet and purses. */
const isOutside = ({ kind }: Entry): boolean => kind !== "topup" && kind !== "cashout";

export class News extends OutboxTable {
  constructor(sql: Sql) {
    super(sql, "news", "'settled'");
  }

  /** Adds an event for a ledger entry. False: a top-up or cash-out, which has no event. */
  entered(player: PlayerId, entry: Entry): boolean {
    if (!isOutside(entry)) return false;
    this.#add(entryEvent(player, entry));
    return true;
  }

  hidden(): boolean {
    return this.#persona()?.hidden === 1;
  }

  /** Adds an event if the name or `hidden` changed, or always with `anew` (a guest has registered). False: nothing changed. */
  shown(player: PlayerId, { name, hidden, guest }: Persona, at: number, anew = false): boolean {
    const known = this.#persona();
    if (!anew && known !== null && known.name === name && (known.hidden === 1) === hidden) return false;
    const version = (known?.version ?? 0) + 1;
    this.sql.exec(
      "INSERT OR REPLACE INTO persona (one, version, hidden, name, at) VALUES (1, ?, ?, ?, ?)",
      version,
      hidden ? 1 : 0,
      name,
      at,
    );
    this.#add(personaEvent(player, { version, name, hidden, guest, at }));
    return true;
  }

  /** All events again, for a rebuild of the read side. */
  all(player: PlayerId, entries: readonly Entry[], guest: boolean): Envelope[] {
    const persona = this.#persona();
    const told = entries.filter(isOutside).map((entry) => entryEvent(player, entry));
    return persona === null
      ? told
      : [...told, personaEvent(player, { ...persona, hidden: persona.hidden === 1, guest })];
  }

  confirm(ids: readonly string[]): void {
    for (const id of ids) this.sql.exec("DELETE FROM news WHERE id = ?", id);
  }

  #persona(): { version: number; hidden: number; name: string; at: number } | null {
    const [row] = this.sql
      .exec<{ version: number; hidden: number; name: string; at: number }>(
        "SELECT version, hidden, name, at FROM persona",
      )
      .toArray();
    return row ?? null;
  }

  #add(event: Envelope): void {
    this.sql.exec(
      "INSERT OR IGNORE INTO news (id, body, tries, due, parked, sends) VALUES (?, ?, 0, ?, 0, 0)",
      event.id,
      JSON.stringify([event]),
      event.at,
    );
  }
}

const envelope = (
  player: PlayerId,
  kind: 0 | 1,
  { type, sequence, at, payload }: Pick<Envelope, "type" | "sequence" | "at" | "payload">,
): Envelope => {
  const source = `player:${player}`;
  const id = `${source}:${kind}:${sequence}`;
  return { id, type, version: 1, source, sequence, correlation: `${source}@${sequence}`, key: player, at, payload };
};

const entryEvent = (player: PlayerId, { n, kind, amount, balance, at }: Entry): Envelope =>
  envelope(player, 0, {
    type: "balanceChanged",
    sequence: n,
    at: at as Ms,
    payload: { player, entry: n, kind, amount, balance },
  });

const personaEvent = (
  player: PlayerId,
  { version, name, hidden, guest, at }: Persona & { readonly version: number; readonly at: number },
): Envelope =>
  envelope(player, 1, {
    type: "profileChanged",
    sequence: version,
    at: at as Ms,
    payload: { player, name, hidden, version, ...(guest ? { guest } : {}) },
  });
