import { useEffect, useRef, type RefObject } from "react";
import type { LegalBet } from "../../../rooms/roulette/layout.ts";
import { pointOf, type Turn } from "./place.ts";

/**
 * Aiming by touch, since a finger is wider than a line between numbers. Holding a finger on the felt names the nearest spot above
 * it, sliding selects another, and lifting bets. Short touches work as clicks, and the page still scrolls.
 */

export type Aim = { readonly bet: LegalBet; readonly x: number; readonly y: number };

const HOLD_MS = 240;
const SLOP_PX = 10;

export function useAim(
  felt: RefObject<HTMLElement | null>,
  bets: readonly LegalBet[],
  turn: Turn,
  onAim: (aim: Aim | null) => void,
  onBet: (bet: LegalBet) => void,
): void {
  const latest = useRef({ bets, turn, onAim, onBet });
  useEffect(() => {
    latest.current = { bets, turn, onAim, onBet };
  });

  useEffect(() => {
    const target = felt.current;
    if (target === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let start: { x: number; y: number } | null = null;
    let aiming: LegalBet | null = null;

    const aimAt = (x: number, y: number): void => {
      const { bets: all, turn: way, onAim: tell } = latest.current;
      const box = target.getBoundingClientRect();
      aiming = nearest(all, way, box, x, y);
      if (aiming !== null) tell({ bet: aiming, x: x - box.left, y: y - box.top });
    };
    const stop = (): void => {
      clearTimeout(timer);
      start = null;
      if (aiming !== null) latest.current.onAim(null);
      aiming = null;
    };
    const begin = (event: TouchEvent): void => {
      stop();
      const touch = event.touches[0];
      if (event.touches.length !== 1 || touch === undefined) return;
      const at = { x: touch.clientX, y: touch.clientY };
      start = at;
      timer = setTimeout(() => aimAt(at.x, at.y), HOLD_MS);
    };
    const move = (event: TouchEvent): void => {
      const touch = event.touches[0];
      if (touch === undefined || start === null) return;
      if (aiming !== null) {
        event.preventDefault();
        aimAt(touch.clientX, touch.clientY);
      } else if (Math.hypot(touch.clientX - start.x, touch.clientY - start.y) > SLOP_PX) {
        stop();
      }
    };
    const end = (event: TouchEvent): void => {
      const chosen = aiming;
      // Suppresses the click that would follow.
      if (chosen !== null) event.preventDefault();
      stop();
      if (chosen !== null) latest.current.onBet(chosen);
    };
    const menu = (event: Event): void => {
      if (start !== null) event.preventDefault();
    };
    target.addEventListener("touchstart", begin, { passive: true });
    target.addEventListener("touchmove", move, { passive: false });
    target.addEventListener("touchend", end, { passive: false });
    target.addEventListener("touchcancel", stop);
    target.addEventListener("contextmenu", menu);
    return () => {
      stop();
      target.removeEventListener("touchstart", begin);
      target.removeEventListener("touchmove", move);
      target.removeEventListener("touchend", end);
      target.removeEventListener("touchcancel", stop);
      target.removeEventListener("contextmenu", menu);
    };
  }, [felt]);
}

/** The spot whose chip would be nearest. */
function nearest(bets: readonly LegalBet[], turn: Turn, box: DOMRect, x: number, y: number): LegalBet | null {
  let best: LegalBet | null = null;
  let least = Infinity;
  for (const bet of bets) {
    const { left, top } = pointOf(bet.at, turn);
    const far = Math.hypot(box.left + (left / 100) * box.width - x, box.top + (top / 100) * box.height - y);
    if (far < least) {
      least = far;
      best = bet;
    }
  }
  return best;
}
