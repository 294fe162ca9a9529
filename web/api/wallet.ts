import ReconnectingWebSocket from "partysocket/ws";
import { useSyncExternalStore } from "react";
import { limitsChanged, setReality } from "../care/care.ts";
import { ApiError, ask } from "./client.ts";
import { comeBack, enter, onSession, sessionNow } from "./session.ts";
import { balance, faucet, personal, ticket, type Award, type Entry, type Personal } from "./shapes.ts";

/**
 * The visitor's money as the header shows it: the wallet from REST and the personal socket, and the chips at the table that
 * is open from its own socket, which hears of them first.
 */

/** What a live table says: chips in the purse there, chips on the layout, and chips on their way to it. */
export type AtTable = {
  readonly room: string;
  readonly chips: number;
  readonly staked: number;
  readonly pending: number;
};

export type Money = {
  /** What can be bet now; null until it is known. */
  readonly balance: number | null;
  readonly inPlay: number;
};

let wallet: number | null = null;
let elsewhere: readonly { room: string; amount: number }[] = [];
let table: AtTable | null = null;
let money: Money = { balance: null, inPlay: 0 };
/** A table is about to report: until then (epoch milliseconds), what it holds would be missing from the sum. */
let expecting = 0;
const listeners = new Set<() => void>();

export function useMoney(): Money {
  return useSyncExternalStore(subscribe, moneyNow);
}

export function moneyNow(): Money {
  return money;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A table is being opened. Should it not come, the wallet alone is shown. */
export function expectTable(): void {
  expecting = Date.now() + TABLE_WAIT_MS;
  setTimeout(publish, TABLE_WAIT_MS + 1);
}

/** From the open table; null when it is left. `heard`: the wallet after the last transfer, when the table has just made one. */
export function reportTable(next: AtTable | null, heard: number | null): void {
  expecting = 0;
  if (next === null && table !== null) void refresh();
  table = next;
  if (heard !== null) setWallet(heard);
  publish();
}

export async function drawFaucet(): Promise<{ amount: number; nextAt: number }> {
  const answer = await ask("POST /api/balance/faucet", faucet);
  setWallet(answer.available);
  return answer;
}

async function refresh(): Promise<void> {
  if (sessionNow().state !== "here") return;
  try {
    const { available, rooms } = await ask("GET /api/balance", balance);
    elsewhere = rooms;
    setWallet(available);
  } catch {
    // The personal socket says it again when it opens.
  }
}

function setWallet(available: number): void {
  clearTimeout(held);
  held = undefined;
  wallet = available;
  publish();
}

function publish(): void {
  if (table === null && Date.now() < expecting) return;
  const others = elsewhere.filter(({ room }) => room !== table?.room).reduce((sum, { amount }) => sum + amount, 0);
  const next: Money = {
    balance: wallet === null ? null : wallet + (table === null ? 0 : table.chips - table.pending),
    inPlay: others + (table === null ? 0 : table.staked + table.pending),
  };
  if (next.balance === money.balance && next.inPlay === money.inPlay) return;
  money = next;
  for (const listener of listeners) listener();
}

// ---- the personal socket ----

const TABLE_WAIT_MS = 3_000;
/** The table hears of a transfer a moment after the wallet made it; until then the sum would dip. */
const TABLE_LAG_MS = 800;
let held: ReturnType<typeof setTimeout> | undefined;
let socket: ReconnectingWebSocket | null = null;
let owner: string | null = null;

// ---- awards ----

/** Hears of awards as they come, and of the last ones whenever the socket opens. */
type AwardListener = (player: string, awards: readonly Award[], live: boolean) => void;
const awardListeners = new Set<AwardListener>();
/** Award frames that came while a draw turns before the visitor's eyes; null: none has to wait. */
let withheld: Personal[] | null = null;

export function onAwards(listener: AwardListener): () => void {
  awardListeners.add(listener);
  return () => awardListeners.delete(listener);
}

/** Until the draw has come to rest, neither the header nor a toast tells who has won it. */
export function holdAwards(on: boolean): void {
  const late = on ? [] : (withheld ?? []);
  if (on) withheld ??= [];
  else withheld = null;
  for (const frame of late) heard(frame);
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

function heard(frame: Personal): void {
  const { available } = frame;
  if (withheld !== null && frame.type === "balance" && frame.entry.kind === "award") {
    withheld.push(frame);
    return;
  }
  if (frame.type === "welcome" || frame.entry.kind === "award") tellAwards(frame);
  const moved = frame.type === "balance" && frame.entry.room !== null;
  if (moved && table === null) void refresh();
  if (moved && frame.entry.room === table?.room) {
    clearTimeout(held);
    held = setTimeout(() => setWallet(available), TABLE_LAG_MS);
  } else {
    setWallet(available);
  }
}

async function address(): Promise<string> {
  const { ticket: once } = await ask("POST /api/me/ticket", ticket).catch(async (error: unknown) => {
    if (error instanceof ApiError && error.status === 401) await comeBack();
    throw error;
  });
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/me/socket?ticket=${once}`;
}

function follow(): void {
  const session = sessionNow();
  const player = session.state === "here" ? session.player.id : null;
  if (player === owner) return;
  owner = player;
  socket?.close();
  socket = null;
  wallet = null;
  if (withheld !== null) withheld = [];
  elsewhere = [];
  table = null;
  setReality(null);
  publish();
  if (player === null) return;
  void refresh();
  const next = new ReconnectingWebSocket(address, undefined, {
    minReconnectionDelay: 1_000,
    maxReconnectionDelay: 20_000,
    maxEnqueuedMessages: 0,
  });
  next.addEventListener("message", (event) => {
    const frame = typeof event.data === "string" ? personal.safeParse(JSON.parse(event.data)) : null;
    if (frame?.success !== true || socket !== next) return;
    // In another tab somebody else has logged in.
    if (frame.data.type === "welcome" && frame.data.player.id !== owner) void enter();
    else if (frame.data.type === "reality") setReality(frame.data);
    else if (frame.data.type === "limits") limitsChanged(frame.data);
    else heard(frame.data);
  });
  socket = next;
}

onSession(follow);
