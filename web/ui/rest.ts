import { useLayoutEffect, useState, type MouseEvent as Click } from "react";
import { Rest, REST_MS, type Span } from "./resting.ts";

/**
 * Blocks presses for a moment when a control changes its meaning: a click aimed at the former control, or the second one of a
 * double click, does nothing. Every control that changes in place, and every box in which controls replace each other, uses
 * `useRest`. Controls that disappear under the pointer are handled for the whole page, below.
 */

export type Resting = {
  /** Consulted on each press, by pointer or key. */
  readonly rest: Rest;
  /** Whether presses are blocked now, for the styling. */
  readonly on: boolean;
  /** For the control, or the box in which controls replace each other. While blocked, it ignores the pointer (base.css). */
  readonly attrs: {
    readonly "data-resting": true | undefined;
    readonly onClickCapture: (click: Click) => void;
  };
};

/** `means`: a code for what a press would do, different whenever that differs. `given`: a `Rest` shared with key handlers. */
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
    // Not on `ms`: it belongs to the change of `means`.
  }, [rest, means]);
  const attrs = {
    "data-resting": on || undefined,
    onClickCapture: (click: Click) => {
      // The time of the pointer's press counts, not that of its release.
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

/** A longer press than this is not the start of a click. */
const HOLD_MS_MAX = 1_500;
let pointerDown = Number.NEGATIVE_INFINITY;

/** When the pointer was pressed for the current click. */
function aimedAt(): number {
  const now = performance.now();
  return now - pointerDown < HOLD_MS_MAX ? pointerDown : now;
}

/** Two taps of one finger are within this distance. */
const NEAR_PX = 24;

type Hit = { readonly x: number; readonly y: number; readonly at: number; readonly on: Element };
let last: Hit | null = null;

const controlOf = (target: Element): Element =>
  target.closest("button, a, summary, label, input, select, textarea, [role]") ?? target;

/**
 * The second of two quick clicks at one place is meant for the target of the first. If that is gone (a dialog, a page or a
 * message appeared or disappeared), the second click is ignored.
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
  // The same applies to a third click.
  last = { ...hit, on: first.on };
  stop(click);
}

if (typeof document !== "undefined") {
  document.addEventListener("pointerdown", () => (pointerDown = performance.now()), true);
  document.addEventListener("click", second, true);
}
