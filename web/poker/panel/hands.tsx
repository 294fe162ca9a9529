import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import * as z from "zod/mini";
import { recordSchema } from "../../../rooms/poker/record-schema.ts";
import { useAnyTable, useYou } from "../../table/context.tsx";
import { Net, PastRounds, type Past } from "../../table/past.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { amount, time } from "../../ui/format.ts";
import { PlayingCard } from "../cards/card.tsx";
import { useView } from "../context.tsx";
import type { NameOf } from "../house-names.ts";
import { usePlayerNames } from "../names.ts";
import { listed } from "../words.ts";
import { roundPath } from "../../ui/rooms.ts";

/** Null if a fault ended the hand, or all players left before it. Contains no cards that this viewer was not shown. */
const hand = z.nullable(recordSchema);
type Hand = Past<z.infer<typeof hand>>;

/** Loaded when a hand is replayed. */
const Replay = lazy(() => import("../replay/replay.tsx"));
const CARD_PX = 24;

/** The last hands: board, winners and the visitor's result. Each can be replayed and verified. */
export function HandsTab() {
  const { room } = useAnyTable();
  const you = useYou();
  const names = usePlayerNames();
  // A hand is recorded once it is cleared from the table; the round number changes then.
  const round = useView((view) => view.round);
  const [chosen, setChosen] = useState<Hand | null>(null);
  return (
    <>
      <PastRounds
        outcome={hand}
        newest={round}
        what="hands"
        none="No hand is finished yet. Each one will be here, to be played again step by step."
        className="past-hands"
      >
        {(past) =>
          past.outcome === null ? null : (
            <HandLine hand={past} record={past.outcome} you={you} names={names} onChoose={() => setChosen(past)} />
          )
        }
      </PastRounds>
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
            <Link to={roundPath(room, chosen.round)} className="btn mt-4" data-testid="hand-proof">
              Its proof, and the hand as a file
            </Link>
          </>
        )}
      </Dialog>
    </>
  );
}

type LineProps = {
  readonly hand: Hand;
  readonly record: z.infer<typeof recordSchema>;
  readonly you: string | null;
  readonly names: NameOf;
  readonly onChoose: () => void;
};

function HandLine({ hand: { round, endedAt }, record: outcome, you, names, onChoose }: LineProps) {
  const mine = outcome.players.find(({ player }) => player === you);
  const net = mine === undefined ? null : mine.end - mine.start;
  const winners = new Set(outcome.awards.flatMap(({ wins }) => wins.map(({ seat }) => seat)));
  const won = outcome.players.filter(({ seat }) => winners.has(seat)).map(({ player }) => names(player));
  const [held] = outcome.awards.map((award) => award.with);
  const verb = won.length === 1 && won[0] !== "You" ? "wins" : "win";
  return (
    <li>
      <button type="button" className="past-hand" data-testid={`hand-${round}`} onClick={onChoose}>
        <span className="past-head">
          <span className="numerals">
            Hand {amount(round)} <span className="label">{time(endedAt)}</span>
          </span>
          {net !== null && <Net net={net} even="text-ivory-dim" />}
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
