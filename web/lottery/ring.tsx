import { memo, useEffect, useRef, type ReactNode } from "react";
import type { Ticket } from "../../rooms/lottery/types.ts";
import "./ring.css";
import { piecesOf, restAngle, type Piece } from "./shape.ts";

/** The animation's duration and number of turns. It slows down continuously. */
const TURN_MS = 3_400;
const TURNS = 4;
const EASING = "cubic-bezier(0.12, 0.6, 0.14, 1)";

type Props = {
  readonly tickets: readonly Ticket[];
  /** The weight of all tickets in the draw, including those not listed in `tickets`. */
  readonly weight: number;
  readonly you: string | null;
  /** The number drawn; null: none yet. */
  readonly number?: number | null;
  /** Whether the ring has stopped at that number. */
  readonly landed?: boolean;
  readonly onLand?: () => void;
  /** The remaining part of the time, from 1 to 0; null: no deadline. */
  readonly part?: number | null;
  /** The text for screen readers. */
  readonly words: string;
  readonly children: ReactNode;
};

/** Draws a draw's tickets as arcs in proportion to their weights, and turns until the number drawn is under the pointer. */
export function Ring(props: Props) {
  const { tickets, weight, you, number = null, landed = true, onLand, part = null, words, children } = props;
  const turn = useRef<HTMLDivElement>(null);
  const rest = number === null ? 0 : restAngle(number, weight);
  const turning = number !== null && !landed;
  useEffect(() => {
    const target = turn.current;
    if (target === null || !turning) return undefined;
    const animation = target.animate(
      [{ transform: "rotate(0deg)" }, { transform: `rotate(${360 * TURNS + rest}deg)` }],
      { duration: TURN_MS, easing: EASING, fill: "forwards" },
    );
    // Animations stop on a hidden page, so the end is also triggered by a timer.
    const timer = setTimeout(() => onLand?.(), TURN_MS);
    return () => {
      clearTimeout(timer);
      animation.cancel();
    };
  }, [turning, rest, onLand]);

  return (
    <div className="dial" data-turning={turning || undefined} data-testid="ring">
      <Rim part={part} />
      <div ref={turn} className="dial-turn" style={{ transform: `rotate(${rest}deg)` }}>
        <Pieces tickets={tickets} weight={weight} you={you} won={landed ? number : null} words={words} />
      </div>
      <svg className="dial-pointer" viewBox="0 0 400 400" aria-hidden="true">
        <path d="M186 2h28l-14 34z" />
      </svg>
      <div className="dial-heart">{children}</div>
    </div>
  );
}

function Rim({ part }: { readonly part: number | null }) {
  return (
    <svg className="dial-rim" viewBox="0 0 400 400" fill="none" aria-hidden="true">
      <defs>
        <linearGradient id="ring-wood" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#5b3520" />
          <stop offset="0.5" stopColor="#341d12" />
          <stop offset="1" stopColor="#23130b" />
        </linearGradient>
        <radialGradient id="ring-felt" cx="0.5" cy="0.3" r="0.75">
          <stop offset="0" stopColor="#164736" />
          <stop offset="1" stopColor="#08201a" />
        </radialGradient>
      </defs>
      <circle cx="200" cy="200" r="187" stroke="url(#ring-wood)" strokeWidth="22" />
      <circle cx="200" cy="200" r="197.5" stroke="#cba763" strokeOpacity="0.28" />
      <circle cx="200" cy="200" r="150" stroke="#061410" strokeWidth="52" />
      <circle cx="200" cy="200" r="124" fill="url(#ring-felt)" />
      <circle cx="200" cy="200" r="124" stroke="#cba763" strokeOpacity="0.4" />
      <circle cx="200" cy="200" r="187" className="dial-way" />
      {part !== null && (
        <circle
          cx="200"
          cy="200"
          r="187"
          className="dial-time"
          pathLength={1}
          strokeDasharray="1 1"
          strokeDashoffset={1 - Math.min(1, Math.max(0, part))}
          transform="rotate(-90 200 200)"
        />
      )}
    </svg>
  );
}

type PiecesProps = Pick<Props, "tickets" | "weight" | "you" | "words"> & { readonly won: number | null };

const Pieces = memo(function Pieces({ tickets, weight, you, won, words }: PiecesProps) {
  const pieces = piecesOf(tickets, weight, you, won);
  return (
    <svg viewBox="0 0 400 400" fill="none" role="img" aria-label={words} className="dial-pieces">
      <g transform="rotate(-90 200 200)">
        {pieces.length === 0 ? (
          <circle cx="200" cy="200" r="150" className="dial-none" pathLength={72} strokeDasharray="0.22 0.78" />
        ) : (
          pieces.map((piece) => <Arc key={piece.start} piece={piece} />)
        )}
      </g>
    </svg>
  );
});

/** The visitor's own tickets reach further out, so that colour is not needed to tell them apart. */
function Arc({ piece: { start, length, kind } }: { readonly piece: Piece }) {
  return (
    <circle
      cx="200"
      cy="200"
      r={kind.startsWith("mine") ? 153 : 148}
      className={`dial-piece dial-${kind}`}
      pathLength={1}
      strokeDasharray={`${length} ${1 - length}`}
      strokeDashoffset={-start}
    />
  );
}
