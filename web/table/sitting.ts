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
 * Sitting at a table. Whoever walks off to read a proof or look into the lobby keeps the seat for a while, and the header goes on
 * telling what is in play there; after that the chips go home. One table at a time.
 */

export type Playing<View, PublicDelta, Seat extends object, PrivateDelta, Command extends { type: string }> = {
  /** Its name in the registry. */
  readonly game: string;
  readonly folds: Folds<View, PublicDelta, Seat, PrivateDelta>;
  /** This player's chips in the game's hands, and those on their way there (signed) by commands without an answer yet. */
  stakes(
    view: View,
    seat: Seat,
    pending: LinkState<View, Seat, Command>["pending"],
  ): { staked: number; pending: number };
  /** Which round has this player's chips, and which had them last. `seatSeq`: the commit that the seat is as of. */
  played(view: View, seat: Seat, seq: number, seatSeq: number): Standing;
  /** Whether chips lie there, or the server plays for this player: then the seat is kept. */
  stays(seat: Seat): boolean;
  /** Where the table is drawn later than it is known: what the header may tell. Null: all that is known. */
  readonly drawn?: (link: Link<View, PublicDelta, Seat, PrivateDelta, Command>) => {
    get(): View | null;
    subscribe(listener: () => void): unknown;
  };
  /** What has to be said before leaving, for the chips to come home. */
  farewell?(seat: Seat): readonly Command[];
};

export type Sitter<L> = {
  readonly game: string;
  /** Opens the table, or comes back to it. */
  readonly sit: (id: string) => L;
  /** The page was left. */
  readonly leave: (link: L) => void;
};

type Sitting = { readonly room: string; readonly who: string | null; end(): void };
const LINGER_MS = 20_000;
let current: Sitting | null = null;

// Nobody goes on sitting as somebody else.
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
      // What is not heard from here any more is heard from the wallet.
      if (seat === null || connection === "lost" || connection === "ended") return reportTable(null);
      notePlayed(room, known.you ?? "", playing.played(view, seat, known.seq, known.seatSeq), link.clock.now(), !found);
      found = true;
      // Before the first top-up there is no purse here, and nothing heard of the wallet.
      const balance = purse?.balance ?? null;
      const moved = heard !== undefined && heard !== balance;
      heard = balance;
      reportTable({ room, chips: purse?.chips ?? 0, ...playing.stakes(drawn?.get() ?? view, seat, pending) }, moved);
    };
    link.subscribe(tell);
    drawn?.subscribe(tell);
    tell();
  };

  /** The seat is kept a little longer, and for as long as chips lie there. */
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

/** The player, or null. */
export function whoNow(): string | null {
  const session = sessionNow();
  return session.state === "here" ? session.player.id : null;
}

/** A ticket for the room's socket; null for a spectator. */
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

/** A spectator needs no ticket, but has to hear it when there is no such table. */
async function asSpectator(path: Place): Promise<null> {
  await ask("GET /api/rooms/{game}/{id}", z.unknown(), { path });
  return null;
}

/** Null: there is no such table, and nothing is being tried. */
export function wordFor({ connection, ended, slow }: LinkState<unknown, object, unknown>): Connection | null {
  if (connection === "ended") return ended === "missing" ? null : ended === "replaced" ? "resting" : "ended";
  if (connection === "live") return slow ? "slow" : "online";
  return connection === "connecting" ? "connecting" : navigator.onLine ? "lost" : "offline";
}
