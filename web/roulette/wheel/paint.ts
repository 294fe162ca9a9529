import type { Pocket } from "../../../rooms/roulette/types.ts";
import { bowl } from "./bowl.ts";
import type { Ctx } from "./brush.ts";
import { light } from "./light.ts";
import { rotor } from "./rotor.ts";

/**
 * Paints each part of the wheel once: the fixed bowl, the turning rotor, and the fixed light above it. The browser's compositor
 * turns the rotor (wheel.tsx), so nothing is repainted.
 */

export const PARTS = ["bowl", "rotor", "light"] as const;
export type Part = (typeof PARTS)[number];
const PAINTERS: Record<Part, (ctx: Ctx, order: readonly Pocket[]) => void> = { bowl, rotor, light };

/** A cache: wheels of the same size, as in the lobby, are painted once. */
const painted = new Map<string, HTMLCanvasElement>();
const PAINTED_MAX = 9;

/** Puts a part on a canvas of `size` device pixels. `wheel` is the cache key for `order`. */
export function paint(
  canvas: HTMLCanvasElement,
  part: Part,
  wheel: string,
  order: readonly Pocket[],
  size: number,
): void {
  const key = `${wheel} ${part} ${size}`;
  const source = painted.get(key) ?? paintNew(part, order, size);
  painted.delete(key);
  painted.set(key, source);
  for (const oldest of painted.keys()) if (painted.size > PAINTED_MAX) painted.delete(oldest);
  canvas.width = size;
  canvas.height = size;
  canvas.getContext("2d")?.drawImage(source, 0, 0);
}

/** Clears the cache when fonts have loaded, since numbers must be repainted. */
export function forgetPainted(): void {
  painted.clear();
}

/** Paints in units of the wheel's radius, with the origin at the centre. */
function paintNew(part: Part, order: readonly Pocket[], size: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const ctx = canvas.getContext("2d");
  if (ctx === null) return canvas;
  ctx.setTransform(size / 2, 0, 0, size / 2, size / 2, size / 2);
  PAINTERS[part](ctx, order);
  return canvas;
}
