import { prefersReducedMotion } from "../ui/reduced-motion.ts";

/** Animates chips: a copy of a drawn chip flies over the page from one place to another. Nothing waits for it. */

export type Flight = {
  readonly node: Element;
  readonly from: DOMRect;
  readonly to: DOMRect;
  readonly ms?: number;
  readonly delayMs?: number;
};

export function fly({ node, from, to, ms = 280, delayMs = 0 }: Flight): void {
  if (prefersReducedMotion() || document.visibilityState !== "visible") return;
  const copy = node.cloneNode(true);
  if (!(copy instanceof Element)) return;
  const size = Math.min(from.width, from.height, 44);
  const box = document.createElement("div");
  box.className = "flight";
  box.setAttribute("aria-hidden", "true");
  box.style.width = `${size}px`;
  // Hidden until the animation starts.
  box.style.opacity = "0";
  box.append(copy);
  document.body.append(box);
  const start = middle(from, size);
  const end = middle(to, size);
  const shrink = Math.max(0.5, Math.min(1, Math.min(to.width, to.height) / size));
  const lift = Math.min(70, Math.hypot(end.x - start.x, end.y - start.y) * 0.18);
  const flight = box.animate(
    [
      { transform: `translate(${start.x}px, ${start.y}px) scale(1)`, opacity: 1, offset: 0 },
      {
        transform: `translate(${(start.x + end.x) / 2}px, ${(start.y + end.y) / 2 - lift}px) scale(1.12)`,
        opacity: 1,
        offset: 0.5,
      },
      { transform: `translate(${end.x}px, ${end.y}px) scale(${shrink})`, opacity: 1, offset: 1 },
    ],
    { duration: ms, delay: delayMs, easing: "cubic-bezier(0.3, 0.1, 0.25, 1)", fill: "forwards" },
  );
  const land = (): void => box.remove();
  flight.finished.then(land, land);
}

function middle(rect: DOMRect, size: number): { x: number; y: number } {
  return { x: rect.left + rect.width / 2 - size / 2, y: rect.top + rect.height / 2 - size / 2 };
}

/** Removes all flying chips when the table is left. */
export function ground(): void {
  for (const flight of document.querySelectorAll(".flight")) flight.remove();
}

/** Flies the selected chip from the rack to a spot. */
export function flyToSpot(stake: number, spot: string, delayMs = 0): void {
  const chip = document.querySelector(`[data-chip="${stake}"] .chip`);
  const target = document.querySelector(`[data-spot="${spot}"]`);
  if (chip === null || target === null) return;
  fly({ node: chip, from: chip.getBoundingClientRect(), to: target.getBoundingClientRect(), delayMs });
}

/** Flies winnings from the wheel to the winning spots, and a little later everything from there to the purse. */
export function flyHome(spots: readonly string[]): void {
  const wheel = document.querySelector("[data-wheel]");
  const purse = document.querySelector("[data-purse]");
  if (wheel === null || purse === null) return;
  spots.slice(0, 12).forEach((spot, i) => {
    const node = document.querySelector(`[data-spot="${spot}"] .payout .chip`);
    const target = document.querySelector(`[data-spot="${spot}"]`);
    if (node === null || target === null) return;
    const there = target.getBoundingClientRect();
    fly({ node, from: wheel.getBoundingClientRect(), to: there, ms: 420, delayMs: i * 60 });
    fly({
      node,
      from: node.getBoundingClientRect(),
      to: purse.getBoundingClientRect(),
      ms: 520,
      delayMs: 1_700 + i * 60,
    });
  });
}
