import { decompose } from "../../rooms/roulette/calls.ts";
import type { Seat, Spot } from "../../rooms/roulette/types.ts";
import type { Wheel } from "../../rooms/roulette/wheel.ts";
import type { Pending } from "../live/pending.ts";
import type { TableCommand } from "./commands.ts";

/** The expected layout once all pending commands are accepted. Only a prediction. */

export type Sums = Readonly<Record<Spot, number>>;

/** The signed changes by spot of commands that have no answer yet. */
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
        // An undo of a pending command takes effect here at once; for older bets the server's answer is needed.
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
