import { useInfiniteQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { Link } from "react-router";
import { queries } from "../../api/queries.ts";
import { useAnyTable, useYou } from "../../table/context.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { amount, signed, time } from "../../ui/format.ts";
import { PlayingCard } from "../cards/card.tsx";
import { useView } from "../context.tsx";
import type { NameOf } from "../house-names.ts";
import { usePlayerNames } from "../names.ts";
import { pastHands, type Past } from "../replay/records.ts";
import { listed } from "../words.ts";

/** Comes when a hand is played again. */
const Replay = lazy(() => import("../replay/replay.tsx"));
const CARD_PX = 24;

/** The last hands: the board, who won, what it was for oneself; each can be played again, and checked. */
export function HandsTab() {
  const { room } = useAnyTable();
  const path = room.replace(":", "/");
  const you = useYou();
  const names = usePlayerNames();
  // A hand is in the book once it is put away.
  const round = useView((view) => view.round);
  const query = useInfiniteQuery(pastHands(room));
  const [chosen, setChosen] = useState<Past | null>(null);
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["poker", room], exact: true });
  }, [room, round]);
  const hands = useMemo(
    () => query.data?.pages.flatMap((page) => page.rounds).filter(({ outcome }) => outcome !== null) ?? [],
    [query.data],
  );
  return (
    <>
      {query.isPending && <p className="label">Fetching the book &hellip;</p>}
      {query.isError && <p className="empty">The book of hands cannot be read just now.</p>}
      {query.isSuccess && hands.length === 0 && (
        <p className="empty">No hand is finished yet. Each one will be here, to be played again step by step.</p>
      )}
      <ul className="past-hands">
        {hands.map((hand) => (
          <HandLine key={hand.round} hand={hand} you={you} names={names} onChoose={() => setChosen(hand)} />
        ))}
      </ul>
      {query.hasNextPage && (
        <button
          type="button"
          className="btn mt-2 w-full"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {query.isFetchingNextPage ? "Fetching \u2026" : "Earlier hands"}
        </button>
      )}
      <Dialog
        open={chosen !== null}
        onClose={() => setChosen(null)}
        title={chosen === null ? "" : `Hand ${amount(chosen.round)}`}
      >
        {chosen?.outcome != null && (
          <>
            <Suspense fallback={<div className="replay replay-wait" />}>
              <Replay record={chosen.outcome} you={you} nameOf={names} />
            </Suspense>
            <Link to={`/rooms/${path}/rounds/${chosen.round}`} className="btn mt-4" data-testid="hand-proof">
              Its proof, and the hand as a file
            </Link>
          </>
        )}
      </Dialog>
    </>
  );
}

type LineProps = {
  readonly hand: Past;
  readonly you: string | null;
  readonly names: NameOf;
  readonly onChoose: () => void;
};

function HandLine({ hand, you, names, onChoose }: LineProps) {
  const { outcome } = hand;
  if (outcome === null) return null;
  const mine = outcome.players.find(({ player }) => player === you);
  const net = mine === undefined ? null : mine.end - mine.start;
  const winners = new Set(outcome.awards.flatMap(({ wins }) => wins.map(({ seat }) => seat)));
  const won = outcome.players.filter(({ seat }) => winners.has(seat)).map(({ player }) => names(player));
  const [held] = outcome.awards.map((award) => award.with);
  const verb = won.length === 1 && won[0] !== "You" ? "wins" : "win";
  return (
    <li>
      <button type="button" className="past-hand" data-testid={`hand-${hand.round}`} onClick={onChoose}>
        <span className="past-head">
          <span className="numerals">
            Hand {amount(hand.round)} <span className="label">{time(hand.endedAt)}</span>
          </span>
          {net !== null && (
            <span
              translate="no"
              className={`numerals ${net > 0 ? "text-won" : net < 0 ? "text-lost" : "text-ivory-dim"}`}
            >
              {signed(net)}
            </span>
          )}
        </span>
        <span className="past-cards">
          {mine?.cards?.map(({ card }) => (
            <PlayingCard key={card} card={card} width={CARD_PX} />
          ))}
          {mine?.cards != null && <span className="past-gap" />}
          {outcome.board.map(({ card }) => (
            <PlayingCard key={card} card={card} width={CARD_PX} />
          ))}
          {outcome.board.length === 0 && <span className="label">Before the flop</span>}
        </span>
        <span className="label">
          {outcome.void !== null ? "Void" : `${listed(won)} ${verb}${held == null ? "" : `, ${held}`}`}
        </span>
      </button>
    </li>
  );
}
