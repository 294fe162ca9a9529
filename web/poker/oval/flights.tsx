import { useEffect, useRef, useState, type CSSProperties } from "react";
import type { View } from "../../../rooms/poker/types.ts";
import { prefersReducedMotion } from "../../ui/reduced-motion.ts";
import type { Layout, Point } from "../layout.ts";
import { Heap } from "./bet.tsx";

/** Animates chips: bets to the pot at the end of a street, and pots to their winners. Nothing waits for the animations. */

type Flight = {
  readonly id: number;
  readonly chips: number;
  readonly from: Point;
  readonly to: Point;
  readonly delayMs: number;
};
const FLIGHT_MS = 380;
const APART_MS = 200;
let made = 0;

type Props = { readonly view: View; readonly layout: Layout; readonly placeOf: (seat: number) => number };

export function Flights({ view, layout, placeOf }: Props) {
  const before = useRef(view);
  const [flights, setFlights] = useState<readonly Flight[]>([]);
  useEffect(() => {
    const last = before.current;
    before.current = view;
    if (last === view || prefersReducedMotion() || document.visibilityState !== "visible") return undefined;
    const started = flightsBetween(last, view, layout, placeOf);
    if (started.length === 0) return undefined;
    setFlights((known) => [...known, ...started]);
    const ids = new Set(started.map(({ id }) => id));
    const longest = Math.max(...started.map(({ delayMs }) => delayMs)) + FLIGHT_MS;
    setTimeout(() => setFlights((known) => known.filter(({ id }) => !ids.has(id))), longest);
    return undefined;
  }, [view, layout, placeOf]);
  return (
    <div className="flights" aria-hidden="true">
      {flights.map(({ id, chips, from, to, delayMs }) => (
        <span
          key={id}
          className="flying"
          style={
            {
              "--from": `${from.x}px ${from.y}px`,
              "--to": `${to.x}px ${to.y}px`,
              animationDelay: `${delayMs}ms`,
              animationDuration: `${FLIGHT_MS}ms`,
            } as CSSProperties
          }
        >
          <Heap chips={chips} />
        </span>
      ))}
    </div>
  );
}

function flightsBetween(last: View, next: View, layout: Layout, placeOf: (seat: number) => number): Flight[] {
  const { hand } = next;
  if (hand === null || last.hand?.hand !== hand.hand) return [];
  const spot = (seat: number): Point => layout.places[placeOf(seat)]?.bet ?? layout.pot;
  const plate = (seat: number): Point => layout.places[placeOf(seat)]?.plate ?? layout.pot;
  const collected = last.seats.flatMap((seat, i): Flight[] =>
    seat !== null && seat.bet > 0 && (next.seats[i]?.bet ?? 0) === 0
      ? [{ id: (made += 1), chips: seat.bet, from: spot(i), to: layout.pot, delayMs: 0 }]
      : [],
  );
  if (hand.awards === null || last.hand.awards !== null) return collected;
  const first = collected.length > 0 ? FLIGHT_MS : 0;
  const won = hand.awards.flatMap(({ wins }, n) =>
    wins.map(({ seat, chips }): Flight => ({
      id: (made += 1),
      chips,
      from: layout.pot,
      to: plate(seat),
      delayMs: first + n * APART_MS,
    })),
  );
  return [...collected, ...won];
}
