import { useSyncExternalStore } from "react";

const query = matchMedia("(prefers-reduced-motion: reduce)");

export function prefersReducedMotion(): boolean {
  return query.matches;
}

/** Whether the visitor prefers reduced motion; updates when the setting changes. */
export function useReducedMotion(): boolean {
  return useSyncExternalStore((changed) => {
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, prefersReducedMotion);
}
