/** Keys, for the whole page: which of them are only still down. What is meant by one is key-of.ts. */

/** Those that are down, by their places. */
const down = new Set<string>();
const still = new WeakSet<KeyboardEvent>();

/** Whether the key was down before: one press is one action, however long it is held. */
export function isHeld(event: KeyboardEvent): boolean {
  return event.repeat || still.has(event);
}

function press(event: KeyboardEvent): void {
  const { code, key, metaKey, target } = event;
  const held = event.repeat || down.has(code);
  // A Mac tells of no key that comes up while Command is down.
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
  // What comes up elsewhere is not told here.
  window.addEventListener("blur", () => down.clear());
}
