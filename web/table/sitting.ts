import * as z from "zod/mini";
import { ApiError, ask } from "../api/client.ts";
import { comeBack, enter, onSession, sessionNow } from "../api/session.ts";
import { ticket } from "../api/shapes.ts";
import { reportTable } from "../api/wallet.ts";
import { barredWords, reportBarred } from "../care/barred.ts";
import type { Folds } from "../live/frames.ts";
import { Link, type LinkState } from "../live/link.ts";
import { reportConnection, type Connection } from "../ui/connection.ts";
import { pathOf, type Place } from "../ui/rooms.ts";
import { setTurn } from "../ui/turn.ts";
import { say } from "./notice.ts";
import { notePlayed, type Standing } from "./played.ts";
import { remember } from "./witness.ts";

/**
 * Sitting at a table, one at a time. A player who goes to another page, such as a proof or the lobby, keeps the seat for a while,
 * and the header still shows the chips in play there. After that the chips return to the wallet.
 */

export type Playing<View, PublicDelta, Seat extends object, PrivateDelta, Command extends { type: string }> = {
  /** The game's name in the registry. */
  readonly game: string;
  readonly folds: Folds<View, PublicDelta, Seat, PrivateDelta>;
  /** This player's chips held by the game, and the signed sum that pending commands move there. */
  stakes(
    view: View,
    seat: Seat,
    pending: LinkState<View, Seat, Command>["pending"],
  ): { staked: number; pending: number };
  /** The rounds with this player's chips. `seatSeq`: the sequence number of the private state. */
  played(view: View, seat: Seat, seq: number, seatSeq: number): Standing;
  /** Whether to keep the seat: the player has chips there, or the server plays for them. */
  stays(seat: Seat): boolean;
  /** Where drawing lags behind the known state: the view that the header may show. Null: the current one. */
  readonly drawn?: (link: Link<View, PublicDelta, Seat, PrivateDelta, Command>) => {
    get(): View | null;
    subscribe(listener: () => void): unknown;
  };
  /** Commands to send before leaving, so that the chips return. */
  farewell?(seat: Seat): readonly Command[];
};

export type Sitter<L> = {
  readonly game: string;
  /** Opens the table, or returns to it. */
  readonly sit: (id: string) => L;
  /** Call when the page is left. */
  readonly leave: (link: L) => void;
};

type Sitting = { readonly room: string; readonly who: string | null; end(): void };
const LINGER_MS = 20_000;
let current: Sitting | null = null;

// Ends the sitting when the session's player changes.
onSession(() => {
  if (current !== null && current.who !== whoNow()) current.end();
});

