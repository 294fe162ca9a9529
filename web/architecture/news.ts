import type { Phase, View } from "../../rooms/roulette/types.ts";
import type { Table } from "../../rooms/kernel/table.ts";
import { counted } from "../pages/words.ts";
import { amount } from "../ui/format.ts";

/** Describes what a commit changed at a roulette table. Pure. */

type State = { readonly view: View; readonly table: Table };

/** In the order of events; empty: no visible change. */
export function newsOf(was: State, now: State): readonly string[] {
  const { view, table } = now;
  const news: string[] = [];
  if (table.online !== was.table.online)
    news.push(table.online === 0 ? "Nobody at the table" : `${counted(table.online, "player")} at the table`);
  if (view.last !== null && view.last.round !== was.view.last?.round) {
    const { round, result, staked, returned } = view.last;
    news.push(`Round ${amount(round)} is settled on ${result}: ${amount(staked)} staked, ${amount(returned)} back`);
  }
  const sealed = table.commitments.at(-1);
  if (sealed !== undefined && sealed.round !== was.table.commitments.at(-1)?.round) {
    news.push(`The seal of round ${amount(sealed.round)} is out: ${sealed.hash.slice(0, 12)}\u2026`);
  }
  if (view.phase.name !== was.view.phase.name) {
    const words = phaseWords(view.phase);
    if (words !== null) news.push(words);
  }
  if (view.staked !== was.view.staked && view.staked > 0) {
    news.push(`${amount(view.staked)} from ${counted(view.players, "player")} on the felt`);
  }
  return news;
}

/** Null: described elsewhere. */
function phaseWords(phase: Phase): string | null {
  switch (phase.name) {
    case "waiting":
      return "Ready for the next round";
    case "open":
      return "Bets are open";
    case "closed":
      return "No more bets";
    case "spinning":
      return `The draw gives ${phase.result}`;
    case "settled":
      return null;
    default:
      phase satisfies never;
      return null;
  }
}
