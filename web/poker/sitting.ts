import type { Seat, PublicDelta, PrivateDelta, View } from "../../rooms/poker/types.ts";
import { freshClientSeed, hasGiven, markGiven, unmarkGiven } from "../table/client-seed.ts";
import { sitter, type Sitter } from "../table/sitting.ts";
import { setTurn } from "../ui/turn.ts";
import type { PokerCommand } from "./commands.ts";
import type { PokerLink, PokerState } from "./context.tsx";
import { sceneOf } from "./scene.ts";
import { standingOf } from "./standing.ts";
import { folds } from "./trail.ts";
import { Signal } from "../ui/store.ts";

/** Sitting at a poker table: the stack and bets in the current hand count as in play. A seated player keeps the seat. */
const table = sitter<View, PublicDelta, Seat, PrivateDelta, PokerCommand>({
  game: "poker",
  folds,
  stakes: (view, mine, pending) => {
    const sitting = mine.seat === null ? null : (view.seats[mine.seat] ?? null);
    const staked = sitting === null ? 0 : sitting.stack + sitting.put + mine.ordered;
    return { staked, pending: pending.reduce((sum, { command }) => sum + movedBy(command, staked), 0) };
  },
  played: ({ hand, seats }, { seat }, seq) => {
    const dealt = seat !== null && hand !== null && seats[seat]?.cards != null ? hand : null;
    const put = seat === null ? 0 : (seats[seat]?.put ?? 0);
    return {
      open: dealt !== null && dealt.awards === null && put > 0 ? dealt.hand : null,
      settled: dealt !== null && dealt.awards !== null ? dealt.hand : null,
      seq,
    };
  },
  drawn: (link) => ({ get: () => withheld(link), subscribe: sceneOf(link).subscribe }),
  stays: ({ seat }) => seat !== null,
  // Chips on the table return to the wallet only when the player stands up.
  farewell: ({ seat }) => (seat === null ? [] : [{ type: "stand" }]),
});

function movedBy(command: PokerCommand, staked: number): number {
  if (command.type === "sit") return command.buyIn;
  if (command.type === "topUp") return command.amount;
  return command.type === "stand" ? -staked : 0;
}

/** While the last cards are still to be drawn, the header must not reveal the result. Null: nothing is withheld. */
function withheld(link: PokerLink): View | null {
  const known = link.get().known?.view.hand ?? null;
  const seen = sceneOf(link).get();
  const ahead = known !== null && known.awards !== null && seen?.hand?.hand === known.hand && seen.hand.awards === null;
  return ahead ? seen : null;
}

/** Tables at which the player wants to stand up after the hand. */
const leaving = new WeakSet<PokerLink>();
/** Fires when `leavesAfter` changes. */
export const leavesChanged = new Signal();

export function leavesAfter(link: PokerLink): boolean {
  return leaving.has(link);
}

export function setLeavesAfter(link: PokerLink, on: boolean): void {
  if (on) leaving.add(link);
  else leaving.delete(link);
  tend(link);
  leavesChanged.tell();
}

const tended = new WeakSet<PokerLink>();

export const pokerTable: Sitter<PokerLink> = {
  ...table,
  sit: (id) => {
    const link = table.sit(id);
    if (!tended.has(link)) {
      tended.add(link);
      sceneOf(link);
      link.subscribe(() => {
        tellTurn(link, `poker:${id}`);
        goHome(link);
        tend(link);
      });
    }
    return link;
  },
};

/** Marks the player's turn, also while the visitor is on another page. */
function tellTurn(link: PokerLink, room: string): void {
  const { known, connection } = link.get();
  const on = connection === "live" && known !== null && standingOf(known.view, known.seat, known.you).is === "turn";
  setTurn(room, on);
}

/** Whether the player was seated at the last update. */
const sat = new WeakMap<PokerLink, boolean>();

/** When a player has stood up, the purse is returned to the wallet at once, even if the page stays open. */
function goHome(link: PokerLink): void {
  const { known, connection } = link.get();
  if (connection !== "live" || known === null || known.seat === null) return;
  const sits = known.seat.seat !== null;
  const stood = sat.get(link) === true && !sits;
  sat.set(link, sits);
  if (stood) void link.send({ type: "leave" });
}

/** Actions for a seated player, even on another page: sends client seeds, and stands up after the hand if asked to. */
function tend(link: PokerLink): void {
  const { known, connection } = link.get();
  if (connection !== "live" || known === null || known.seat === null || known.seat.seat === null) return;
  const { view } = known;
  if (leaving.has(link) && !inHand(view, known.seat)) {
    leaving.delete(link);
    leavesChanged.tell();
    void link.send({ type: "stand" });
    return;
  }
  // Between hands the next deck accepts client seeds.
  if (view.hand !== null || hasGiven(link, view.round)) return;
  markGiven(link, view.round);
  void link.send({ type: "clientSeed", value: freshClientSeed() }).then((answer) => {
    if (!answer.ok && answer.code === "not_ready") unmarkGiven(link, view.round);
  });
}

/** Whether the player has cards in an unfinished hand; then standing up is not possible. */
export function inHand({ hand, seats }: View, { seat }: Seat): boolean {
  return hand !== null && hand.awards === null && seat !== null && seats[seat]?.cards != null;
}

/** Called when the page is left: sits out, so that nobody waits. The player must sit in again to be dealt in. */
export function stepAway(link: PokerLink): void {
  const { known, connection } = link.get();
  if (connection !== "live" || known?.seat?.seat == null) return;
  if (known.view.seats[known.seat.seat]?.waiting !== "sittingOut") void link.send({ type: "sitOut" });
}

export type { PokerState };
