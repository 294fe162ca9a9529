import { Bot, WifiOff } from "lucide-react";
import { useEffect, useRef, useState, type CSSProperties } from "react";
import type { Card } from "../../../rooms/poker/cards.ts";
import type { SeatNo, SeatView, View } from "../../../rooms/poker/types.ts";
import { amount } from "../../ui/format.ts";
import { PlayingCard } from "../cards/card.tsx";
import { CARD_RATIO, HOLDING, type Layout, type Place } from "../layout.ts";
import { actLabel, holdingName, WAITING_WORDS } from "../words.ts";
import { Ring } from "./ring.tsx";
import { Name } from "../../ui/name.tsx";

export type SeatProps = {
  readonly view: View;
  readonly seat: SeatNo;
  readonly sitting: NonNullable<SeatView>;
  readonly name: string;
  /** The visitor's cards, if this is their seat. */
  readonly own: readonly Card[];
  readonly mine: boolean;
  readonly place: Place;
  readonly layout: Layout;
  readonly dealer: { readonly x: number; readonly y: number };
  /** Its position among those dealt in, for dealing cards one after another. */
  readonly order: number;
  readonly clock: () => number;
};

/** A player at the table: cards, name, stack, last action, and whether it is their turn. */
export function Seat(props: SeatProps) {
  const { view, seat, sitting, name, mine, place, layout, clock } = props;
  const { hand, config } = view;
  const turn = hand?.turn?.seat === seat ? hand.turn : null;
  const wins = hand?.awards?.flatMap((one) => one.wins.filter((win) => win.seat === seat)) ?? [];
  const won = wins.reduce((sum, { chips }) => sum + chips, 0);
  const folded = sitting.cards === "folded";
  const idle = sitting.waiting !== null && (sitting.cards === null || hand?.awards != null);
  return (
    <div
      className="seat"
      style={at(place.plate)}
      data-testid={`seat-${seat}`}
      data-mine={mine || undefined}
      data-turn={turn !== null || undefined}
      data-folded={folded || undefined}
      data-idle={idle || undefined}
      data-won={won > 0 || undefined}
    >
      <Cards {...props} />
      <div className="plate" style={{ width: `${layout.plate.w}px`, height: `${layout.plate.h}px` }}>
        {turn !== null && <Ring turn={turn} actionMs={config.actionMs} clock={clock} />}
        <p className="plate-name">
          {sitting.bot && <Bot size={14} aria-hidden="true" className="plate-bot" />}
          {sitting.away && <WifiOff size={13} aria-hidden="true" className="plate-bot" />}
          <Name className="truncate" title={name}>
            {name}
          </Name>
          <span className="sr-only">
            {sitting.bot ? ", house player" : ""}
            {sitting.away ? ", connection lost" : ""}
          </span>
        </p>
        <p className="plate-stack numerals" data-testid={`stack-${seat}`}>
          {sitting.stack === 0 && hand !== null && sitting.cards !== null && hand.awards === null && !folded ? (
            "All-in"
          ) : (
            <span translate="no">{amount(sitting.stack)}</span>
          )}
        </p>
        <Said {...props} won={won} />
        <span className="sr-only">
          {[
            turn !== null ? "to act" : "",
            folded ? "folded" : "",
            hand?.button === seat ? "dealer" : "",
            sitting.bet > 0 ? `${amount(sitting.bet)} bet` : "",
          ]
            .filter((words) => words !== "")
            .join(", ")}
        </span>
      </div>
    </div>
  );
}

export function at({ x, y }: { readonly x: number; readonly y: number }): CSSProperties {
  return { left: `${x}px`, top: `${y}px` };
}

