import type { Json, Ms, PlayerId } from "../game.ts";
import { emptyPurse, type Purse } from "./purse.ts";
import type { Kernel, OpenRound, Presence } from "./state.ts";

/** A kernel as plain JSON, for a snapshot. */
export function freeze(kernel: Kernel): Json {
  const { round, purses, presence, leaving, away, ...rest } = kernel;
  return {
    ...rest,
    round: { ...round, flows: [...round.flows] },
    purses: [...purses],
    presence: [...presence],
    leaving: [...leaving],
    away: [...away],
  } as unknown as Json;
}

type Frozen = Omit<Kernel, "staked" | "round" | "purses" | "presence" | "leaving" | "away"> & {
  staked?: number;
  round: Omit<OpenRound, "flows"> & { flows: [PlayerId, number][] };
  purses: [PlayerId, Purse][];
  presence: [PlayerId, Presence][];
  leaving: PlayerId[];
  away: [PlayerId, Ms][];
};

/** Reads what `freeze` wrote. `upgrade` turns the game's state of another version into this one's. */
export function thaw(snapshot: Json, upgrade: (state: unknown) => unknown): Kernel {
  const frozen = snapshot as unknown as Frozen; // written by freeze in this very format, checked by the row's version
  return {
    ...frozen,
    staked: frozen.staked ?? 0, // missing in snapshots from before there were lotteries
    state: upgrade(frozen.state),
    round: { ...frozen.round, flows: new Map(frozen.round.flows) },
    purses: new Map(frozen.purses.map(([player, purse]) => [player, { ...emptyPurse, ...purse }])), // old ones lack fields
    presence: new Map(frozen.presence),
    leaving: new Set(frozen.leaving),
    away: new Map(frozen.away),
  };
}
