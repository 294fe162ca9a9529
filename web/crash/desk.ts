import * as z from "zod/mini";
import type { BetId, View, X100 } from "../../rooms/crash/types.ts";
import type { Answer } from "../live/frames.ts";
import { freshClientSeed, hasGiven, markGiven, unmarkGiven } from "../table/client-seed.ts";
import { say } from "../table/notice.ts";
import { announce } from "../ui/announce.tsx";
import { amount as words, signed, times } from "../ui/format.ts";
import { Signal } from "../ui/store.ts";
import type { CrashCommand } from "./commands.ts";
import type { CrashLink } from "./context.tsx";
import { wordsFor } from "./refusals.ts";
import type { Asked, Desk, Granted, Slot } from "./slots.ts";

/**
 * Commands of each slot that have no answer yet. Stored by link and not in the page, so that a cash-out sent before a reconnect
 * still shows as "cashing out" afterwards, until the answer comes.
 */

const EMPTY: Desk = { asked: [], homes: new Map(), granted: new Map() };
const desks = new WeakMap<CrashLink, Desk>();
/** Fires when the pending commands of any table change. */
export const deskChanged = new Signal();
/** How many answers to keep: those of old bets are not needed. */
const KEPT = 40;

export function deskOf(link: CrashLink): Desk {
  return desks.get(link) ?? EMPTY;
}

function set(link: CrashLink, change: (desk: Desk) => Partial<Desk>): void {
  const desk = deskOf(link);
  desks.set(link, { ...desk, ...change(desk) });
  deskChanged.tell();
}

/** Sends a command for a slot. A refusal is shown as a notice and the slot returns to its former state. */
async function askFrom(
  link: CrashLink,
  asked: Asked,
  command: CrashCommand & { clientSeed?: string },
): Promise<Answer> {
  if (link.get().known?.seat === null) return refuse({ ok: false, code: "spectator", message: "" });
  set(link, (desk) => ({ asked: [...desk.asked, asked] }));
  const answer = await link.send(command);
  set(link, (desk) => ({ asked: desk.asked.filter((one) => one !== asked), ...learn(desk, asked, answer) }));
  return answer.ok ? answer : refuse(answer);
}

function refuse(answer: Extract<Answer, { ok: false }>): Answer {
  say(wordsFor(answer));
  return answer;
}

const placed = z.object({ bet: z.int(), round: z.int() });
const granted = z.object({ bet: z.int(), at: z.number(), x100: z.int(), paid: z.int() });

function learn({ homes, granted: known }: Desk, asked: Asked, answer: Answer): Partial<Desk> {
  if (!answer.ok) return {};
  if (asked.type === "bet") {
    const { success, data } = placed.safeParse(answer.result);
    return success ? { homes: latest(homes, data.bet, asked.slot) } : {};
  }
  const { success, data } = granted.safeParse(answer.result);
  return success ? { granted: latest(known, data.bet, { x100: data.x100, paid: data.paid }) } : {};
}

function latest<T>(map: ReadonlyMap<BetId, T>, key: BetId, value: T): ReadonlyMap<BetId, T> {
  return new Map([...map, [key, value] as const].slice(-KEPT));
}

// ---- the player's actions ----

/** The round's first bet carries a client seed. A bet placed during a flight does not: the next round's seed is sent later. */
export function placeBet(link: CrashLink, slot: Slot, amount: number, targetX100: X100 | null): Promise<Answer> {
  const { view } = link.get().known ?? {};
  const round = view?.phase.name === "running" ? undefined : view?.round;
  const first = round !== undefined && !hasGiven(link, round);
  if (first) markGiven(link, round);
  const target = targetX100 === null ? {} : { autoCashout: targetX100 / 100 };
  const clientSeed = first ? { clientSeed: freshClientSeed() } : {};
  // Names the round the bet is meant for, so that a late command is refused and not taken for a later round.
  const meant = view === undefined ? {} : { round: nextRound(view) };
  const sent = askFrom(
    link,
    { slot, type: "bet", amount, targetX100 },
    { type: "bet", amount, ...target, ...meant, ...clientSeed },
  );
  return sent.then((answer) => {
    if (!answer.ok && first) unmarkGiven(link, round);
    if (answer.ok) announce(`Your bet of ${words(amount)} is taken.`);
    return answer;
  });
}

/** The round that a bet placed now would join. */
function nextRound({ phase, round }: View): number {
  return phase.name === "running" ? round + 1 : round;
}

export function cancelBet(link: CrashLink, slot: Slot, bet: BetId): Promise<Answer> {
  return askFrom(link, { slot, type: "cancel", bet }, { type: "cancel", bet }).then((answer) => {
    if (answer.ok) announce("Your bet is taken back.");
    return answer;
  });
}

/** Resolves with the multiplier and payout that the server granted; null: refused. */
export async function cashOut(link: CrashLink, slot: Slot, bet: BetId, stake: number): Promise<Granted | null> {
  const answer = await askFrom(link, { slot, type: "cashout", bet }, { type: "cashout", bet });
  const grant = answer.ok ? granted.safeParse(answer.result) : null;
  if (grant?.success !== true) return null;
  announce(`Cashed out at ${times(grant.data.x100)}, ${signed(grant.data.paid - stake)}.`);
  return grant.data;
}
