import { amount } from "../ui/format.ts";

/** The texts of the reality check. Pure. */

/** "1 minute", "45 minutes", "2 hours and 5 minutes". */
export function hereFor(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [hours > 0 ? counted(hours, "hour") : "", rest > 0 || hours === 0 ? counted(rest, "minute") : ""];
  return parts.filter((part) => part !== "").join(" and ");
}

function counted(howMany: number, what: string): string {
  return `${howMany} ${what}${howMany === 1 ? "" : "s"}`;
}

export function netWords(staked: number, net: number): string {
  if (staked === 0) return "You have not staked anything.";
  if (net === 0) return "You have exactly what you came with.";
  return net > 0 ? `You are ${amount(net)} chips ahead.` : `You are ${amount(-net)} chips behind.`;
}
