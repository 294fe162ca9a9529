import { Store, useStore } from "../ui/store.ts";
import { ask } from "./client.ts";
import type { Personal } from "./personal.ts";
import { onSession, sessionNow } from "./session.ts";
import { balance, faucet, type Award, type Entry } from "./shapes.ts";

/**
 * The visitor's money, as shown on every page and as in `GET /api/balance`: the wallet, and chips in rooms. The wallet's balance
 * comes only from the wallet's own frames. Chips at the table open in this window come from that table. For other rooms they come
 * from other windows, from frames that name the room of each transfer, and from REST.
 */

/** The state of a live table: chips in the purse, chips held by the game, and chips that unanswered commands move. */
export type AtTable = {
  readonly room: string;
  readonly chips: number;
  readonly staked: number;
  readonly pending: number;
};

export type Place = { readonly room: string; readonly amount: number };

export type Money = {
  /** The wallet; null: not known yet. */
  readonly balance: number | null;
  /** Chips in purses at tables and held by games. */
  readonly inPlay: number;
  /** Where these chips are, by room, the largest sum first. */
  readonly places: readonly Place[];
  /** What can be staked at the open table: the wallet plus the purse there. Null: no table is open. */
  readonly atHand: number | null;
};

let wallet: number | null = null;
/** Chips by room, as last reported. */
let rooms = new Map<string, number>();
let table: AtTable | null = null;
const money = new Store<Money>({ balance: null, inPlay: 0, places: [], atHand: null });

export function useMoney(): Money {
  return useStore(money);
}

/** Called by the open table; null when it stops reporting. `moved`: a transfer with the wallet has just happened. */
export function reportTable(next: AtTable | null, moved = false): void {
  const before = table;
  table = next;
  if (next !== null) lies(next.room, next.chips + next.staked);
  if (before !== null && next?.room !== before.room) void refresh();
  if (moved) told();
  publish();
}

export async function drawFaucet(): Promise<{ amount: number; nextAt: number }> {
  const answer = await ask("POST /api/balance/faucet", faucet);
  void refresh();
  return answer;
}

function setWallet(available: number): void {
  clearTimeout(held);
  held = undefined;
  wallet = available;
  publish();
}

function publish(): void {
  const places = [...rooms].flatMap(([room, amount]) => (amount > 0 ? [{ room, amount }] : []));
  places.sort((a, b) => b.amount - a.amount);
  const inPlay = places.reduce((sum, { amount }) => sum + amount, 0);
  const atHand = wallet === null || table === null ? null : wallet + table.chips - table.pending;
  const last = money.get();
  const same = wallet === last.balance && atHand === last.atHand && isSame(places, last.places);
  if (!same) money.set({ balance: wallet, inPlay, places, atHand });
}

function isSame(some: readonly Place[], others: readonly Place[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ room, amount }, i) => room === others[i]?.room && amount === others[i].amount)
  );
}

// ---- chips in rooms ----

type Heard = { readonly player: string; readonly room: string; readonly amount: number };

const here = typeof document !== "undefined";
const windows = here && typeof BroadcastChannel !== "undefined" ? new BroadcastChannel("croupier.tables") : null;
windows?.addEventListener("message", ({ data }: MessageEvent<Heard>) => {
  if (data.player !== owner || data.room === table?.room) return;
  keep(data.room, data.amount);
  publish();
});

/** Sets the chips at the table open here and tells this browser's other windows. */
function lies(room: string, amount: number): void {
  if ((rooms.get(room) ?? 0) === amount) return;
  keep(room, amount);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  if (owner !== null) windows?.postMessage({ player: owner, room, amount } satisfies Heard);
}

/** Counts updates. A REST answer requested before the latest update is outdated and ignored. */
let news = 0;
function keep(room: string, amount: number): void {
  news += 1;
  if (amount === 0) rooms.delete(room);
  else rooms.set(room, amount);
}

const AGAIN_MS = 300;
const LOOK_MS = 5_000;
const LOOK_MS_MAX = 10_000;
let looking: ReturnType<typeof setTimeout> | undefined;
let lookMs = LOOK_MS;

