import type { Pocket } from "../../../rooms/roulette/types.ts";
import { bowl } from "./bowl.ts";
import type { Ctx } from "./brush.ts";
import { light } from "./light.ts";
import { rotor } from "./rotor.ts";

/**
 * The wheel's parts, each painted once: the bowl that stands still, the rotor that turns under a light that does not, and the
 * light itself. Turning them is the compositor's work (wheel.tsx); nothing is painted twice.
 */

export const PARTS = ["bowl", "rotor", "light"] as const;
export type Part = (typeof PARTS)[number];
const PAINTERS: Record<Part, (ctx: Ctx, order: readonly Pocket[]) => void> = { bowl, rotor, light };

/** Several wheels of one size, as in the lobby, are painted once. */
const painted = new Map<string, HTMLCanvasElement>();
const PAINTED_MAX = 9;

/** Puts a part on a canvas of `size` device pixels. `wheel` names the order. */
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

/** The faces have changed: what holds numbers has to be painted anew. */
export function forgetPainted(): void {
  painted.clear();
}

/** Its unit is the wheel's radius and its origin the centre. */
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
