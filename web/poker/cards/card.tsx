import { memo, type CSSProperties } from "react";
import { rankOf, suitOf, type Card } from "../../../rooms/poker/cards.ts";
import { cardName } from "../words.ts";
import { Suit } from "./suit.tsx";
import { SUIT_NAMES } from "./suits.ts";

type Props = {
  /** Null: face down. */
  readonly card: Card | null;
  /** In pixels. */
  readonly width: number;
  readonly className?: string;
  readonly style?: CSSProperties;
  /** Not one of the best five cards: darker. */
  readonly dim?: boolean;
  /** For screen readers the card is described elsewhere. */
  readonly quiet?: boolean;
};

const RANKS = ["2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K", "A"];

/** A card with a large rank that can be read at a glance, and one large suit. */
export const PlayingCard = memo(function PlayingCard({ card, width, className = "", style, dim, quiet }: Props) {
  const box = { ...style, width: `${width}px` };
  if (card === null) return <span className={`card card-back ${className}`} style={box} aria-hidden="true" />;
  const suit = suitOf(card);
  const rank = RANKS[rankOf(card)] ?? "";
  return (
    <span
      className={`card card-face card-${SUIT_NAMES[suit]} ${className}`}
      style={box}
      data-card={card}
      data-dim={dim === true || undefined}
    >
      <svg viewBox="0 0 50 70" className="notranslate" aria-hidden="true">
        <text x={rank === "10" ? 2.6 : 5} y="28.5" className={rank === "10" ? "card-rank card-ten" : "card-rank"}>
          {rank}
        </text>
        <Suit suit={suit} x={29} y={7} size={15} />
        <Suit suit={suit} x={11.5} y={35.5} size={28} />
      </svg>
      {quiet !== true && <span className="sr-only">{cardName(card)}</span>}
    </span>
  );
});
