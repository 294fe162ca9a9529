import { useEffect, useState } from "react";
import { roulette } from "../../rooms/roulette/index.ts";
import type { Seat, PublicDelta, PrivateDelta, View } from "../../rooms/roulette/types.ts";
import type { Known } from "../live/frames.ts";
import { Link } from "../live/link.ts";
import type { Sight } from "../table/played.ts";
import { newsOf } from "./news.ts";

/** Watches the main roulette table over a spectator's socket and reports every public commit. */

export const WATCHED = "roulette:main";
const LOG_MAX = 40;

/** One public commit of the table's journal, in words. */
export type Commit = Sight & { readonly words: string };

/** A round observed from its first bet. */
export type WatchedRound = { readonly round: number; readonly bet: Sight; readonly settled: Sight | null };

export type Watch = {
  readonly live: boolean;
  readonly seq: number | null;
  readonly online: number;
  readonly phase: string | null;
  /** Newest first. */
  readonly log: readonly Commit[];
  readonly round: WatchedRound | null;
};

type Now = Known<View, Seat>;
const NOTHING: Watch = { live: false, seq: null, online: 0, phase: null, log: [], round: null };

export function useWatch(enabled: boolean): Watch {
  const [watch, setWatch] = useState(NOTHING);
  useEffect(() => {
    if (!enabled) return undefined;
    const link = new Link<View, PublicDelta, Seat, PrivateDelta, { type: "leave" }>(roulette, {
      path: `/api/rooms/${WATCHED.replace(":", "/")}`,
      ticket: () => Promise.resolve(null),
    });
    let before: Now | null = null;
    const stop = link.subscribe(() => {
      const { known, connection } = link.get();
      const [was, at] = [before, link.clock.now()];
      before = known;
      setWatch((now) => stepped(now, was, known, connection === "live", at));
    });
    return () => {
      stop();
      link.close();
      setWatch(NOTHING);
    };
  }, [enabled]);
  return watch;
}

function stepped(watch: Watch, was: Now | null, known: Now | null, live: boolean, at: number): Watch {
  if (known === null) return { ...watch, live };
  const { seq, view, table } = known;
  const next = { ...watch, live, seq, online: table.online, phase: view.phase.name };
  // The state at page load is not a change.
  if (was === null || was.epoch !== known.epoch || was.seq === seq) return next;
  const news = newsOf(was, known).map((words) => ({ seq, at, words }));
  return {
    ...next,
    log: [...news.toReversed(), ...watch.log].slice(0, LOG_MAX),
    round: roundOf(watch.round, was.view, view, { seq, at }),
  };
}

function roundOf(round: WatchedRound | null, was: View, view: View, sight: Sight): WatchedRound | null {
  if (round !== null && round.settled === null && view.last?.round === round.round) return { ...round, settled: sight };
  const begins = view.staked > 0 && (was.staked === 0 || was.round !== view.round);
  return begins ? { round: view.round, bet: sight, settled: null } : round;
}
