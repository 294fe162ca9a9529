import { useEffect } from "react";
import * as z from "zod/mini";
import type { PlayerId } from "../../rooms/game.ts";
import type { Ticket } from "../../rooms/lottery/types.ts";
import { Signal, useSignal } from "../ui/store.ts";
import { useSeatedAt, useTable, useView, type LotteryLink } from "./context.tsx";

/** The tickets of a draw for the ring, fetched when the draw changes, with a rate limit. */

/** More tickets would be too narrow to draw, so the rest becomes one piece. */
const SHOWN_MAX = 300;
const EVERY_MS = 1_200;
const DRAWS_KEPT = 3;

const page = z.object({
  draw: z.int(),
  tickets: z.array(
    z.object({
      id: z.string(),
      player: z.custom<PlayerId>((value) => typeof value === "string"),
      stake: z.int(),
      weight: z.int(),
      stakes: z.int(),
    }),
  ),
  next: z.nullable(z.int()),
});

const known = new WeakMap<LotteryLink, ReadonlyMap<number, readonly Ticket[]>>();
const changed = new Signal();

/** The tickets of a draw; null: not fetched. */
export function useTicketsOf(draw: number): readonly Ticket[] | null {
  const { link } = useSeatedAt();
  return useSignal(changed, () => known.get(link)?.get(draw) ?? null);
}

/** Keeps the tickets of the open draw and of the started one up to date. A spectator may not ask for them. */
export function useFetchedTickets(): void {
  const { link } = useSeatedAt();
  const seated = useTable((state) => state.connection === "live" && state.known?.seat != null);
  const waiting = useView((view) => view.waiting);
  const started = useView((view) => view.started);
  useEffect(() => {
    if (!seated || started === null) return;
    void fetchTickets(link, "started", started.draw);
  }, [link, seated, started]);
  useEffect(() => {
    if (!seated || waiting.tickets === 0) return undefined;
    const due = (asked.get(link) ?? 0) + EVERY_MS - performance.now();
    const timer = setTimeout(() => {
      asked.set(link, performance.now());
      void fetchTickets(link, "waiting", waiting.draw);
    }, due);
    return () => clearTimeout(timer);
  }, [link, seated, waiting]);
}

const asked = new WeakMap<LotteryLink, number>();

async function fetchTickets(link: LotteryLink, of: "waiting" | "started", draw: number): Promise<void> {
  const tickets: Ticket[] = [];
  for (let from: number | null = 0; from !== null && tickets.length < SHOWN_MAX;) {
    const answer = await link.send({ type: "tickets", of, from });
    const read = answer.ok ? page.safeParse(answer.result) : null;
    // The draw may have started or ended meanwhile.
    if (read?.success !== true || read.data.draw !== draw) return;
    tickets.push(...read.data.tickets);
    from = read.data.next;
  }
  const before = [...(known.get(link) ?? [])].filter(([other]) => other !== draw);
  known.set(link, new Map([...before, [draw, tickets] as const].slice(-DRAWS_KEPT)));
  changed.tell();
}
