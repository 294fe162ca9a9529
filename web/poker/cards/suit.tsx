import { SUIT_SHAPES } from "./suits.ts";

/** A suit at a place in a larger picture. */
export function Suit({ suit, x, y, size }: { suit: number; x: number; y: number; size: number }) {
  return <path d={SUIT_SHAPES[suit]} transform={`translate(${x} ${y}) scale(${size / 24})`} />;
}
