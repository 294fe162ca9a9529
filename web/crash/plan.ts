import { factorOf } from "../../rooms/crash/target.ts";
import type { Command, Config } from "../../rooms/crash/types.ts";
import { amount as words } from "../ui/format.ts";
import { readNumber } from "../ui/number.ts";
import { readAmount, readTarget } from "./inputs.ts";

type StrategyCommand = Extract<Command, { type: "strategy" }>;

const ROUNDS_MAX = 10_000;

/** Parses the form's fields into a command, or returns an error message. Pure. */
export function readPlan(field: (name: string) => string, config: Config): StrategyCommand | string {
  const amount = readAmount(field("amount"), config);
  if (amount.value === null) return amount.fault;
  const target = readTarget(field("target"), config);
  if (target.fault !== null) return `Out at: ${target.fault}`;
  if (target.value === null) return "A strategy needs a target to get out at.";
  const onWin = factorIn(field, "onWin");
  const onLoss = factorIn(field, "onLoss");
  if (typeof onWin === "string") return `After a win: ${onWin}`;
  if (typeof onLoss === "string") return `After a loss: ${onLoss}`;
  const rounds = wholeIn(field, "rounds", "Flights", ROUNDS_MAX);
  const stopLoss = wholeIn(field, "stopLoss", "Lose no more than");
  const stopWin = wholeIn(field, "stopWin", "Stop at a win of");
  for (const read of [rounds, stopLoss, stopWin]) if (typeof read === "string") return read;
  return {
    type: "strategy",
    amount: amount.value,
    autoCashout: target.value / 100,
    ...given("onWin", onWin),
    ...given("onLoss", onLoss),
    ...given("rounds", rounds),
    ...given("stopLoss", stopLoss),
    ...given("stopWin", stopWin),
  };
}

function given<Name extends string>(name: Name, value: number | string | null): { [name in Name]?: number } {
  const out: { [name in Name]?: number } = {};
  if (typeof value === "number") out[name] = value;
  return out;
}

/** Null: the amount is reset to the first one. */
function factorIn(field: (name: string) => string, name: string): number | string | null {
  if (field(`${name}How`) !== "times") return null;
  const { value, fault } = readNumber(field(name));
  if (value === null) return fault;
  const read = factorOf(value);
  return typeof read === "object" && read !== null ? read.message : value;
}

/** Null: the field is empty. */
function wholeIn(
  field: (name: string) => string,
  name: string,
  label: string,
  max = 1_000_000_000,
): number | string | null {
  if (field(name).trim() === "") return null;
  const { value, fault } = readNumber(field(name), { whole: true });
  if (value === null) return `${label}: ${fault}`;
  if (value < 1 || value > max) {
    return `${label}: a whole number from 1 to ${words(max)}, or nothing.`;
  }
  return value;
}
