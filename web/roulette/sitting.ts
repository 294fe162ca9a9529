import * as z from "zod/mini";
import { roulette } from "../../rooms/roulette/index.ts";
import type { Seat, Shown, Told, View } from "../../rooms/roulette/types.ts";
import { ApiError, get, post } from "../api/client.ts";
import { enter, sessionNow } from "../api/session.ts";
import { ticket } from "../api/shapes.ts";
import { expectTable, reportTable } from "../api/wallet.ts";
import { Link, type LinkState } from "../live/link.ts";
import { reportConnection, type Connection } from "../ui/connection.ts";
import type { TableCommand } from "./commands.ts";
import { pendingOf, sumOf } from "./expected.ts";
import { remember } from "./witness.ts";

/**
 * Sitting at a roulette table. Whoever walks off to read a proof or look into the lobby keeps the seat for a while, and the
 * header goes on telling what is in play there; after that the chips go home.
 */

export type TableState = LinkState<View, Seat, TableCommand>;
export type TableLink = Link<View, Shown, Seat, Told, TableCommand>;

const LINGER_MS = 20_000;

type Sitting = {
  readonly link: TableLink;
  readonly room: string;
  readonly who: string | null;
  rise: ReturnType<typeof setTimeout> | undefined;
};
let sitting: Sitting | null = null;

/** Opens the table, or comes back to it. */
export function sit(id: string): TableLink {
  const room = `roulette:${id}`;
  const who = whoNow();
  if (sitting?.room === room && sitting.who === who) {
    clearTimeout(sitting.rise);
    return sitting.link;
  }
  if (sitting !== null) leave(sitting);
  const path = `/api/rooms/roulette/${id}`;
  const link: TableLink = new Link(roulette, { path, ticket: () => ticketFor(`/rooms/roulette/${id}`) });
  sitting = { link, room, who, rise: undefined };
  if (who !== null) expectTable();
  let heard: number | null | undefined;
  const tell = (): void => {
    const { known, pending, connection } = link.get();
    reportConnection(wordFor(connection));
    if (known === null) return;
    remember(room, known.table.commitments);
    const { purse, seat, view } = known;
    if (seat === null) return;
    // Before the first top-up there is no purse here, and nothing heard of the wallet.
    const balance = purse?.balance ?? null;
    const news = heard !== undefined && heard !== balance ? balance : null;
    heard = balance;
    const underWay = sumOf(pendingOf(view.config.wheel, seat, pending));
    reportTable({ room, chips: purse?.chips ?? 0, staked: seat.staked, pending: underWay }, news);
  };
  link.subscribe(tell);
  tell();
  return link;
}

/** The page was left; the seat is kept a little longer, and for as long as chips lie there. */
export function rise(link: TableLink): void {
  const here = sitting;
  if (here?.link !== link) return;
  here.rise = setTimeout(() => {
    const seat = link.get().known?.seat;
    if (seat !== undefined && seat !== null && (seat.staked > 0 || seat.auto !== null)) rise(link);
    else leave(here);
  }, LINGER_MS);
}

function leave(from: Sitting): void {
  clearTimeout(from.rise);
  if (sitting === from) sitting = null;
  const { link } = from;
  const { connection, known } = link.get();
  const close = (): void => {
    link.close();
    if (sitting !== null) return;
    reportConnection(null);
    reportTable(null, null);
  };
  if (connection !== "live" || known?.purse === null || from.who !== whoNow()) close();
  else void Promise.race([link.send({ type: "leave" }), new Promise((done) => setTimeout(done, 2_000))]).then(close);
}

function whoNow(): string | null {
  const session = sessionNow();
  return session.state === "here" ? session.player.id : null;
}

async function ticketFor(path: string): Promise<string | null> {
  const known = sessionNow();
  const session = known.state === "arriving" ? await enter() : known;
  if (session.state !== "here") {
    // A spectator needs no ticket, but has to hear it when there is no such table.
    await get(path, z.unknown());
    return null;
  }
  try {
    return (await post(`${path}/ticket`, ticket)).ticket;
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    // The session is over: a new guest, or nobody.
    const again = await enter();
    return again.state === "here" ? (await post(`${path}/ticket`, ticket)).ticket : null;
  }
}

function wordFor(connection: TableState["connection"]): Connection {
  if (connection === "live") return "online";
  return connection === "connecting" ? "connecting" : navigator.onLine ? "lost" : "offline";
}
