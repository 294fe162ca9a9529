import { useSyncExternalStore } from "react";

const query = matchMedia("(prefers-reduced-motion: reduce)");

export function prefersReducedMotion(): boolean {
  return query.matches;
}

/** Whether the visitor asked for less motion; follows the setting while the page is open. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore((changed) => {
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, prefersReducedMotion);
}