/** Reads everything by REST. Chips elsewhere change with each round there, so this repeats while there are any. */
async function refresh(): Promise<void> {
  clearTimeout(looking);
  const [asks, before] = [owner, news];
  if (asks === null) return;
  const read = await ask("GET /api/balance", balance).catch(() => null);
  if (asks !== owner) return;
  clearTimeout(looking);
  if (read !== null && news !== before) {
    looking = setTimeout(() => void refresh(), AGAIN_MS);
    return;
  }
  if (read !== null) {
    const found = new Map(read.rooms.map(({ room, amount }) => [room, amount]));
    if (table !== null) found.set(table.room, table.chips + table.staked);
    const same = [...found].every(([room, amount]) => (rooms.get(room) ?? 0) === amount);
    lookMs = same ? Math.min(lookMs * 1.5, LOOK_MS_MAX) : LOOK_MS;
    rooms = found;
    if ((withheld ?? []).length === 0) setWallet(read.available);
    publish();
  }
  const elsewhere = [...rooms].some(([room, amount]) => amount > 0 && room !== table?.room);
  if (elsewhere || read === null) {
    looking = setTimeout(() => document.visibilityState === "visible" && void refresh(), lookMs);
  }
}

// ---- frames of the wallet ----

/** How long a table's report of a transfer may lag behind the wallet's. Until then the wallet is held, or the sum would dip. */
const TABLE_LAG_MS = 800;
let held: ReturnType<typeof setTimeout> | undefined;
/** The wallet's balance to show once the table has reported the transfer. */
let due = 0;
/** Set while the table has reported a transfer that the wallet has not. */
let owed: ReturnType<typeof setTimeout> | undefined;
let owner: string | null = null;

/** The table has reported a transfer. */
function told(): void {
  news += 1;
  if (held !== undefined) return setWallet(due);
  clearTimeout(owed);
  owed = setTimeout(() => {
    owed = undefined;
    void refresh();
  }, TABLE_LAG_MS);
}

// ---- awards ----

/** Called with new awards, and with the latest ones whenever the socket opens. */
type AwardListener = (player: string, awards: readonly Award[], live: boolean) => void;
const awardListeners = new Set<AwardListener>();
/** Award frames that arrived while a draw's animation is running; null: nothing is withheld. */
let withheld: Personal[] | null = null;

export function onAwards(listener: AwardListener): () => void {
  awardListeners.add(listener);
  return () => awardListeners.delete(listener);
}

/** While on, neither the header nor a toast reveals the winner before the draw's animation has ended. */
export function holdAwards(on: boolean): void {
  const late = on ? [] : (withheld ?? []);
  if (on) withheld ??= [];
  else withheld = null;
  for (const frame of late) heard(frame);
  // The wallet may have changed further since.
  if (late.length > 0) void refresh();
}

function tellAwards(frame: Personal): void {
  if (owner === null) return;
  const won = frame.type === "welcome" ? frame.awards : awardIn(frame.entry);
  for (const listener of awardListeners) listener(owner, won, frame.type === "balance");
}

function awardIn({ kind, room, transfer: id, amount }: Entry): readonly Award[] {
  if (kind !== "award" || room === null || id === null) return [];
  return [{ id, lottery: room.slice(room.indexOf(":") + 1), amount }];
}

/** Handles a frame of the personal socket (personal.ts). */
export function heard(frame: Personal): void {
  const { available } = frame;
  if (withheld !== null && frame.type === "balance" && frame.entry.kind === "award") {
    withheld.push(frame);
    return;
  }
  news += 1;
  for (const room of rooms.keys())
    if (room !== table?.room && frame.rooms?.includes(room) === false) rooms.delete(room);
  if (frame.type === "welcome") {
    tellAwards(frame);
    setWallet(available);
    void refresh();
    return;
  }
  const { kind, room, amount } = frame.entry;
  if (kind === "award") tellAwards(frame);
  if (room === null || kind === "award") return setWallet(available);
  if (room !== table?.room) {
    keep(room, kind === "cashout" ? 0 : (rooms.get(room) ?? 0) - amount);
    setWallet(available);
    void refresh();
    return;
  }
  if (owed !== undefined) {
    clearTimeout(owed);
    owed = undefined;
    return setWallet(available);
  }
  clearTimeout(held);
  due = available;
  held = setTimeout(() => setWallet(available), TABLE_LAG_MS);
}

function follow(): void {
  const session = sessionNow();
  const player = session.state === "here" ? session.player.id : null;
  if (player === owner) return;
  owner = player;
  clearTimeout(held);
  held = undefined;
  wallet = null;
  if (withheld !== null) withheld = [];
  rooms = new Map();
  table = null;
  publish();
  void refresh();
}

onSession(follow);
if (here) {
  const look = (): void => {
    if (document.visibilityState === "visible") void refresh();
  };
  window.addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
}
