import { readEvent, type EventOf } from "../events.ts";
import type { PlayerId } from "../../rooms/game.ts";
import { isHouseRoom } from "../../rooms/kernel/settlement.ts";
import type { Change, Facts, Persona, Result } from "./model.ts";

/** Turns events into facts. Pure and stateless: the store deduplicates the facts. */

/** The verdict on a message: its facts are in the projection, or it is poison and can never be processed. */
export type Judged = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly reason: string };

export type Projection = { readonly facts: Facts; readonly judged: readonly Judged[] };

type Found = { results: Result[]; changes: Change[]; personas: Persona[] };

/** Since when each player has a registered name; a player who is not in it is a guest. */
export type Named = ReadonlyMap<PlayerId, number>;
/** `guests`: whether guests are on the boards (BOARDS_INCLUDE_GUESTS). */
export type Boards = { readonly guests: boolean; readonly named?: Named };

/** One verdict for each message, in order. Never throws. Bots and void rounds send no events (rooms/kernel/settlement.ts). */
export function project(bodies: readonly unknown[], boards: Boards): Projection {
  const facts: Found = { results: [], changes: [], personas: [] };
  const judged = bodies.map((body): Judged => {
    const read = readEvent("settled", body);
    if (!read.ok) return { ok: false, code: read.code, reason: read.message };
    const wrong = take(read.event, facts, boards);
    return wrong === null ? { ok: true } : { ok: false, code: "bad_event", reason: `${read.event.type}: ${wrong}` };
  });
  return { facts, judged };
}

/** Adds the event's facts and answers null; or adds nothing and answers what is wrong with the event. */
function take(event: EventOf<"settled">, facts: Found, boards: Boards): string | null {
  switch (event.type) {
    case "roundSettled":
    case "handFinished":
      return takeResults(event, facts, boards);
    case "balanceChanged": {
      const { player, entry, kind, amount } = event.payload;
      if (event.source !== `player:${player}`) return "payload.player: not the player it comes from.";
      facts.changes.push({ player: player as PlayerId, entry, kind, amount, at: event.at });
      return null;
    }
    case "profileChanged": {
      const { player, name, hidden, guest = false, version } = event.payload;
      if (event.source !== `player:${player}`) return "payload.player: not the player it comes from.";
      facts.personas.push({ player: player as PlayerId, name, hidden: hidden || (guest && !boards.guests), version });
      return null;
    }
    default:
      return event satisfies never;
  }
}

type Settled = Extract<EventOf<"settled">, { type: "roundSettled" | "handFinished" }>;

function takeResults({ type, source: room, at, payload }: Settled, facts: Found, boards: Boards): string | null {
  const game = room.slice(0, room.indexOf(":"));
  if (game === "player") return "source: not a room.";
  const { round, players } = payload;
  const apart = (payload.apart ?? !isHouseRoom(room)) || (type === "handFinished" && hasGuest(payload, at, boards));
  if (new Set(players.map(({ player }) => player)).size < players.length) return "payload.players: one is in it twice.";
  for (const { player, staked, returned } of players) {
    facts.results.push({ player: player as PlayerId, room, game, round, at, staked, returned, apart });
  }
  return null;
}

/**
 * Whether the hand does not count on boards because a guest is in it. Poker players win from each other, and new guests are free,
 * so anybody could create guests that lose their chips to one player and so lift that player on a board.
 */
function hasGuest({ players }: Settled["payload"], at: number, { guests, named }: Boards): boolean {
  return !guests && players.some(({ player }) => (named?.get(player as PlayerId) ?? Infinity) > at);
}