/** The line on the plate's edge: the sum won, why there are no cards, or the last action. */
function Said({ view, seat, sitting, won }: SeatProps & { readonly won: number }) {
  const { hand } = view;
  if (won > 0) {
    return (
      <p className="said-tag said-won numerals" key="won">
        <span aria-hidden="true">▲ </span>+{amount(won)}
      </p>
    );
  }
  if (sitting.waiting !== null) return <p className="said-tag said-quiet">{WAITING_WORDS[sitting.waiting]}</p>;
  const { last } = sitting;
  // A player whose turn it is has not acted yet, so an earlier action is not shown.
  if (hand === null || last === null || hand.awards !== null || hand.turn?.seat === seat) return null;
  const blind = hand.smallBlind === seat ? "small" : hand.bigBlind === seat ? "big" : null;
  return (
    <p className={`said-tag said-${last.type}`} key={`${last.type} ${"amount" in last ? last.amount : ""}`}>
      {actLabel(last, blind)}
    </p>
  );
}

/** Cards face down, face up, or moving to the muck. */
function Cards({ view, sitting, own, mine, place, layout, dealer, order }: SeatProps) {
  const shown = typeof sitting.cards === "object" && sitting.cards !== null ? sitting.cards : null;
  const hidden = sitting.cards === "hidden" || (mine && sitting.cards === "folded" && own.length > 0);
  const mucked = useMucked(sitting.cards, view.hand?.hand ?? 0);
  const faces = shown ?? (mine && own.length > 0 && sitting.cards !== null ? own : null);
  const width = mine ? layout.cards.own : layout.cards.other;
  const count = view.seats.filter((one) => one !== null && one.cards !== null).length;
  const from = (n: number): CSSProperties =>
    ({
      "--dx": `${dealer.x - place.plate.x}px`,
      "--dy": `${dealer.y - place.plate.y + layout.plate.h}px`,
      animationDelay: `${(n * count + order) * 45}ms`,
    }) as CSSProperties;
  if (faces === null && !hidden) {
    return mucked ? (
      <div
        className="cards mucked"
        style={
          {
            "--dx": `${layout.board.x - place.plate.x}px`,
            "--dy": `${layout.board.y - place.plate.y}px`,
          } as CSSProperties
        }
      >
        <PlayingCard card={null} width={width} />
        <PlayingCard card={null} width={width} />
      </div>
    ) : null;
  }
  return (
    <div
      className="cards"
      style={{ "--tuck": `${mine ? -HOLDING : Math.round(width * CARD_RATIO * 0.14)}px` } as CSSProperties}
      data-open={faces !== null || undefined}
      data-testid={mine ? "own-cards" : undefined}
      key={view.hand?.hand}
    >
      {[0, 1].map((n) => (
        <span key={n} className="dealt" style={from(n)}>
          <PlayingCard
            key={faces === null ? "back" : "face"}
            card={faces?.[n] ?? null}
            width={width}
            className={faces === null || mine ? "" : "turned"}
          />
        </span>
      ))}
      {mine && faces !== null && <Holding cards={faces} view={view} />}
    </div>
  );
}

/** The name of the hand, on both boards if there are two. */
function Holding({ cards, view: { hand } }: { readonly cards: readonly Card[]; readonly view: View }) {
  const boards = [hand?.board ?? [], ...(hand?.board2 == null ? [] : [hand.board2])];
  const words = boards.map((board) => holdingName(cards, board)).filter((one) => one !== null);
  return words.length === 0 ? null : (
    <p className="holding" data-testid="holding">
      {words.join(" \u00b7 ")}
    </p>
  );
}

const MUCK_MS = 420;

/** True for a moment after a fold that this page saw. */
function useMucked(cards: NonNullable<SeatView>["cards"], hand: number): boolean {
  const before = useRef({ cards, hand });
  const [mucked, setMucked] = useState(false);
  useEffect(() => {
    const was = before.current;
    before.current = { cards, hand };
    if (was.cards !== "hidden" || cards !== "folded" || was.hand !== hand) return undefined;
    setMucked(true);
    const timer = setTimeout(() => setMucked(false), MUCK_MS);
    return () => clearTimeout(timer);
  }, [cards, hand]);
  return mucked;
}
