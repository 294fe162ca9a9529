import { decompose } from "../../rooms/roulette/calls.ts";
import type { Seat, Spot } from "../../rooms/roulette/types.ts";
import type { Wheel } from "../../rooms/roulette/wheel.ts";
import type { Pending } from "../live/pending.ts";
import type { TableCommand } from "./commands.ts";

/** Chips on their way: what the layout will hold when everything that was asked for is taken. Never more than a guess. */

export type Sums = Readonly<Record<Spot, number>>;

/** Changes by spot (signed) of the commands that the room has not answered yet. */
export function pendingOf(wheel: Wheel, seat: Seat, pending: readonly Pending<TableCommand>[]): Sums {
  const steps: Record<Spot, number>[] = [];
  const lying = (): Record<Spot, number> => merge([seat.bets, ...steps]);
  for (const { command } of pending) {
    switch (command.type) {
      case "bet":
        steps.push(merge(command.bets.map(({ spot, amount }) => ({ [spot]: amount }))));
        break;
      case "call": {
        const called = decompose(wheel, command);
        if ("bets" in called) steps.push(merge(called.bets.map(({ spot, amount }) => ({ [spot]: amount }))));
        break;
      }
      case "double":
        steps.push(lying());
        break;
      case "repeat":
        steps.push(merge(seat.last.map(({ spot, amount }) => ({ [spot]: amount }))));
        break;
      case "clear":
        steps.push(Object.fromEntries(Object.entries(lying()).map(([spot, sum]) => [spot, -sum])));
        break;
      case "undo":
        // What was not answered yet is taken back at once; for anything older the room knows best.
        steps.pop();
        break;
      default:
        break;
    }
  }
  return merge(steps);
}

export function sumOf(sums: Sums): number {
  return Object.values(sums).reduce((sum, one) => sum + one, 0);
}

function merge(parts: readonly Sums[]): Record<Spot, number> {
  const out: Record<Spot, number> = {};
  for (const part of parts) {
    for (const [spot, sum] of Object.entries(part)) out[spot] = (out[spot] ?? 0) + sum;
  }
  return out;
}
