/** The four suits, each with a shape and a colour of its own. In a box of 24 by 24. */

export const SUIT_NAMES = ["clubs", "diamonds", "hearts", "spades"] as const;

const SHAPES = [
  "M12 1.8a4.7 4.7 0 0 0-3.9 7.4A4.9 4.9 0 1 0 10.9 16c-.2 2.4-1.1 4.3-2.7 6.2h7.6c-1.6-1.9-2.5-3.8-2.7-6.2a4.9 4.9 0 1 0 2.8-6.8A4.7 4.7 0 0 0 12 1.8z",
  "M12 1.2c2.3 4.2 5 7.6 8.4 10.8-3.4 3.2-6.1 6.6-8.4 10.8C9.7 18.6 7 15.2 3.6 12 7 8.8 9.7 5.4 12 1.2z",
  "M12 22C5.4 16.6 1.8 12.8 1.8 8.3 1.8 5 4.3 2.6 7.2 2.6c2 0 3.7 1.1 4.8 3.1 1.1-2 2.8-3.1 4.8-3.1 2.9 0 5.4 2.4 5.4 5.7 0 4.5-3.6 8.3-10.2 13.7z",
  "M12 1.5c4.3 5.1 9.4 8.2 9.4 12.6 0 2.9-2.2 4.9-4.7 4.9-1.5 0-2.7-.7-3.5-1.8.2 2.1 1 3.7 2.6 5.3H8.2c1.6-1.6 2.4-3.2 2.6-5.3-.8 1.1-2 1.8-3.5 1.8-2.5 0-4.7-2-4.7-4.9C2.6 9.7 7.7 6.6 12 1.5z",
] as const;

/** Drawn at its place in a larger picture. */
export function Suit({ suit, x, y, size }: { suit: number; x: number; y: number; size: number }) {
  return <path d={SHAPES[suit]} transform={`translate(${x} ${y}) scale(${size / 24})`} />;
}
