import { useCallback, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from "react";
import type { Card } from "../../../rooms/poker/cards.ts";
import type { SeatNo, View } from "../../../rooms/poker/types.ts";
import { layoutOf, type Layout } from "../layout.ts";
import type { NameOf } from "../house-names.ts";
import { Bet } from "./bet.tsx";
import { Centre } from "./centre.tsx";
import { Flights } from "./flights.tsx";
import { at, Seat } from "./seat.tsx";

type Props = {
  readonly view: View;
  /** The visitor's seat, drawn at the bottom. */
  readonly mine: SeatNo | null;
  readonly own: readonly Card[];
  readonly nameOf: NameOf;
  readonly clock: () => number;
  /** The content of an empty seat. */
  readonly free?: (seat: SeatNo) => ReactNode;
  /** Drawn over the middle of the table. */
  readonly children?: ReactNode;
};

/** The table from above: seats around an oval with cards and chips, the visitor's at the bottom. Live or replayed. */
export function Oval({ view, mine, own, nameOf, clock, free, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const count = view.seats.length;
  const boards = view.hand?.board2 == null ? 1 : 2;
  const layout = useMemo(
    () => (size === null ? null : layoutOf({ ...size, seats: count, own: mine !== null, boards })),
    [size, count, mine, boards],
  );
  const placeOf = useCallback((seat: SeatNo) => (seat - (mine ?? 0) + count) % count, [mine, count]);
  return (
    <div
      className="oval"
      ref={box}
      data-size={layout?.size}
      data-seats={count > 6 ? "many" : "few"}
      data-testid="table"
    >
      {layout !== null && (
        <>
          <Felt layout={layout} />
          <Centre view={view} layout={layout} />
          <ol className="seats" aria-label="Seats">
            {view.seats.map((sitting, seat) => {
              const place = layout.places[placeOf(seat)];
              if (place === undefined) return null;
              return (
                // A seat's number is a stable key.
                <li key={`seat ${seat}`}>
                  {sitting === null ? (
                    <div className="seat" style={at(place.plate)}>
                      {free?.(seat)}
                    </div>
                  ) : (
                    <Seat
                      view={view}
                      seat={seat}
                      sitting={sitting}
                      name={nameOf(sitting.player)}
                      own={seat === mine ? own : NONE}
                      mine={seat === mine}
                      place={place}
                      layout={layout}
                      dealer={layout.places[placeOf(view.hand?.button ?? 0)]?.plate ?? layout.pot}
                      order={orderOf(view, seat)}
                      clock={clock}
                    />
                  )}
                </li>
              );
            })}
          </ol>
          {view.seats.map((sitting, seat) => {
            const place = layout.places[placeOf(seat)];
            if (sitting === null || sitting.bet === 0 || place === undefined) return null;
            const from = { "--sx": `${place.plate.x - place.bet.x}px`, "--sy": `${place.plate.y - place.bet.y}px` };
            return (
              <Bet
                key={`${seat} ${sitting.bet}`}
                chips={sitting.bet}
                style={{ ...at(place.bet), ...(from as CSSProperties) }}
              />
            );
          })}
          {view.hand !== null && <DealerButton layout={layout} place={placeOf(view.hand.button)} />}
          <Flights view={view} layout={layout} placeOf={placeOf} />
          {children !== undefined && (
            <div className="over-board" style={at(view.hand === null ? layout.board : layout.pot)}>
              {children}
            </div>
          )}
        </>
      )}
    </div>
  );
}

const NONE: readonly Card[] = [];

function Felt({ layout: { felt, upright } }: { readonly layout: Layout }) {
  const { x, y, w, h } = felt;
  return (
    <div
      className="baize"
      data-upright={upright || undefined}
      style={{ left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` }}
      aria-hidden="true"
    />
  );
}

function DealerButton({ layout, place }: { readonly layout: Layout; readonly place: number }) {
  const spot = layout.places[place]?.button;
  if (spot === undefined) return null;
  return (
    <span className="dealer-button" style={{ transform: `translate(${spot.x}px, ${spot.y}px)` }} aria-hidden="true">
      D
    </span>
  );
}

/** The order of dealing: starts left of the button. */
function orderOf({ hand, seats }: View, seat: SeatNo): number {
  if (hand === null) return 0;
  const n = seats.length;
  let order = 0;
  for (let i = 1; i <= n; i++) {
    const one = (hand.button + i) % n;
    if (one === seat) return order;
    if (seats[one]?.cards != null) order += 1;
  }
  return order;
}

function useSize(box: React.RefObject<HTMLDivElement | null>): { readonly w: number; readonly h: number } | null {
  const [size, setSize] = useState<{ readonly w: number; readonly h: number } | null>(null);
  useLayoutEffect(() => {
    const target = box.current;
    if (target === null) return undefined;
    const measure = (): void => {
      const { clientWidth: w, clientHeight: h } = target;
      if (w > 0 && h > 0) setSize((known) => (known?.w === w && known.h === h ? known : { w, h }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, [box]);
  return size;
}
