import { useSyncExternalStore } from "react";
import { kept } from "./kept.ts";

/** Sound exists and is off. What plays is in table/sound.ts; here is only whether it may. */

const KEY = "croupier.sound";
let on = kept.get(KEY) === "on";
const listeners = new Set<() => void>();

export function soundIsOn(): boolean {
  return on;
}

export function setSound(next: boolean): void {
  on = next;
  kept.set(KEY, next ? "on" : "off");
  for (const listener of listeners) listener();
}

export function useSound(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, soundIsOn);
}
