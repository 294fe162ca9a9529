import type { Day } from "../api/stats.ts";

/** The geometry of the balance chart, in a picture 100 wide that is stretched to its place. Pure. */

/** Heights: the line's part, the zero line of the bars, and the whole. */
export const TALL = { line: 62, zero: 82, all: 100 } as const;
const BARS_MAX = 15;
/** The line's distance from the edges of its part. */
const AIR = 5;

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The range of the line. A constant balance is drawn in the middle. */
export function scaleOf(days: readonly Pick<Day, "balance">[]): { readonly low: number; readonly high: number } {
  const balances = days.map(({ balance }) => balance);
  return { low: Math.min(...balances), high: Math.max(...balances) };
}

const middle = (i: number, howMany: number): number => round(((i + 0.5) / howMany) * 100);

export function lineOf(days: readonly Pick<Day, "balance">[]): {
  readonly path: string;
  readonly from: number;
  readonly to: number;
} {
  const { low, high } = scaleOf(days);
  const over = high - low;
  const y = (balance: number): number =>
    round(over === 0 ? TALL.line / 2 : AIR + (1 - (balance - low) / over) * (TALL.line - 2 * AIR));
  // A single day is drawn as a level line, not as a point.
  const points =
    days.length === 1
      ? [0, 100].map((x) => `${x},${y(days[0]?.balance ?? 0)}`)
      : days.map(({ balance }, i) => `${middle(i, days.length)},${y(balance)}`);
  const [from, to] = days.length === 1 ? [0, 100] : [middle(0, days.length), middle(days.length - 1, days.length)];
  return { path: `M${points.join(" L")}`, from, to };
}

/** One bar a day: up for a win, down for a loss, none for zero. */
export function barsOf(
  days: readonly Pick<Day, "returned" | "wagered">[],
): readonly { readonly won: boolean; readonly box: Box }[] {
  const nets = days.map(({ returned, wagered }) => returned - wagered);
  const most = Math.max(1, ...nets.map(Math.abs));
  const width = Math.min(6, (100 / days.length) * 0.62);
  return nets.map((net, i) => {
    const height = round((Math.abs(net) / most) * BARS_MAX);
    const x = round(middle(i, days.length) - width / 2);
    return { won: net > 0, box: { x, y: net > 0 ? round(TALL.zero - height) : TALL.zero, width, height } };
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
