import { useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Round } from "../../../rooms/fair/check.ts";
import { checker, outcomeOf, type Outcome } from "../../../rooms/lottery/check.ts";
import { drawLabel } from "../../../rooms/lottery/tickets.ts";
import { usePlayer } from "../../api/session.ts";
import { Ring } from "../ring.tsx";
import { oddsWords } from "../words.ts";
import { amount, moment } from "../../ui/format.ts";
import { mismatch, okOf, saysOf } from "../../rounds/claim.ts";
import { Elsewhere, RoundFrame, RoundHead } from "../../rounds/frame.tsx";
import { Step, useNames } from "../../rounds/parts.tsx";
import { SealStep, Verdict, WordsStep } from "../../rounds/proof.tsx";
import { useClaim } from "../../rounds/record.ts";
import { account, gathered } from "./account.ts";
import { OneTicket } from "./one-ticket.tsx";
import { DrawStep, PrizeStep, RootStep, WeightsStep, WinnerStep } from "./steps.tsx";
import { Tickets } from "./tickets.tsx";
import "./draw.css";

/** A finished draw with its proof. `?ticket=` links to one ticket. [L6] */
export default function LotteryRoundPage() {
  return (
    <RoundFrame game="lottery" back="To the lottery">
      {(round, path) => <Finished key={`${path} ${round.round}`} round={round} path={path} />}
    </RoundFrame>
  );
}

const WRONG = {
  root: "These are not the tickets that were closed",
  weights: "A ticket does not weigh what it has to",
  prize: "The prize is not what was due",
  draw: "The draw gives another number",
  winner: "The award went to the wrong ticket",
  void: "The draw cannot have been void so",
};

function Finished({ round, path }: { readonly round: Round; readonly path: string }) {
  const claim = useClaim(round, checker);
  const told = useMemo(() => outcomeOf(round), [round]);
  const claimed = outcomeOf(claim.round);
  const [search] = useSearchParams();
  const nameOf = useNames();
  const me = usePlayer()?.id ?? null;
  const drawn = told !== null && claimed !== null && told.void === null;
  const place = told === null ? null : chosenOf(told, search.get("ticket"), me);
  return (
    <>
      <RoundHead
        round={round}
        path={path}
        title="Draw"
        badge={
          drawn && (
            <p className="round-flight numerals" translate="no">
              {amount(told.prize)}
            </p>
          )
        }
      >
        {moment(round.endedAt)}, {told === null ? "void: the lottery stopped" : gathered(told)}
      </RoundHead>
      <Verdict claim={claim} words={mismatch(claim.verdict, WRONG) ?? fits(told, nameOf)} />
      {told !== null && (
        <section className="draw-told">
          {drawn && (
            <div className="draw-ring">
              <Ring
                tickets={claimed.tickets}
                weight={claimed.weight}
                you={me}
                number={claimed.number}
                words={`${told.tickets.length} tickets; yours held ${oddsWords(weightOf(told, me), told.weight)}`}
              >
                <p className="label">Number</p>
                <p className="prize numerals" translate="no">
                  {amount(claimed.number ?? 0)}
                </p>
                <p className="label numerals">of {amount(claimed.weight)}</p>
              </Ring>
            </div>
          )}
          <p data-testid="account">{account(told, nameOf)}</p>
        </section>
      )}
      <ol className="steps">
        <SealStep claim={claim} round={round} what="draw" first="ticket" />
        {drawn && <RootStep claim={claim} told={told} />}
        <WordsStep claim={claim} label={drawLabel(claimed?.root ?? "")} />
        {claimed !== null && <WeightsStep claim={claim} told={claimed} />}
        {drawn && <PrizeStep claim={claim} told={told} />}
        {drawn && <DrawStep claim={claim} told={told} />}
        {drawn && <WinnerStep claim={claim} told={told} />}
        {!drawn && (
          <Step title="The draw is void" ok={okOf(claim.verdict, told === null ? "fault" : "void")}>
            <p>{saysOf(claim.verdict, told === null ? "fault" : "void")}</p>
          </Step>
        )}
      </ol>
      {drawn && place !== null && <OneTicket key={place} claim={claim} told={told} claimed={claimed} place={place} />}
      {claimed !== null && <Tickets outcome={claimed} chosen={place} />}
      <section className="round-plain">
        <h2>What this proves, and what it does not</h2>
        <p>
          The root was out before the words came in, so no ticket was added, left out or made heavier afterwards;
          whoever has a ticket finds it under the root with the few hashes of its path. The secret fits the fingerprint
          that was there before the first ticket. The number follows from the secret, the root and everybody&rsquo;s
          words.
        </p>
        <p>
          What cannot be proved: the house knows its secret all along. If whoever spoke last were in league with it,
          they could have tried out words until a number suited them. And that a stake of yours has become a ticket you
          see here and in the room while it waits, not in the proof of others.
        </p>
        <Elsewhere round={round} />
      </section>
    </>
  );
}

/** The ticket that was asked for, else the visitor's first, else the winner. */
function chosenOf({ tickets, ticket }: Outcome, asked: string | null, me: string | null): number | null {
  const wanted = asked === null ? -1 : Number(asked);
  if (tickets[wanted] !== undefined) return wanted;
  const own = tickets.findIndex(({ player }) => player === me);
  return own >= 0 ? own : ticket;
}

function weightOf({ tickets }: Outcome, player: string | null): number {
  return tickets.reduce((sum, one) => (one.player === player ? sum + one.weight : sum), 0);
}

function fits(told: Outcome | null, nameOf: (player: string) => string): string {
  if (told === null || told.award === null) return "The seal opens: the draw was void";
  return `It fits: ${nameOf(told.award.player).replace("You", "you")} won ${amount(told.award.amount)}`;
}
