/** Tracks which keys are held down, for the whole page. The meaning of a key is in key-of.ts. */

/** The keys that are down, by `code`. */
const down = new Set<string>();
const still = new WeakSet<KeyboardEvent>();

/** Whether the key was already down: holding a key counts as one press. */
export function isHeld(event: KeyboardEvent): boolean {
  return event.repeat || still.has(event);
}

function press(event: KeyboardEvent): void {
  const { code, key, metaKey, target } = event;
  const held = event.repeat || down.has(code);
  // While Command is down, macOS reports no keyup for other keys.
  if (code !== "" && !metaKey) down.add(code);
  if (!held) return;
  still.add(event);
  if (!(target instanceof Element)) return;
  const presses =
    key === "Enter" ? target.closest("textarea") === null : key === " " && target.closest("[role=button]");
  if (!presses) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function release({ code, key }: KeyboardEvent): void {
  if (key === "Meta") down.clear();
  else down.delete(code);
}

if (typeof window !== "undefined") {
  window.addEventListener("keydown", press, true);
  window.addEventListener("keyup", release, true);
  // Keyups in other windows are not reported.
  window.addEventListener("blur", () => down.clear());
}
