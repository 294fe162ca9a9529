import type { PlayerId } from "../game.ts";
import { encodeFields } from "../fair/draw.ts";
import { leafHash, rootOf, treeOf } from "../fair/merkle.ts";
import type { Config, Ticket } from "./types.ts";

/** Makes tickets of stakes, weighs them, and builds the tree over them. Pure; the verifier runs the same code. [L2] [L6] */

/** Limits that keep a draw small however long it waits: further stakes of a player are added to the last of their tickets. */
const TICKETS_PER_PLAYER = 20;
const TICKETS_MAX = 2_000;

/** Where a player's next stake goes: into a new ticket (null), or into the one at this place. */
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

/** The weight that a stake adds to its player's: as the rules say, up to the cap. */
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

/** Computes the weights by the rules, in the order of the tickets: the same as when their stakes came in one by one. */
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

/** For each ticket the weight of all before it: its numbers are from there on, as many as its own weight. */
export function startsOf(tickets: readonly Ticket[]): number[] {
  let sum = 0;
  return tickets.map(({ weight }) => {
    const start = sum;
    sum += weight;
    return start;
  });
}

/** The leaf of a ticket: its place, where its numbers start, and all its fields, each with its length in front. */
export function leafOf(ticket: Ticket, place: number, start: number): Uint8Array {
  const { id, player, stake, weight, stakes } = ticket;
  const fields = [LEAF, String(place), String(start), String(weight), player, String(stake), String(stakes), id];
  return leafHash(encodeFields(fields));
}

const LEAF = "croupier/ticket/1";

/** The Merkle tree over the tickets. Throws without tickets. */
export function ticketTree(tickets: readonly Ticket[]): readonly (readonly Uint8Array[])[] {
  const starts = startsOf(tickets);
  return treeOf(tickets.map((ticket, place) => leafOf(ticket, place, starts[place] as number)));
}

/** The Merkle root of a draw's tickets, hex. */
export const ticketRoot = (tickets: readonly Ticket[]): string => rootOf(ticketTree(tickets));

/** The place of the ticket that holds a number. Throws for a number that is not below the sum of the weights. */
export function holderOf(tickets: readonly Ticket[], number: number): number {
  let left = number;
  for (const [place, { weight }] of tickets.entries()) {
    if (left < weight) return place;
    left -= weight;
  }
  throw new RangeError(`no ticket holds ${number}`);
}

/** The label that a draw's number is drawn under: the root is in the message, so it cannot be replaced afterwards. [L6] */
export const drawLabel = (root: string): string => `draw:${root}`;

/** An award's id: fixed by this lottery, this draw and these very tickets. */
export const awardId = (room: string, draw: number, root: string): string => `${room}:${draw}:${root.slice(0, 16)}`;
