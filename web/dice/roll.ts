import * as z from "zod/mini";
import { freshClientSeed, hasGiven, markGiven, unmarkGiven } from "../table/client-seed.ts";
import { say } from "../table/notice.ts";
import { wordsFor } from "../table/refusals.ts";
import { chime, clack } from "../table/sound.ts";
import { announce } from "../ui/announce.tsx";
import { signed } from "../ui/format.ts";
import type { DiceLink } from "./context.tsx";
import { digits, type Bet } from "./words.ts";

/** The player's actions: rolling, and sending a client seed while it still counts. */

const REFUSED = {
  above_table_maximum: "The house cannot pay so much on one roll. Less, or a better chance.",
  no_profit: "So few chips could win nothing at this chance.",
} as const;

const rolled = z.object({ rolled: z.int(), payout: z.int() });

/** The first roll of a round carries a client seed, which must come before any roll. Resolves when the table has answered. */
export async function roll(link: DiceLink, amount: number, bet: Bet): Promise<void> {
  const { known } = link.get();
  if (known === null) return;
  const { round, rolls } = known.view;
  const first = rolls === 0 && !hasGiven(link, round);
  if (first) markGiven(link, round);
  clack();
  const answer = await link.send({ type: "roll", amount, ...bet, ...(first && { clientSeed: freshClientSeed() }) });
  if (!answer.ok) {
    if (first) unmarkGiven(link, round);
    say(wordsFor(answer, REFUSED));
    return;
  }
  const { success, data } = rolled.safeParse(answer.result);
  if (!success) return;
  if (data.payout > 0) chime();
  announce(`Rolled ${digits(data.rolled)}, ${signed(data.payout - amount)}.`);
}

/** A player who rolled lately sends a client seed as soon as a new round opens, even if others roll first. */
export function offerWords(link: DiceLink): void {
  const { known, connection } = link.get();
  if (connection !== "live" || known === null || known.seat === null) return;
  const { view, seat } = known;
  if (view.rolls > 0 || seat.last.length === 0 || hasGiven(link, view.round)) return;
  markGiven(link, view.round);
  void link.send({ type: "clientSeed", value: freshClientSeed() }).then((answer) => {
    if (!answer.ok && answer.code === "not_ready") unmarkGiven(link, view.round);
  });
}