export function sitter<View, PublicDelta, Seat extends object, PrivateDelta, Command extends { type: string }>(
  playing: Playing<View, PublicDelta, Seat, PrivateDelta, Command | Leave>,
): Sitter<Link<View, PublicDelta, Seat, PrivateDelta, Command | Leave>> {
  type TableLink = Link<View, PublicDelta, Seat, PrivateDelta, Command | Leave>;
  const { game, folds } = playing;
  let mine: (Sitting & { readonly link: TableLink; timer: ReturnType<typeof setTimeout> | undefined }) | null = null;

  const sit = (id: string): TableLink => {
    const room = `${game}:${id}`;
    const who = whoNow();
    if (mine !== null && mine === current && mine.room === room && mine.who === who) {
      clearTimeout(mine.timer);
      return mine.link;
    }
    current?.end();
    const place = { game, id };
    const link: TableLink = new Link(folds, { path: `/api${pathOf(place)}`, ticket: () => ticketFor(place) });
    const sitting = { link, room, who, timer: undefined, end: () => end(sitting) };
    mine = sitting;
    current = sitting;
    follow(link, room);
    return link;
  };

  const follow = (link: TableLink, room: string): void => {
    let heard: number | null | undefined;
    let found = false;
    let late = false;
    const drawn = playing.drawn?.(link);
    const tell = (): void => {
      if (current?.room !== room) return;
      const { known, pending, connection, slow } = link.get();
      reportConnection(wordFor(link.get()));
      if (slow && !late) say("The table has not answered yet; seeing whether the line still holds.");
      late = slow;
      if (known === null) return;
      remember(room, known.table.commitments);
      const { purse, seat, view } = known;
      // Once this table cannot be heard, its chips are taken from the wallet's frames.
      if (seat === null || connection === "lost" || connection === "ended") return reportTable(null);
      notePlayed(room, known.you ?? "", playing.played(view, seat, known.seq, known.seatSeq), link.clock.now(), !found);
      found = true;
      // Before the first top-up there is no purse, and the table does not know the wallet.
      const balance = purse?.balance ?? null;
      const moved = heard !== undefined && heard !== balance;
      heard = balance;
      reportTable({ room, chips: purse?.chips ?? 0, ...playing.stakes(drawn?.get() ?? view, seat, pending) }, moved);
    };
    link.subscribe(tell);
    drawn?.subscribe(tell);
    tell();
  };

  /** Keeps the seat a little longer, and as long as chips are there. */
  const leave = (link: TableLink): void => {
    const here = mine;
    if (here === null || here !== current || here.link !== link) return;
    here.timer = setTimeout(() => {
      const seat = link.get().known?.seat;
      if (seat !== undefined && seat !== null && playing.stays(seat)) leave(link);
      else here.end();
    }, LINGER_MS);
  };

  const end = (from: NonNullable<typeof mine>): void => {
    clearTimeout(from.timer);
    if (current === from) {
      current = null;
      reportConnection(null);
      reportTable(null);
    }
    if (mine === from) mine = null;
    const { link } = from;
    const { connection, known } = link.get();
    const close = (): void => {
      link.close();
      setTurn(from.room, false);
    };
    if (connection !== "live" || known?.purse === null || from.who !== whoNow()) close();
    else {
      const seat = known?.seat ?? null;
      for (const command of seat === null ? [] : (playing.farewell?.(seat) ?? [])) void link.send(command);
      void Promise.race([link.send({ type: "leave" }), new Promise((done) => setTimeout(done, 2_000))]).then(close);
    }
  };

  return { game, sit, leave };
}

export type Leave = { type: "leave" };

/** The current player's id; null: none. */
export function whoNow(): string | null {
  const session = sessionNow();
  return session.state === "here" ? session.player.id : null;
}

/** A ticket for the room's socket; null for a spectator. Throws ApiError if the room does not exist. */
export async function ticketFor(path: Place): Promise<string | null> {
  const known = sessionNow();
  const session = known.state === "arriving" ? await enter() : known;
  if (session.state !== "here") return asSpectator(path);
  try {
    const { ticket: once } = await ask("POST /api/rooms/{game}/{id}/ticket", ticket, { path });
    reportBarred(null);
    return once;
  } catch (error) {
    const barred = barredWords(error);
    if (barred !== null) {
      reportBarred(barred);
      return asSpectator(path);
    }
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    const again = await comeBack();
    return again.state === "here" ? (await ask("POST /api/rooms/{game}/{id}/ticket", ticket, { path })).ticket : null;
  }
}

/** A spectator needs no ticket, but this call fails if the table does not exist. */
async function asSpectator(path: Place): Promise<null> {
  await ask("GET /api/rooms/{game}/{id}", z.unknown(), { path });
  return null;
}

/** The connection state for the header. Null: the table does not exist, so nothing is being tried. */
export function wordFor({ connection, ended, slow }: LinkState<unknown, object, unknown>): Connection | null {
  if (connection === "ended") return ended === "missing" ? null : ended === "replaced" ? "resting" : "ended";
  if (connection === "live") return slow ? "slow" : "online";
  return connection === "connecting" ? "connecting" : navigator.onLine ? "lost" : "offline";
}
