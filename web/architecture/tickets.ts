import * as z from "zod/mini";
import { ask } from "../api/client.ts";
import type { LotteryLink } from "../lottery/context.tsx";
import type { InDraw } from "./match.ts";

/** Looks for a stake's ticket in public data: the open draw, the started one, and the latest finished ones. */

const ticket = z.object({
  id: z.string(),
  player: z.string(),
  stake: z.int(),
  weight: z.int(),
  stakes: z.int(),
});
type Seen = z.infer<typeof ticket>;
const page = z.object({ draw: z.int(), tickets: z.array(ticket), next: z.nullable(z.int()) });
const record = z.object({ outcome: z.object({ tickets: z.array(ticket) }) });

/** Pages of fifty tickets. Larger draws are not read to the end. */
const PAGES_MAX = 8;
const DRAWS_BACK = 3;

/** All tickets visible now, newest draws first. */
export async function visibleTickets(link: LotteryLink, player: string): Promise<readonly InDraw[]> {
  const open = [...(await asked(link, "waiting")), ...(await asked(link, "started"))];
  const found = open.filter((one) => one.player === player);
  const history = link.get().known?.view.history.slice(0, DRAWS_BACK) ?? [];
  const over = await Promise.all(history.map(({ draw }) => drawn(draw)));
  return [...found, ...over.flat().filter((one) => one.player === player)];
}

async function asked(link: LotteryLink, of: "waiting" | "started"): Promise<readonly InDraw[]> {
  if (link.get().known?.seat == null) return [];
  const found: InDraw[] = [];
  let from: number | null = 0;
  for (let n = 0; n < PAGES_MAX && from !== null; n++) {
    const answer = await link.send({ type: "tickets", of, from });
    const read = answer.ok ? page.safeParse(answer.result) : null;
    if (read?.success !== true) return found;
    const { draw, tickets, next }: z.infer<typeof page> = read.data;
    const first: number = from;
    found.push(...tickets.map((one, i) => placed(one, draw, first + i, false)));
    from = next;
  }
  return found;
}

const books = new Map<number, readonly InDraw[]>();

async function drawn(draw: number): Promise<readonly InDraw[]> {
  const known = books.get(draw);
  if (known !== undefined) return known;
  const path = { game: "lottery", id: "main", n: draw };
  const read = await ask("GET /api/rooms/{game}/{id}/rounds/{n}", record, { path }).catch(() => null);
  const found = read?.outcome.tickets.map((one, i) => placed(one, draw, i, true)) ?? [];
  books.set(draw, found);
  return found;
}

function placed({ id, player, stake, weight, stakes }: Seen, draw: number, place: number, over: boolean): InDraw {
  return { id, player, stake, weight, stakes, draw, place, drawn: over };
}
