import { useMemo } from "react";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { PlayerId } from "../../../rooms/game.ts";
import type { Outcome } from "../../../rooms/lottery/check.ts";
import { leafOf, startsOf, ticketTree } from "../../../rooms/lottery/tickets.ts";
import { climb, pathOf } from "../../../rooms/fair/merkle.ts";
import { oddsWords } from "../words.ts";
import { amount } from "../../ui/format.ts";
import { CopyLink, Claimed, Judged, useNames } from "../../rounds/parts.tsx";
import type { Claim } from "../../rounds/record.ts";
import { numbersOf } from "./account.ts";
import { WholeField } from "./whole-field.tsx";

type Props = {
  readonly claim: Claim;
  /** The outcome as published. */
  readonly told: Outcome;
  /** The outcome as edited by the visitor. */
  readonly claimed: Outcome;
  readonly place: number;
};

/** Verifies one ticket against the root with its Merkle path, independent of the other tickets. [L6] */
export function OneTicket({ claim, told, claimed, place }: Props) {
  const nameOf = useNames();
  const { tickets, root, weight } = claimed;
  const path = useMemo(() => pathOf(ticketTree(told.tickets), place), [told, place]);
  const ticket = tickets[place];
  if (ticket === undefined) return null;
  const start = startsOf(tickets)[place] ?? 0;
  const leaf = leafOf(ticket, place, start);
  const top = climb(leaf, place, tickets.length, path);
  const who = nameOf(ticket.player);
  const change = (part: object): void => claim.outcome({ tickets: tickets.with(place, { ...ticket, ...part }) });
  return (
    <section className="bet-card" data-testid="one-ticket">
      <h2>{who === "You" ? `Ticket ${amount(place)}, yours` : `Ticket ${amount(place)} of ${who}`}</h2>
      <dl className="bet-facts numerals">
        <dt>Its numbers</dt>
        <dd>
          {numbersOf(start, ticket.weight)} of {amount(weight)}
        </dd>
        <dt>Its chance</dt>
        <dd>{oddsWords(ticket.weight, weight)}</dd>
        <dt>Made of</dt>
        <dd>
          {ticket.stakes === 1 ? "one stake" : `${amount(ticket.stakes)} stakes`},{" "}
          <span className="hash" translate="no">
            {ticket.id}
          </span>
        </dd>
      </dl>
      <div className="ticket-fields">
        <WholeField
          claim={claim}
          label="What was staked"
          value={ticket.stake}
          onChange={(stake) => change({ stake })}
        />
        <WholeField
          claim={claim}
          label="What it weighs"
          value={ticket.weight}
          onChange={(weighs) => change({ weight: weighs })}
        />
      </div>
      <Claimed
        label="Whose it is"
        value={ticket.player}
        onChange={(player) => change({ player: player as PlayerId })}
      />
      <ol className="climb" aria-label="From the ticket up to the root">
        <li>
          <span className="label">Its leaf</span>
          <span className="hash" translate="no">
            {bytesToHex(leaf)}
          </span>
        </li>
        {path.map((beside, i) => (
          <li key={beside}>
            <span className="label">
              {sideOf(place, told.tickets.length, i) === "left" ? "from the left" : "from the right"}
            </span>
            <span className="hash" translate="no">
              {beside}
            </span>
          </li>
        ))}
        <li>
          <span className="label">The top</span>
          <span className="hash" translate="no" data-testid="climbed">
            {top ?? "none"}
          </span>
        </li>
      </ol>
      <Judged ok={top !== null && top === root} testId="inclusion">
        {top === root
          ? "It lies under the root that was published before the words."
          : "This does not lie under the root that was published."}
      </Judged>
      <CopyLink query={`?ticket=${place}`}>Copy the link to this ticket</CopyLink>
    </section>
  );
}

/** On which side the `n`th hash of a leaf's path stands, in a tree of `size` leaves. Nodes without a sibling add no hash. */
function sideOf(leaf: number, size: number, n: number): "left" | "right" {
  let next = 0;
  for (let place = leaf, width = size; width > 1; place >>= 1, width = (width + 1) >> 1) {
    if ((place ^ 1) >= width) continue;
    if (next === n) return place & 1 ? "left" : "right";
    next += 1;
  }
  return "right";
}
