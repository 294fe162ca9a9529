import { bytesToHex } from "@noble/hashes/utils.js";
import type { Proof } from "../../../rooms/fair/deck.ts";
import { gameOf } from "../../../rooms/games.ts";
import { kept } from "../../../rooms/lottery/publish.ts";
import { leafOf, startsOf, ticketTree } from "../../../rooms/lottery/tickets.ts";
import type { Ticket } from "../../../rooms/lottery/types.ts";
import { pathOf } from "../../../rooms/fair/merkle.ts";
import type { RoundRecord } from "../../../rooms/host/ports.ts";

/** A ticket of a finished draw with what proves that it was in it. */
export type TicketProof = {
  readonly draw: number;
  readonly place: number;
  readonly size: number;
  readonly ticket: Ticket;
  readonly start: number;
  readonly leaf: string;
  readonly path: string[];
  readonly root: string;
};

/** Null: the round is no draw, its tickets were never closed, or it has none at that place. */
export function ticketOf({ room, round, outcome }: RoundRecord<Proof>, place: number): TicketProof | null {
  const read = gameOf(room)?.name === "lottery" ? kept.safeParse(outcome) : null;
  if (read?.success !== true) return null;
  const { tickets, root } = read.data;
  const ticket = tickets[place];
  if (root === null || ticket === undefined) return null;
  const start = startsOf(tickets)[place] ?? 0;
  const leaf = bytesToHex(leafOf(ticket, place, start));
  return {
    draw: round,
    place,
    size: tickets.length,
    ticket,
    start,
    leaf,
    path: pathOf(ticketTree(tickets), place),
    root,
  };
}
