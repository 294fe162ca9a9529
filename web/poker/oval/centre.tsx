import type { Card } from "../../../rooms/poker/cards.ts";
import type { HandView, View } from "../../../rooms/poker/types.ts";
import { amount } from "../../ui/format.ts";
import { PlayingCard } from "../cards/card.tsx";
import type { Layout } from "../layout.ts";
import { Heap } from "./bet.tsx";

const FLOP = 3;

/** The board, with the pots above it. */
export function Centre({ view, layout }: { readonly view: View; readonly layout: Layout }) {
  const { hand } = view;
  if (hand === null) return null;
  const { board, cards } = layout;
  const second = hand.board2;
  return (
    <>
      <div className="pots numerals" style={{ left: `${layout.pot.x}px`, top: `${layout.pot.y}px` }}>
        <Pots hand={hand} view={view} />
      </div>
      <div
        className="boards"
        style={{ left: `${board.x}px`, top: `${board.y}px` }}
        data-testid="board"
        aria-label={hand.board.length === 0 ? "No cards on the board yet" : "Board"}
        role="group"
      >
        <Board cards={hand.board} width={cards.board} label={second === null ? null : "1"} />
        {second !== null && <Board cards={second} width={cards.board} label="2" />}
      </div>
    </>
  );
}

type BoardProps = { readonly cards: readonly Card[]; readonly width: number; readonly label: string | null };

function Board({ cards, width, label }: BoardProps) {
  return (
    <div className="board-row">
      {label !== null && <span className="board-label">{label}</span>}
      {cards.map((card, i) => (
        <PlayingCard
          key={card}
          card={card}
          width={width}
          className="turned"
          style={{ animationDelay: `${i < FLOP ? i * 70 : 0}ms` }}
        />
      ))}
      {Array.from({ length: 5 - cards.length }, (_, i) => (
        <span key={`free ${i}`} className="card-place" style={{ width: `${width}px` }} aria-hidden="true" />
      ))}
    </div>
  );
}

/** Main and side pots without this street's bets, and the total including them. */
function Pots({ hand, view }: { readonly hand: HandView; readonly view: View }) {
  const bets = view.seats.reduce((sum, seat) => sum + (seat?.bet ?? 0), 0);
  const { pots, awards } = hand;
  if (awards !== null) return null;
  const inPots = pots.reduce((sum, { chips }) => sum + chips, 0);
  if (inPots === 0) {
    return bets === 0 ? null : <p className="pot-all" data-testid="pot">{`Pot ${amount(bets)}`}</p>;
  }
  const told = toldPots(pots.map(({ chips }) => chips));
  return (
    <>
      {told.map(([name, chips]) => (
        <p key={name} className="pot">
          {told.length < 3 && <Heap chips={chips} />}
          <span className="chip-sum">
            {pots.length > 1 && <span className="pot-name">{name}</span>}
            <span translate="no">{amount(chips)}</span>
          </span>
        </p>
      ))}
      <span className="sr-only" data-testid="pot">{`Pot ${amount(inPots + bets)}`}</span>
      {bets > 0 && <p className="pot-all" aria-hidden="true">{`${amount(inPots + bets)} in all`}</p>}
    </>
  );
}

/** The most pots shown one by one: if there are more, the side pots are added up. */
const POTS_TOLD = 4;

function toldPots(pots: readonly number[]): readonly (readonly [name: string, chips: number])[] {
  const [main = 0, ...sides] = pots;
  if (pots.length > POTS_TOLD) {
    return [
      ["Main", main],
      [`${sides.length} side pots`, sides.reduce((sum, chips) => sum + chips, 0)],
    ];
  }
  return [["Main", main], ...sides.map((chips, i) => [sides.length === 1 ? "Side" : `Side ${i + 1}`, chips] as const)];
}
