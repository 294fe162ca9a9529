import type { Decision, Facts, PlayerId, Refusal } from "../game.ts";
import { setAuto } from "./auto.ts";
import { decompose } from "./calls.ts";
import type { Event, Placed } from "./events.ts";
import { betOn } from "./layout.ts";
import { opening, place } from "./place.ts";
import { betsOf } from "./stacks.ts";
import { isOpen, placeOf, slipOf, type Slip, type State } from "./state.ts";
import type { Bet, Command, Spot } from "./types.ts";

/** Handles the commands of players. Each is carried out as a whole or refused with a code; a refusal changes nothing. */

/** Most players of a spot in one answer. */
export const WHO_MAX = 50;

export function decideCommand(state: State, player: PlayerId, command: Command, facts: Facts): Decision<Event> {
  if ("round" in command && command.round !== undefined && command.round !== state.round) {
    const message = `That was meant for round ${command.round}; this is round ${state.round}.`;
    return { refused: "old_round", message };
  }
  switch (command.type) {
    case "bet":
      return put(state, player, command.bets, command.type, facts);
    case "call": {
      const called = decompose(state.config.wheel, command);
      return "refused" in called
        ? (refusalOf(state, facts) ?? called)
        : put(state, player, called.bets, command.type, facts);
    }
    case "double": {
      const slip = slipOf(state, player);
      if (slip === null) return refusalOf(state, facts) ?? NOTHING_TO.double;
      return put(state, player, betsOf(state.config.wheel, slip.stacks), command.type, facts);
    }
    case "repeat": {
      const last = placeOf(state, player)?.last ?? [];
      if (last.length === 0) return refusalOf(state, facts) ?? NOTHING_TO.repeat;
      return put(state, player, last, command.type, facts);
    }
    case "undo":
    case "clear":
      return takeBack(state, player, command.type);
    case "autoRepeat":
      return setAuto(state, player, command, facts);
    case "who":
      return who(state, command.spot);
    default:
      command satisfies never;
      return { refused: "unknown_command", message: "There is no such command." };
  }
}

const CLOSED: Refusal = { refused: "bets_closed", message: "Bets are closed for this spin." };
const PAUSED: Refusal = { refused: "paused", message: "The table is paused: no new bets for now." };
const NOTHING_TO: Readonly<Record<"undo" | "clear" | "double" | "repeat", Refusal>> = {
  undo: { refused: "nothing_to_undo", message: "You have no bets to take back." },
  clear: { refused: "nothing_to_clear", message: "You have no bets to clear." },
  double: { refused: "nothing_to_double", message: "You have no bets to double." },
  repeat: { refused: "nothing_to_repeat", message: "You have no earlier bets to repeat." },
};

/** Why no new bet is taken now: betting is closed, as it is between rounds [R5], or the table is paused. Null: bets are taken. */
function refusalOf(state: State, { table }: Facts): Refusal | null {
  if (!isOpen(state)) return CLOSED;
  return table === "paused" ? PAUSED : null;
}

function put(state: State, player: PlayerId, bets: readonly Bet[], by: Placed["by"], facts: Facts): Decision<Event> {
  const placed = refusalOf(state, facts) ?? place(state, player, bets, by);
  return "refused" in placed ? placed : { events: [placed, ...opening(state, facts.now)] };
}

/** Bets can be taken back while betting is open, also at a paused table. [R7] */
function takeBack(state: State, player: PlayerId, by: "undo" | "clear"): Decision<Event> {
  if (!isOpen(state)) return CLOSED;
  const slip = slipOf(state, player);
  if (slip === null) return NOTHING_TO[by];
  const all = betsOf(state.config.wheel, slip.stacks);
  return { events: [{ type: "taken", player, by, bets: by === "undo" ? lastStep(slip, all) : all }] };
}

/** The bets of the last action, or all that is left once no single action is remembered. */
function lastStep(slip: Slip, all: readonly Bet[]): readonly Bet[] {
  return slip.steps.at(-1) ?? all;
}

/** The players on a spot, most chips first. [R9] */
function who(state: State, spot: Spot): Decision<Event> {
  const bet = betOn(state.config.wheel, spot);
  if (bet === undefined) return { refused: "illegal_spot", message: "There is no such bet on this layout." };
  const players = state.places
    .map(({ player, slip }) => ({ player, amount: slip?.stacks[bet.index] ?? 0 }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount);
  return { events: [], result: { players: players.slice(0, WHO_MAX) } };
}
