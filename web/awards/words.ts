import type { Award } from "../api/shapes.ts";
import { amount } from "../ui/format.ts";
import { roomPath, roundPath } from "../ui/rooms.ts";

/** What a winner is told, wherever they are. Pure. [L7] */

/** Awards that are told together. `away`: they came while nobody was here. */
export type Won = { readonly awards: readonly Award[]; readonly away: boolean };

/** The draw that an award's id names: `<room>:<draw>:<hash>`. Null when it names none. */
export function drawOf({ id }: Pick<Award, "id">): { readonly room: string; readonly draw: number } | null {
  const found = /^(lottery:[A-Za-z0-9_-]+):(\d+):[0-9a-f]+$/.exec(id);
  return found?.[1] === undefined ? null : { room: found[1], draw: Number(found[2]) };
}

/** Where it can be checked: the page of the draw; the lottery, when there are several. */
export function pathTo({ awards }: Won): string {
  const [first] = awards;
  const found = first === undefined ? null : drawOf(first);
  return found === null || awards.length > 1
    ? roomPath(found?.room ?? `lottery:${first?.lottery ?? "main"}`)
    : roundPath(found.room, found.draw);
}

/** "You won 240." with what for, in a line of its own. */
export function wonWords({ awards, away }: Won): { readonly title: string; readonly line: string } {
  const sum = awards.reduce((all, one) => all + one.amount, 0);
  const title = `You won ${amount(sum)}`;
  const [first] = awards;
  const found = first === undefined ? null : drawOf(first);
  const which =
    awards.length > 1
      ? `${amount(awards.length)} draws of the lottery`
      : found === null
        ? "A draw of the lottery"
        : `Draw ${amount(found.draw)} of the lottery`;
  return { title, line: away ? `${which}, while you were away.` : `${which}.` };
}

/** Those that this browser has not told of yet. */
export function untold(awards: readonly Award[], told: readonly string[]): readonly Award[] {
  return awards.filter(({ id }) => !told.includes(id));
}
