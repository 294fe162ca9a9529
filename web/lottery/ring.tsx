import { memo, useEffect, useRef, type ReactNode } from "react";
import type { Ticket } from "../../rooms/lottery/types.ts";
import "./ring.css";
import { piecesOf, restAngle, type Piece } from "./shape.ts";

/** How long the ring takes to come to rest, in how many turns, slowing down all the way. */
const TURN_MS = 3_400;
const TURNS = 4;
const EASING = "cubic-bezier(0.12, 0.6, 0.14, 1)";

type Props = {
  readonly tickets: readonly Ticket[];
  /** Of all tickets of the draw, also of those that are not known here. */
  readonly weight: number;
  readonly you: string | null;
  /** What was drawn; null: nothing yet. */
  readonly number?: number | null;
  /** Whether the ring has come to rest at it. */
  readonly landed?: boolean;
  readonly onLand?: () => void;
  /** What is left of the time, from 1 to 0; null: no clock runs. */
  readonly part?: number | null;
  /** What it shows, for screen readers. */
  readonly words: string;
  readonly children: ReactNode;
};

/** A draw's tickets side by side, each as wide as it weighs. It turns until the number lies under the pointer. */
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
    // A hidden page moves nothing: it comes to rest all the same.
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

/** One's own stand out further than the others': colour is not needed to tell them. */
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
