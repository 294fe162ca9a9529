import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import * as z from "zod/mini";
import { ApiError, ask } from "../api/client.ts";
import type { LotteryLink } from "../lottery/context.tsx";
import { roomOf } from "../ui/rooms.ts";
import { ticketFor } from "./match.ts";
import type { Evidence, FoundTicket, Trail } from "./steps.ts";
import { visibleTickets } from "./tickets.ts";

/** Polls for the traces of a round, its record, its ticket and its place in the read model, until each is found. */

const AGAIN_MS = 1_000;
/** Within this time a ticket for an equal stake may still belong to the round before. */
const SURE_MS = 5_000;

const record = z.object({
  proof: z.object({ commitment: z.string() }),
  outcome: z.unknown(),
});
/** Roulette's outcome. A player's part in rounds of other games is read from the read model. */
const lines = z.object({
  players: z.array(z.object({ player: z.string(), staked: z.number(), returned: z.number() })),
});
const behind = z.object({ behind: z.boolean() });
const bets = z.object({
  behind: z.boolean(),
  bets: z.array(z.object({ room: z.string(), round: z.number(), staked: z.number(), returned: z.number() })),
});

type Part = NonNullable<Evidence["part"]>;
export type Found = { readonly evidence: Evidence; readonly player: string | null };

export function useEvidence(trail: Trail | null, lottery: LotteryLink | null, kafka: boolean): Found {
  const key = keyOf(trail);
  const over = trail !== null && trail.settled !== null;
  const told = useQuery({
    queryKey: ["trail", "record", key],
    queryFn: ({ signal }) => readRecord(trail, signal),
    enabled: over,
    refetchInterval: ({ state }) => (state.data === undefined ? AGAIN_MS : false),
    retry: false,
    staleTime: Infinity,
  });
  const line = told.data?.lines.find(({ player }) => trail?.player == null || player === trail.player) ?? null;
  const player = trail?.player ?? line?.player ?? null;
  const counted = useQuery({
    queryKey: ["trail", "counted", key, player],
    queryFn: ({ signal }) => readCount(trail, player, signal),
    enabled: over && player !== null,
    refetchInterval: ({ state }) => (state.data?.in === true ? false : AGAIN_MS),
    retry: false,
    staleTime: Infinity,
  });
  const part: Part | null = line ?? counted.data?.part ?? null;
  const ticket = useTicket(kafka ? null : lottery, trail, player, part?.staked ?? null);
  // All times are shown by the server's clock, which is known from sockets.
  const skew = lottery === null ? 0 : lottery.clock.now() - Date.now();
  return {
    player,
    evidence: {
      record: told.data?.record ?? null,
      part,
      ticket,
      counted: counted.data?.in === true ? { at: counted.dataUpdatedAt + skew } : null,
    },
  };
}

async function readRecord(trail: Trail | null, signal: AbortSignal) {
  if (trail === null) throw new Error("no round");
  const path = { ...roomOf(trail.room), n: trail.round };
  const { proof, outcome } = await ask("GET /api/rooms/{game}/{id}/rounds/{n}", record, { path, signal });
  const read = lines.safeParse(outcome);
  return { record: { commitment: proof.commitment }, lines: read.success ? read.data.players : [] };
}

/** Whether the read model has counted the round, asked with `after`. */
async function readCount(trail: Trail | null, player: string | null, signal: AbortSignal) {
  if (trail === null || player === null) throw new Error("no round");
  const after = `${trail.room}/${trail.round}`;
  if (!trail.mine) {
    const asked = { path: { id: player }, query: { period: "day", after }, signal } as const;
    const answer = await ask("GET /api/players/{id}/stats", behind, asked).catch((error: unknown) => {
      // A player who hides is counted too, but others are not told.
      if (error instanceof ApiError && error.status === 404) return { behind: true };
      throw error;
    });
    return { in: !answer.behind, part: null };
  }
  const answer = await ask("GET /api/players/{id}/history", bets, {
    path: { id: "me" },
    query: { limit: 20, after },
    signal,
  });
  const found = answer.bets.find(({ room, round }) => room === trail.room && round === trail.round);
  return { in: found !== undefined, part: found ?? null };
}

type Ticketed = FoundTicket & { readonly at: number; readonly key: string };
/** Tickets from before the round was settled: none of them is the round's. `sure`: they were read early enough. */
type Before = { readonly key: string; readonly ids: Set<string>; sure: boolean };

function useTicket(
  link: LotteryLink | null,
  trail: Trail | null,
  player: string | null,
  staked: number | null,
): Ticketed | null {
  const [found, setFound] = useState<Ticketed | null>(null);
  const before = useRef<Before>({ key: "", ids: new Set(), sure: false });
  const key = keyOf(trail);
  const settledAt = trail?.settled?.at ?? null;
  const room = trail?.room ?? "";
  const done = found?.key === key;
  useEffect(() => {
    if (link === null || player === null || done) return undefined;
    let alive = true;
    if (before.current.key !== key) before.current = { key, ids: new Set(), sure: false };
    const look = async (): Promise<void> => {
      if (document.visibilityState === "hidden" || link.get().connection !== "live") return;
      const seen = await visibleTickets(link, player);
      const known = before.current;
      if (!alive || known.key !== key) return;
      if (settledAt === null) {
        for (const { id } of seen) known.ids.add(id);
        known.sure = true;
        return;
      }
      if (staked === null || (!known.sure && link.clock.now() - settledAt < SURE_MS)) return;
      const ticket = ticketFor({ room, player }, staked, seen, known.ids);
      if (ticket !== null) setFound({ ...ticket, key, at: link.clock.now() });
    };
    void look();
    const timer = setInterval(() => void look(), AGAIN_MS);
    return () => {
      alive = false;
      clearInterval(timer);
    };
  }, [link, room, player, staked, key, settledAt, done]);
  return done ? found : null;
}

function keyOf(trail: Trail | null): string {
  return trail === null ? "none" : `${trail.room}/${trail.round}`;
}
