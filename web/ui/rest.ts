import { useLayoutEffect, useState, type MouseEvent as Click } from "react";
import { Rest, REST_MS, type Span } from "./resting.ts";

/**
 * What changes its meaning under the finger rests for a moment: a click that was aimed at what stood there before, or the second
 * one of a double click, does nothing. Every control that changes in place, and every box in which others take its place, uses
 * `useRest`; what goes from under the pointer altogether is seen to for the whole page, below.
 */

export type Resting = {
  /** Asked as something is pressed, by hand or by key. */
  readonly rest: Rest;
  /** For the look. */
  readonly on: boolean;
  /** Of the control, or of the box that its like take turns in. While it rests the pointer goes through it (base.css). */
  readonly attrs: {
    readonly "data-resting": true | undefined;
    readonly onClickCapture: (click: Click) => void;
  };
};

/** `means`: what a press would do, in any words that differ when it does. `given`: a rest that keys ask too. */
export function useRest(means: string, ms: Span = REST_MS, given?: Rest): Resting {
  const [own] = useState(() => new Rest());
  const rest = given ?? own;
  const [on, setOn] = useState(false);
  useLayoutEffect(() => {
    rest.tell(means, ms);
    setOn(rest.on);
    if (!rest.on) return undefined;
    const timer = setTimeout(() => setOn(false), rest.leftMs);
    return () => clearTimeout(timer);
    // `ms` belongs to the change of `means`.
  }, [rest, means]);
  const attrs = {
    "data-resting": on || undefined,
    onClickCapture: (click: Click) => {
      // Where the pointer went down counts, not where it came up.
      if (rest.stops(click.detail > 0 ? aimedAt() : performance.now())) stop(click);
    },
  };
  return { rest, on, attrs };
}

function stop(click: Pick<MouseEvent, "preventDefault" | "stopPropagation">): void {
  click.preventDefault();
  click.stopPropagation();
}

// ---- the page ----

/** Longer than this nobody holds a button down to press it; then it was no pointer. */
const HOLD_MS_MAX = 1_500;
let pointerDown = Number.NEGATIVE_INFINITY;

/** When the pointer went down for the click that is being told. */
function aimedAt(): number {
  const now = performance.now();
  return now - pointerDown < HOLD_MS_MAX ? pointerDown : now;
}

/** So near to one another two taps of one finger fall. */
const NEAR_PX = 24;

type Hit = { readonly x: number; readonly y: number; readonly at: number; readonly on: Element };
let last: Hit | null = null;

const controlOf = (target: Element): Element =>
  target.closest("button, a, summary, label, input, select, textarea, [role]") ?? target;

/**
 * The second of two quick clicks at one place is meant for what the first one hit. When that has gone from there (a dialog came or
 * went, a page, a note), it does nothing to what lies there now.
 */
function second(click: MouseEvent): void {
  if (click.detail === 0 || !(click.target instanceof Element)) return;
  const at = performance.now();
  const hit: Hit = { x: click.clientX, y: click.clientY, at, on: controlOf(click.target) };
  const first = last;
  last = hit;
  if (first === null || at - first.at > REST_MS || first.on === hit.on) return;
  if (Math.hypot(hit.x - first.x, hit.y - first.y) > NEAR_PX) return;
  if (first.on.contains(document.elementFromPoint(first.x, first.y))) return;
  // A third one is no better.
  last = { ...hit, on: first.on };
  stop(click);
}

if (typeof document !== "undefined") {
  document.addEventListener("pointerdown", () => (pointerDown = performance.now()), true);
  document.addEventListener("click", second, true);
}
