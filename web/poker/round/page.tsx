import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import { useParams } from "react-router";
import type { DeckRound } from "../../../rooms/fair/check.ts";
import { outcomeOf } from "../../../rooms/poker/check.ts";
import type { HandRecord } from "../../../rooms/poker/record.ts";
import { usePlayer } from "../../api/session.ts";
import "../cards.css";
import { houseName } from "../house-names.ts";
import "../poker.css";
import "../act.css";
import { amount, moment, signed } from "../../ui/format.ts";
import { useTitle } from "../../ui/title.ts";
import { BookPage, Elsewhere, RoundHead, roundOf } from "../../rounds/frame.tsx";
import { useNames } from "../../rounds/parts.tsx";
import { handQuery } from "../../rounds/queries.ts";
import { Files } from "./files.tsx";
import { Lies, useHandClaim } from "./lies.tsx";
import { HandSteps, HandVerdict } from "./steps.tsx";

const Replay = lazy(() => import("../replay/replay.tsx"));

/** A finished hand: replayed, and verified with what its reader was shown. */
export default function PokerPage() {
  const { id = "main", round: written = "" } = useParams();
  const path = `poker/${id}`;
  const you = usePlayer()?.id ?? null;
  const { data, error, isPending } = useQuery(handQuery({ game: "poker", id }, roundOf(written), you));
  useTitle(`Hand ${written} \u00b7 Croupier`);
  return (
    <BookPage path={path} back="To the table" pending={isPending} error={error}>
      {data !== undefined && <Finished key={`${path} ${data.round} ${you ?? ""}`} told={data} path={path} you={you} />}
    </BookPage>
  );
}

type Props = { readonly told: DeckRound; readonly path: string; readonly you: string | null };

function Finished({ told, path, you }: Props) {
  const claim = useHandClaim(told);
  const hand = useMemo(() => outcomeOf(told), [told]);
  const people = useNames();
  const nameOf = (player: string): string => houseName(player) ?? people(player);
  return (
    <>
      <RoundHead round={told} path={path} title="Hand" badge={null}>
        {moment(told.endedAt)}
        {hand === null ? "" : `, ${subtitle(hand, you)}`}
      </RoundHead>
      {hand !== null && (
        <Suspense fallback={<div className="replay replay-wait" />}>
          <Replay record={hand} you={you} nameOf={nameOf} />
        </Suspense>
      )}
      <HandVerdict claim={claim} />
      {hand !== null && <Lies claim={claim} />}
      <HandSteps claim={claim} told={told} nameOf={nameOf} />
      {hand !== null && <Files record={hand} room={told.room} you={you} />}
      <section className="round-plain">
        <h2>What this proves, and what it does not</h2>
        <p>
          Eight decks were sealed before anybody&rsquo;s words were known. The words picked the one that was played and
          the order of its cards; the seven others are open, and whole. So every card that you were shown lay where it
          did before the hand, and a house that had prepared one of the decks would have been caught seven times in
          eight.
        </p>
        <p>
          What cannot be proved: cards that were folded or mucked stay closed for good, to everybody. The house deals,
          so it could look at them; that it told nobody, no proof can show. And whoever spoke last before the deal, in
          league with the house, could have tried out words until a deck suited them.
        </p>
        <Elsewhere round={told} />
      </section>
    </>
  );
}

function subtitle({ void: reason, players, awards }: HandRecord, you: string | null): string {
  if (reason !== null) return `void: ${reason}`;
  const pot = awards.flatMap(({ wins }) => wins).reduce((sum, { chips }) => sum + chips, 0);
  const mine = players.find(({ player }) => player === you);
  const net = mine === undefined ? "" : `, ${signed(mine.end - mine.start)} for you`;
  return `${players.length} players, ${amount(pot)} in the pot${net}`;
}
