import type { ReactNode } from "react";
import { DENOMINATIONS } from "./denominations.ts";
import { short } from "./format.ts";

/** A chip. Its denomination is shown by colour, by the pattern of its edge, and as text. */

type Look = { readonly base: string; readonly mark: string; readonly ink: string; readonly edge: ReactNode };

const bars = (count: number, width: number, colour: string): ReactNode =>
  Array.from({ length: count }, (_, i) => (
    <rect
      key={i}
      x={24 - width / 2}
      y="0.8"
      width={width}
      height="7.4"
      fill={colour}
      transform={`rotate(${(i / count) * 360} 24 24)`}
    />
  ));
const pairs = (count: number, colour: string): ReactNode =>
  Array.from({ length: count }, (_, i) => (
    <g key={i} transform={`rotate(${(i / count) * 360} 24 24)`} fill={colour}>
      <rect x="19.6" y="0.8" width="3" height="7.4" />
      <rect x="25.4" y="0.8" width="3" height="7.4" />
    </g>
  ));
const dots = (count: number, colour: string): ReactNode =>
  Array.from({ length: count }, (_, i) => (
    <circle key={i} cx="24" cy="4.5" r="1.9" fill={colour} transform={`rotate(${(i / count) * 360} 24 24)`} />
  ));
const points = (count: number, colour: string): ReactNode =>
  Array.from({ length: count }, (_, i) => (
    <path key={i} d="M19.2 0.9h9.6L24 8.4z" fill={colour} transform={`rotate(${(i / count) * 360} 24 24)`} />
  ));
const diamonds = (count: number, colour: string): ReactNode =>
  Array.from({ length: count }, (_, i) => (
    <path key={i} d="M24 0.9l3.2 3.7L24 8.3l-3.2-3.7z" fill={colour} transform={`rotate(${(i / count) * 360} 24 24)`} />
  ));

const LOOKS: Readonly<Record<number, Look>> = {
  1: { base: "#8d9a92", mark: "#f4efe2", ink: "#14201a", edge: bars(4, 3, "#f4efe2") },
  10: { base: "#e8dfc9", mark: "#fffaf0", ink: "#2b2417", edge: bars(6, 7, "#3a6a86") },
  50: { base: "#2f6188", mark: "#3b74a0", ink: "#ffffff", edge: pairs(6, "#f1e8d4") },
  100: { base: "#25282c", mark: "#34383e", ink: "#f7f0de", edge: diamonds(8, "#e6d6ac") },
  500: { base: "#5d3874", mark: "#6f4789", ink: "#ffffff", edge: dots(12, "#f3e7d0") },
  1000: { base: "#a9502f", mark: "#bd6240", ink: "#ffffff", edge: points(6, "#f6e6c8") },
  5000: { base: "#c79b45", mark: "#ddb766", ink: "#251803", edge: points(10, "#4b2a12") },
};

/** The largest denomination not above the amount. */
export function denominationOf(amount: number): number {
  return DENOMINATIONS.findLast((one) => one <= amount) ?? 1;
}

/** A chip as wide as its box, with `amount` written on it. */
export function Chip({ amount }: { readonly amount: number }) {
  const look = LOOKS[denominationOf(amount)];
  if (look === undefined) return null;
  const text = short(amount);
  return (
    <svg viewBox="0 0 48 48" className="chip notranslate" aria-hidden="true">
      <circle cx="24" cy="24" r="23.4" fill={look.base} />
      {look.edge}
      <circle cx="24" cy="24" r="23.2" fill="none" stroke="rgb(0 0 0 / 0.35)" strokeWidth="0.9" />
      <circle cx="24" cy="24" r="15.8" fill={look.mark} stroke="rgb(0 0 0 / 0.28)" strokeWidth="0.8" />
      <circle
        cx="24"
        cy="24"
        r="14"
        fill="none"
        stroke={look.ink}
        strokeOpacity="0.35"
        strokeWidth="0.7"
        strokeDasharray="1.4 1.6"
      />
      <ellipse cx="24" cy="13" rx="15" ry="9" fill="rgb(255 255 255 / 0.1)" />
      <text
        x="24"
        y="24.5"
        fill={look.ink}
        fontSize={text.length > 3 ? 11 : text.length > 2 ? 13 : 15}
        fontWeight="700"
        textAnchor="middle"
        dominantBaseline="central"
      >
        {text}
      </text>
    </svg>
  );
}

/** The number of chips drawn below the top one, so that larger amounts look larger. */
export function heightOf(amount: number): number {
  let rest = amount;
  let count = 0;
  for (const one of DENOMINATIONS.toReversed()) {
    count += Math.floor(rest / one);
    rest %= one;
  }
  return Math.min(4, Math.max(0, count - 1));
}
