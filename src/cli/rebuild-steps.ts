import * as z from "zod";

/** The steps of `npm run rebuild`; `ask` makes the calls. */

/** One call to /api/operator/model. Rejects when it is refused or gets no answer. */
export type Ask = (method: "GET" | "POST", path: string, body?: unknown) => Promise<unknown>;

const state = z.object({ sum: z.string(), facts: z.number() });
const known = z.object({ players: z.array(z.string()), next: z.string().nullable() });
const step = z.object({ next: z.string().nullable(), events: z.number(), players: z.array(z.string()) });
const told = z.object({ events: z.number() });

export type Rebuilt = { readonly before: z.infer<typeof state>; readonly after: z.infer<typeof state> };

const PLAYERS = 100;

export async function rebuild(ask: Ask, say: (line: string) => void): Promise<Rebuilt> {
  const before = state.parse(await ask("GET", ""));
  say(`before   ${before.sum}  ${before.facts} facts`);
  // Players who never played are in no room's journal, so their ids are read from the model before it is emptied.
  const players = await everybody(ask);
  let { next } = step.parse(await ask("POST", "/rebuild", { cursor: null }));
  await tell(ask, players, new Set(), say);
  const seen = new Set<string>();
  for (let room = ""; next !== null;) {
    const name = next.slice(0, next.indexOf("@"));
    if (name !== room) say(name);
    room = name;
    const done: z.infer<typeof step> = step.parse(await ask("POST", "/rebuild", { cursor: next }));
    if (done.events > 0) say(`  ${done.events} events`);
    for (const player of done.players) seen.add(player);
    next = done.next;
  }
  await tell(ask, seen, players, say);
  const after = state.parse(await ask("GET", ""));
  say(`after    ${after.sum}  ${after.facts} facts`);
  return { before, after };
}

async function everybody(ask: Ask): Promise<Set<string>> {
  const players = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: z.infer<typeof known> = known.parse(
      await ask("GET", `/players${cursor === null ? "" : `?cursor=${cursor}`}`),
    );
    for (const player of page.players) players.add(player);
    cursor = page.next;
  } while (cursor !== null);
  return players;
}

/** Makes these players send their facts again, except those in `but`, who already have. */
async function tell(
  ask: Ask,
  players: ReadonlySet<string>,
  but: ReadonlySet<string>,
  say: (line: string) => void,
): Promise<void> {
  const all = [...players].filter((player) => !but.has(player));
  for (let from = 0; from < all.length; from += PLAYERS) {
    const some = all.slice(from, from + PLAYERS);
    const { events } = told.parse(await ask("POST", "/rebuild/players", { players: some }));
    say(`${from + some.length} of ${all.length} players told ${events} events`);
  }
}
