import type { Phase, X100 } from "../../rooms/crash/types.ts";
import { amount, signed, times } from "../ui/format.ts";
import type { Place, Standing } from "./slots.ts";

/** The line of text in a slot about its bet. Pure. */

export type Line = { readonly text: string; readonly tone: "plain" | "won" | "lost" };

export function lineOf(phase: Phase, { bet, queued, asked, last }: Place): Line | null {
  if (asked?.type === "bet") return plain(`${bid(asked)}, on its way`);
  const next = queued === null ? "" : ` \u00b7 ${amount(queued.amount)} waits for the next`;
  switch (phase.name) {
    case "waiting":
    case "betting":
      return bet === null ? ended(last, "") : plain(`${bid(bet)}, on this flight`);
    case "running":
      if (bet === null) return queued === null ? null : plain(`${bid(queued)}, for the next flight`);
      if (bet.out === null) return plain(`${bid(bet)}, in the air`);
      return { text: `${outWords(bet)}${next}`, tone: bet.out.paid > bet.amount ? "won" : "plain" };
    case "crashed":
      return ended(last, next) ?? (queued === null ? null : plain(`${bid(queued)}, for the next flight`));
    default:
      phase satisfies never;
      return null;
  }
}

/** The result of the bet in the previous flight; null: no bet. */
function ended(last: Place["last"], next: string): Line | null {
  if (last === null) return null;
  if (last.out === null) return { text: `Crashed, ${signed(0 - last.amount)}${next}`, tone: "lost" };
  return { text: `${outWords(last)}${next}`, tone: last.out.paid > last.amount ? "won" : "plain" };
}

/** "50 until 2.00×", or "50" without a target. */
function bid({ amount: chips, targetX100 }: { readonly amount: number; readonly targetX100: X100 | null }): string {
  return targetX100 === null ? amount(chips) : `${amount(chips)} until ${times(targetX100)}`;
}

/** "Cashed out at 2.35×, +135". */
export function outWords({ amount: chips, out }: Standing): string {
  if (out === null) return "";
  const how = { hand: "Cashed out at", target: "Out at your target,", force: "Paid at the house\u2019s limit," }[
    out.by
  ];
  return `${how} ${times(out.x100)}, ${signed(out.paid - chips)}`;
}

function plain(text: string): Line {
  return { text, tone: "plain" };
}
