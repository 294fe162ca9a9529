import type { Bet, BetId, Out, Phase, Seat, View, X100 } from "../../rooms/crash/types.ts";
import { REST_MS } from "../ui/resting.ts";

/** The player's two bet slots, and which bet belongs to which slot. Pure. */

export type Slot = "a" | "b";
export const NAMES: Readonly<Record<Slot, string>> = { a: "First bet", b: "Second bet" };

/** A command of a slot that has no answer yet. */
export type Asked =
  | { readonly slot: Slot; readonly type: "bet"; readonly amount: number; readonly targetX100: X100 | null }
  | { readonly slot: Slot; readonly type: "cancel" | "cashout"; readonly bet: BetId };

/** The result of a cash-out, from its answer. */
export type Granted = { readonly x100: X100; readonly paid: number };

export type Desk = {
  readonly asked: readonly Asked[];
  /** The slot each bet was placed from. Bets from another window or from before a reload are not listed. */
  readonly homes: ReadonlyMap<BetId, Slot>;
  readonly granted: ReadonlyMap<BetId, Granted>;
};

/** A bet, with the cash-out that the server has granted. */
export type Standing = Omit<Bet, "out"> & { readonly out: (Granted & { readonly by: Out["by"] }) | null };

type Pair = Readonly<Record<Slot, Bet | null>>;

/** Assigns bets to slots. A strategy uses the second; a new bet goes to the slot that asked for one. */
export function pairOf(bets: readonly Bet[], { homes, asked }: Pick<Desk, "homes" | "asked">): Pair {
  const pair: Record<Slot, Bet | null> = { a: null, b: null };
  const put = (bet: Bet, wanted: readonly Slot[]): void => {
    const slot = wanted.find((one) => pair[one] === null);
    if (slot !== undefined) pair[slot] = bet;
  };
  const known = bets.filter(({ id }) => homes.has(id));
  for (const bet of known) put(bet, [homes.get(bet.id) ?? "a", "a", "b"]);
  const asking = asked.filter(({ type }) => type === "bet").map(({ slot }) => slot);
  for (const bet of bets) {
    if (known.includes(bet)) continue;
    put(bet, bet.by === "strategy" ? ["b", "a"] : [...asking, "a", "b"]);
  }
  return pair;
}

/** The current state of a slot. */
export type Place = {
  /** The bet in this round. */
  readonly bet: Standing | null;
  readonly queued: Bet | null;
  readonly asked: Asked | null;
  /** The bet of the previous flight, until the next one starts. */
  readonly last: Bet | null;
  /** The amount that the strategy bets next in this slot; null: no strategy plays here. */
  readonly strategy: number | null;
};

export function placeOf(phase: Phase, seat: Seat, round: number, desk: Desk, slot: Slot): Place {
  const shown =
    phase.name !== "running" && seat.last?.round === round - 1 && seat.last.endX100 !== null ? seat.last.bets : [];
  const bet = pairOf(seat.bets, desk)[slot];
  return {
    bet: bet === null ? null : withGrant(bet, desk.granted),
    queued: pairOf(seat.queued, desk)[slot],
    asked: desk.asked.findLast((one) => one.slot === slot) ?? null,
    last: pairOf(shown, desk)[slot],
    strategy: slot === "b" ? (seat.strategy?.next ?? null) : null,
  };
}

/** Adds a granted cash-out: the answer may arrive before the frame that says the same. */
function withGrant(bet: Bet, granted: Desk["granted"]): Standing {
  const grant = bet.out === null ? granted.get(bet.id) : undefined;
  return grant === undefined ? bet : { ...bet, out: { ...grant, by: "hand" } };
}

/** The current action of a slot's button. */
export type Action =
  | { readonly does: "bet" | "queue" }
  /** No action: the strategy plays in this slot. */
  | { readonly does: "watch"; readonly next: number }
  | { readonly does: "cancel"; readonly bet: Standing; readonly queued: boolean }
  | { readonly does: "cashout"; readonly bet: Standing }
  | { readonly does: "wait"; readonly for: Asked["type"]; readonly bet: Standing | null };

export function actionOf(phase: Phase, { bet, queued, asked, strategy }: Place): Action {
  if (asked !== null) {
    const about = asked.type === "bet" ? null : asked.bet;
    return { does: "wait", for: asked.type, bet: [bet, queued].find((one) => one?.id === about) ?? null };
  }
  const open = phase.name === "waiting" || phase.name === "betting";
  if (open && bet !== null) return { does: "cancel", bet, queued: false };
  if (phase.name === "running" && bet !== null && bet.out === null) return { does: "cashout", bet };
  if (queued !== null) return { does: "cancel", bet: queued, queued: true };
  if (strategy !== null) return { does: "watch", next: strategy };
  return { does: open ? "bet" : "queue" };
}

// ---- pauses when the button's meaning changes ----

/** After a cash-out or crash: a press meant for the last moment of a flight must not bet on the next one. */
const LANDED_MS = 1_000;
const flies = (means: string): boolean => means.includes("cashout");

/** How long the button is disabled once its meaning has changed. */
export function restMs(means: string): (before: string) => number {
  return (before) => (flies(before) && !flies(means) ? LANDED_MS : REST_MS);
}

/** A code for what a press would do. Betting on the next flight keeps its code when that flight opens, and so does cancelling. */
export function meansOf(action: Action, { phase, round }: Pick<View, "phase" | "round">): string {
  switch (action.does) {
    case "bet":
    case "queue":
      return `bet ${phase.name === "running" ? round + 1 : round}`;
    case "cancel":
    case "cashout":
      return `${action.does} ${action.bet.id}`;
    case "wait":
      return `wait ${action.for}`;
    case "watch":
      return action.does;
    default:
      action satisfies never;
      return "";
  }
}
