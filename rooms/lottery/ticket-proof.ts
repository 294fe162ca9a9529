import { bytesToHex } from "@noble/hashes/utils.js";
import { pathOf } from "../fair/merkle.ts";
import type { Finished, TicketProof } from "../kit/entry.ts";
import { recordSchema } from "./publish.ts";
import { leafOf, startsOf, ticketTree } from "./tickets.ts";

/** A ticket of a finished draw with its Merkle path. Null: its tickets were never closed, or there is none at that place. [L6] */
export function ticketOf({ round, outcome }: Finished, place: number): TicketProof | null {
  const { data } = recordSchema.safeParse(outcome);
  const ticket = data?.tickets[place];
  if (data === undefined || data.root === null || ticket === undefined) return null;
  const { tickets, root } = data;
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
