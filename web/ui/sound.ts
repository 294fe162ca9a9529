import { kept } from "./kept.ts";
import { Store, useStore } from "./store.ts";

/** The sound setting, off by default. The sounds are in table/sound.ts. */

const KEY = "croupier.sound";
const sound = new Store(kept.get(KEY) === "on");

export function soundIsOn(): boolean {
  return sound.get();
}

export function setSound(next: boolean): void {
  kept.set(KEY, next ? "on" : "off");
  sound.set(next);
}

export function useSound(): boolean {
  return useStore(sound);
}
