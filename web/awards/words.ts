import type { Award } from "../api/shapes.ts";
import { amount } from "../ui/format.ts";
import { roomPath, roundPath } from "../ui/rooms.ts";

/** The texts shown to a winner. Pure. [L7] */

/** Awards told together. `away`: they arrived while no page was open. */
export type Won = { readonly awards: readonly Award[]; readonly away: boolean };

/** Parses the draw from an award's id, `<room>:<draw>:<hash>`. Null: it has another form. */
export function drawOf({ id }: Pick<Award, "id">): { readonly room: string; readonly draw: number } | null {
  const found = /^(lottery:[A-Za-z0-9_-]+):(\d+):[0-9a-f]+$/.exec(id);
  return found?.[1] === undefined ? null : { room: found[1], draw: Number(found[2]) };
}

/** Where the award can be checked: the draw's page, or the lottery's for several awards. */
export function pathTo({ awards }: Won): string {
  const [first] = awards;
  const found = first === undefined ? null : drawOf(first);
  return found === null || awards.length > 1
    ? roomPath(found?.room ?? `lottery:${first?.lottery ?? "main"}`)
    : roundPath(found.room, found.draw);
}

/** "You won 240.", and a second line with the reason. */
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

/** Awards that this browser has not told of yet. */
export function untold(awards: readonly Award[], told: readonly string[]): readonly Award[] {
  return awards.filter(({ id }) => !told.includes(id));
}
