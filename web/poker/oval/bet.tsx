import type { CSSProperties } from "react";
import { Chip, heightOf } from "../../ui/chip.tsx";
import { amount } from "../../ui/format.ts";

/** A heap of chips: more chips make it higher. */
export function Heap({ chips }: { readonly chips: number }) {
  const below = heightOf(chips);
  return (
    <span className="heap" aria-hidden="true" style={{ paddingTop: `${below * 3}px` }}>
      {Array.from({ length: below + 1 }, (_, i) => (
        <span key={i} style={{ translate: `0 ${-i * 3}px` }}>
          <Chip amount={chips} />
        </span>
      ))}
    </span>
  );
}

type Props = { readonly chips: number; readonly style: CSSProperties };

/** A seat's bet, moving in from the seat, with its amount beside it. */
export function Bet({ chips, style }: Props) {
  return (
    <div className="bet numerals" style={style}>
      <Heap chips={chips} />
      <span className="chip-sum" translate="no">
        {amount(chips)}
      </span>
    </div>
  );
}
