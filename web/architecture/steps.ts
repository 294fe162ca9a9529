import { clock, span } from "../pages/words.ts";
import type { Sight } from "../table/played.ts";
import { amount, signed } from "../ui/format.ts";
import type { NodeId } from "./plan.ts";
import { roomPath } from "../ui/rooms.ts";

/** The steps of one round through the system. A step is told only if it was observed. Pure. */

/** The round to follow. `player`: whose part in it; null until the record is known. */
export type Trail = {
  readonly room: string;
  readonly round: number;
  readonly player: string | null;
  readonly mine: boolean;
  readonly bet: Sight | null;
  readonly settled: Sight | null;
};

export type FoundTicket = {
  readonly draw: number;
  readonly place: number;
  /** The id of the stake event. */
  readonly id: string;
  readonly stake: number;
  readonly weight: number;
  /** Whether the draw is over and has a page. */
  readonly drawn: boolean;
};

/** What polling has found. `at`: when this page saw it, by the server's clock. */
export type Evidence = {
  readonly record: { readonly commitment: string } | null;
  readonly part: { readonly staked: number; readonly returned: number } | null;
  readonly ticket: (FoundTicket & { readonly at: number }) | null;
  readonly counted: { readonly at: number } | null;
};

export type Step = {
  readonly id: "bet" | "settled" | "event" | "ticket" | "counted";
  readonly title: string;
  /** `unseen`: cannot be observed from here. */
  readonly state: "seen" | "waiting" | "unseen";
  readonly words: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly link: { readonly to: string; readonly words: string } | null;
  readonly nodes: readonly NodeId[];
  readonly edges: readonly string[];
};

const correlation = (room: string, seq: number): string => `${room}@${seq}`;

export function stepsOf(trail: Trail, evidence: Evidence, kafka: boolean): readonly Step[] {
  const { room, round, settled } = trail;
  const path = roomPath(room);
  const after = (at: number): string =>
    settled === null ? "" : `${span(Math.max(0, at - settled.at))} after it was settled`;
  return [
    betStep(trail, path),
    settledStep(trail, evidence, path),
    {
      id: "event",
      title: "The stake leaves as an event",
      state: evidence.ticket !== null ? "seen" : kafka ? "unseen" : "waiting",
      words: kafka
        ? "It goes by Kafka to a lottery elsewhere; from here only the bridge\u2019s count is seen."
        : "Written in the same commit as the result, and sent from the table\u2019s outbox until it is confirmed.",
      facts: [
        ...(evidence.ticket === null ? [] : [["Event", evidence.ticket.id] as const]),
        ...(settled === null ? [] : [["Caused by", correlation(room, settled.seq)] as const]),
      ],
      link: null,
      nodes: ["rooms", "stakes"],
      edges: ["stake"],
    },
    ticketStep(evidence, kafka, after),
    {
      id: "counted",
      title: "The read model has counted it",
      state: evidence.counted === null ? "waiting" : "seen",
      words: "Boards, histories and this page\u2019s own sums have it from here on.",
      facts:
        evidence.counted === null ? [] : [["Seen", `${clock(evidence.counted.at)}, ${after(evidence.counted.at)}`]],
      link: trail.mine
        ? { to: "/bets", words: `Round ${amount(round)} among your bets` }
        : trail.player === null
          ? null
          : { to: `/players/${trail.player}`, words: "The player\u2019s sums" },
      nodes: ["settled", "model"],
      edges: ["settle", "project"],
    },
  ];
}

function betStep({ room, round, mine, bet, settled }: Trail, path: string): Step {
  const seen = bet ?? settled;
  return {
    id: "bet",
    title: mine ? "Your bet is committed" : "The first bet is committed",
    state: bet !== null ? "seen" : settled === null ? "waiting" : "unseen",
    words:
      bet === null && settled !== null
        ? "This page came later: the record of the round has it all the same."
        : "The answer came after the table\u2019s journal had it, never before.",
    facts: [
      ["Table", room],
      ["Round", amount(round)],
      ...(bet === null ? [] : [["Journal", `seq ${amount(bet.seq)}`] as const, ["Seen", clock(bet.at)] as const]),
    ],
    link: seen === null ? null : { to: path, words: "To the table" },
    nodes: ["browser", "worker", "rooms"],
    edges: ["ask", "play"],
  };
}

function settledStep({ round, settled }: Trail, { record, part }: Evidence, path: string): Step {
  return {
    id: "settled",
    title: "The round is settled",
    state: settled === null ? "waiting" : "seen",
    words: "One commit pays everybody, reveals the secret and closes the record.",
    facts: [
      ...(settled === null
        ? []
        : [["Journal", `seq ${amount(settled.seq)}`] as const, ["Seen", clock(settled.at)] as const]),
      ...(part === null
        ? []
        : [["Staked", amount(part.staked)] as const, ["Result", signed(part.returned - part.staked)] as const]),
      ...(record === null ? [] : [["Seal", `${record.commitment.slice(0, 16)}\u2026`] as const]),
    ],
    link: record === null ? null : { to: `${path}/rounds/${round}`, words: "Check the round" },
    nodes: ["rooms", "player"],
    edges: ["chips"],
  };
}

function ticketStep({ ticket }: Evidence, kafka: boolean, after: (at: number) => string): Step {
  return {
    id: "ticket",
    title: "It is a ticket in the lottery",
    state: ticket !== null ? "seen" : kafka ? "unseen" : "waiting",
    words: kafka
      ? "That lottery keeps its own book."
      : "The event\u2019s id is the ticket\u2019s, so it can be told twice and counts once.",
    facts:
      ticket === null
        ? []
        : [
            ["Draw", amount(ticket.draw)],
            ["Ticket", amount(ticket.place)],
            ["Stake", amount(ticket.stake)],
            ["Weight", amount(ticket.weight)],
            ["Seen", `${clock(ticket.at)}, ${after(ticket.at)}`],
          ],
    link:
      ticket === null
        ? null
        : ticket.drawn
          ? { to: `/rooms/lottery/main/rounds/${ticket.draw}`, words: "Check the draw" }
          : { to: "/rooms/lottery/main", words: "To the draw" },
    nodes: kafka ? ["stakes", "bridge"] : ["stakes", "lottery"],
    edges: kafka ? ["carry"] : ["ticket"],
  };
}
