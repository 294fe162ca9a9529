import type { PlayerId } from "../game.ts";
import { encodeFields } from "../fair/draw.ts";
import { leafHash, rootOf, treeOf } from "../fair/merkle.ts";
import type { Config, Ticket } from "./types.ts";

/** What a stake makes, what tickets weigh, and the tree over them. Pure; the verifier runs the same. [L2] [L6] */

/** A player's further stakes go into the last of so many tickets, so that a draw stays small however long it waits. */
const TICKETS_PER_PLAYER = 20;
const TICKETS_MAX = 2_000;

/** Where a player's next stake goes: a new ticket (null), or into the one at this place. */
export function placeFor(tickets: readonly Ticket[], player: PlayerId): number | null {
  let last: number | null = null;
  let own = 0;
  for (const [place, ticket] of tickets.entries()) {
    if (ticket.player !== player) continue;
    own += 1;
    last = place;
  }
  return own >= TICKETS_PER_PLAYER || tickets.length >= TICKETS_MAX ? last : null;
}

/** What a stake adds to its player's weight: by the rules, up to the cap. */
export function weightOf(
  { weighting, capPerPlayer }: Pick<Config, "weighting" | "capPerPlayer">,
  tickets: readonly Ticket[],
  player: PlayerId,
  stake: number,
): number {
  let held = 0;
  for (const ticket of tickets) if (ticket.player === player) held += ticket.weight;
  return Math.min(weighting === "flat" ? 1 : stake, capPerPlayer - held);
}

/** What tickets weigh by the rules, in their order: whatever came into them one by one comes to the same. */
export function weigh(rules: Pick<Config, "weighting" | "capPerPlayer">, tickets: readonly Ticket[]): Ticket[] {
  const held = new Map<PlayerId, number>();
  return tickets.map((ticket) => {
    const before = held.get(ticket.player) ?? 0;
    const full = rules.weighting === "flat" ? ticket.stakes : ticket.stake;
    const weight = Math.min(full, rules.capPerPlayer - before);
    held.set(ticket.player, before + weight);
    return { ...ticket, weight };
  });
}

/** The weight of all tickets before each: a ticket holds the numbers from there up to its own weight. */
export function startsOf(tickets: readonly Ticket[]): number[] {
  let sum = 0;
  return tickets.map(({ weight }) => {
    const start = sum;
    sum += weight;
    return start;
  });
}

/** The leaf of a ticket: its place, where its numbers start, and everything in it, each field behind its length. */
export function leafOf(ticket: Ticket, place: number, start: number): Uint8Array {
  const { id, player, stake, weight, stakes } = ticket;
  const fields = [LEAF, String(place), String(start), String(weight), player, String(stake), String(stakes), id];
  return leafHash(encodeFields(fields));
}

const LEAF = "croupier/ticket/1";

/** Throws on no tickets. */
export function ticketTree(tickets: readonly Ticket[]): readonly (readonly Uint8Array[])[] {
  const starts = startsOf(tickets);
  return treeOf(tickets.map((ticket, place) => leafOf(ticket, place, starts[place] as number)));
}

/** The Merkle root of a draw's tickets, hex. */
export const ticketRoot = (tickets: readonly Ticket[]): string => rootOf(ticketTree(tickets));

/** The place of the ticket that holds a number below the whole weight. */
export function holderOf(tickets: readonly Ticket[], number: number): number {
  let left = number;
  for (const [place, { weight }] of tickets.entries()) {
    if (left < weight) return place;
    left -= weight;
  }
  throw new RangeError(`no ticket holds ${number}`);
}

/** The label that a draw's number is drawn under: the root is in the message, so it cannot be exchanged afterwards. [L6] */
export const drawLabel = (root: string): string => `draw:${root}`;

/** An award's id: of this lottery, this draw and these very tickets. */
export const awardId = (room: string, draw: number, root: string): string => `${room}:${draw}:${root.slice(0, 16)}`;
