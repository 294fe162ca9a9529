import { memo, type CSSProperties } from "react";
import type { LegalBet } from "../../../rooms/roulette/layout.ts";
import { colourOf, isZero, type Wheel } from "../../../rooms/roulette/wheel.ts";
import { Chip, heightOf } from "../../ui/chip.tsx";
import { short } from "../../ui/format.ts";
import { useLit } from "./lit.ts";
import { pressable, type Turn } from "./place.ts";
import { labelOf, printOf } from "./words.ts";

export type SpotProps = {
  readonly bet: LegalBet;
  readonly wheel: Wheel;
  readonly turn: Turn;
  /** The visitor's chips on this spot, including pending ones. */
  readonly mine: number;
  /** Whether some of them are not acknowledged yet. */
  readonly pending: boolean;
  /** The chips of all other players. */
  readonly others: number;
  /** After the spin: the result of the visitor's chips here. */
  readonly fate: "won" | "lost" | null;
  readonly returned: number;
  /** Whether the ball fell on this number. */
  readonly marked: boolean;
  readonly tabbable: boolean;
  readonly closed: boolean;
};

/** One of the 157 spots. The felt finds the pressed spot by `data-spot`. */
export const SpotButton = memo(function SpotButton(props: SpotProps) {
  const { bet, wheel, turn, mine, pending, others, fate, returned, marked, tabbable, closed } = props;
  const lit = useLit(bet.kind === "straight" ? (bet.pockets[0] ?? null) : null);
  const { left, top, width, height } = pressable(bet, turn);
  const style: CSSProperties = { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` };
  return (
    <button
      type="button"
      className={bet.box === null ? "spot spot-line" : `spot spot-box ${faceOf(bet)}`}
      style={style}
      data-spot={bet.spot}
      data-testid={`spot-${bet.spot}`}
      data-kind={bet.kind}
      data-lit={lit || undefined}
      data-marked={marked || undefined}
      tabIndex={tabbable ? 0 : -1}
      aria-label={labelOf(bet, wheel, mine, others)}
      aria-disabled={closed || undefined}
    >
      {bet.box !== null && (
        <span className="print" aria-hidden="true">
          {bet.spot === "red" || bet.spot === "black" ? <Diamond colour={bet.spot} /> : null}
          <span>{printOf(bet, wheel)}</span>
        </span>
      )}
      {others > 0 && (
        <span className={mine > 0 ? "others others-aside" : "others"} aria-hidden="true">
          {short(others)}
        </span>
      )}
      {mine > 0 && (
        <span
          className="stack"
          data-pending={pending || undefined}
          data-fate={fate ?? undefined}
          data-high={heightOf(mine)}
          data-testid={`stack-${bet.spot}`}
          aria-hidden="true"
        >
          <Chip amount={mine} />
        </span>
      )}
      {returned > mine && (
        <span className="payout" aria-hidden="true">
          <Chip amount={returned - mine} />
        </span>
      )}
      {marked && <span className="dolly" aria-hidden="true" />}
    </button>
  );
});

function faceOf({ kind, pockets }: LegalBet): string {
  if (kind !== "straight") return "face-outside";
  const pocket = pockets[0] ?? "0";
  return isZero(pocket) ? `face-zero face-zero-${pocket}` : `face-number face-${colourOf(pocket)}`;
}

function Diamond({ colour }: { readonly colour: "red" | "black" }) {
  return (
    <svg viewBox="0 0 40 22" className="diamond">
      <path d="M20 1 39 11 20 21 1 11z" className={`diamond-${colour}`} />
    </svg>
  );
}
