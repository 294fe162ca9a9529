import { SUIT_SHAPES } from "./suits.ts";

/** Drawn at its place in a larger picture. */
export function Suit({ suit, x, y, size }: { suit: number; x: number; y: number; size: number }) {
  return <path d={SUIT_SHAPES[suit]} transform={`translate(${x} ${y}) scale(${size / 24})`} />;
}
