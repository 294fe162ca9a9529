import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { outcomeOf } from "../../rooms/lottery/check.ts";
import type { Holding, Result, Started, Ticket } from "../../rooms/lottery/types.ts";
import { holdAwards } from "../api/wallet.ts";
import { recordQuery } from "../rounds/queries.ts";
import { useReducedMotion } from "../ui/reduced-motion.ts";
import { roomOf } from "../ui/rooms.ts";
import { useSeat, useSeatedAt, useView } from "./context.tsx";
import { useTicketsOf } from "./tickets.ts";

/** The draw to show: one that collects tickets, one that has started, or a result that was not seen yet. */

export type Act =
  | { readonly name: "waiting" }
  | { readonly name: "started"; readonly started: Started; readonly mine: Holding | null }
  | {
      readonly name: "drawn";
      readonly result: Result;
      /** The player's tickets in it. */
      readonly mine: Holding | null;
      /** Whether the ring has stopped turning. */
      readonly landed: boolean;
    };

type Drawn = { readonly result: Result; readonly mine: Holding | null; readonly landed: boolean };

/** Results older than this are shown without the animation. */
const FRESH_MS = 6_000;
/** How long a result stays: when no other draw is on, and when one has started. */
const STAYS_MS = 45_000;
const STAYS_BUSY_MS = 4_500;

export type Stage = { readonly act: Act; readonly land: () => void; readonly dismiss: () => void };

export function useStage(): Stage {
  const { link } = useSeatedAt();
  const still = useReducedMotion();
  const started = useView((view) => view.started);
  const newest = useView((view) => view.history[0] ?? null);
  const own = useSeat()?.started ?? null;
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const told = useRef(newest?.draw ?? 0);
  const had = useRef<{ readonly draw: number; readonly mine: Holding } | null>(null);

  useEffect(() => {
    if (started !== null && own !== null) had.current = { draw: started.draw, mine: own };
  }, [started, own]);
  useEffect(() => {
    if (newest === null || newest.draw <= told.current) return;
    told.current = newest.draw;
    const mine = had.current?.draw === newest.draw ? had.current.mine : null;
    const late = document.visibilityState === "hidden" || link.clock.now() - newest.at > FRESH_MS;
    setDrawn({ result: newest, mine, landed: still || late });
  }, [newest, still, link]);

  // Awards are not shown before the ring reveals the winner.
  const turning = drawn !== null && !drawn.landed;
  useEffect(() => {
    if (!turning) return undefined;
    holdAwards(true);
    return () => holdAwards(false);
  }, [turning]);

  const land = useCallback(() => setDrawn((now) => (now === null ? null : { ...now, landed: true })), []);
  const dismiss = useCallback(() => setDrawn(null), []);
  const busy = started !== null;
  const landed = drawn?.landed === true;
  useEffect(() => {
    if (!landed) return undefined;
    const timer = setTimeout(dismiss, busy ? STAYS_BUSY_MS : STAYS_MS);
    return () => clearTimeout(timer);
  }, [landed, busy, dismiss]);

  if (drawn !== null) return { act: { name: "drawn", ...drawn }, land, dismiss };
  return { act: started === null ? { name: "waiting" } : { name: "started", started, mine: own }, land, dismiss };
}

const NONE: readonly Ticket[] = [];

/** Tickets to draw on the ring: as fetched, or from the draw's record once it is over. Empty: unknown. */
export function useRingTickets(act: Act): readonly Ticket[] {
  const { room } = useSeatedAt();
  const waiting = useView((view) => view.waiting);
  const draw = act.name === "drawn" ? act.result.draw : act.name === "started" ? act.started.draw : waiting.draw;
  const known = useTicketsOf(draw);
  const query = useQuery({
    ...recordQuery(roomOf(room), draw),
    enabled: act.name === "drawn" && known === null,
  });
  const empty = act.name === "waiting" && waiting.tickets === 0;
  if (empty) return NONE;
  return known ?? (query.data === undefined ? NONE : (outcomeOf(query.data)?.tickets ?? NONE));
}
