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
 * What was asked for from which slot, until the lobby answers. Kept beside the link, so it outlives the page as the link does: a
 * cash-out that was sent before a break in the line is still "cashing out" after it, and resolves with the lobby's word.
 */

const EMPTY: Desk = { asked: [], homes: new Map(), granted: new Map() };
const desks = new WeakMap<CrashLink, Desk>();
/** What was asked for has changed, at one of the tables. */
export const deskChanged = new Signal();
/** Answers of bets that are long over are of no use. */
const KEPT = 40;

export function deskOf(link: CrashLink): Desk {
  return desks.get(link) ?? EMPTY;
}

function set(link: CrashLink, change: (desk: Desk) => Partial<Desk>): void {
  const desk = deskOf(link);
  desks.set(link, { ...desk, ...change(desk) });
  deskChanged.tell();
}

/** Sends a command in the name of a slot; a refusal becomes one line, and the slot is as it was. */
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

// ---- what a player does at the desk ----

/** Words for the draw go with the first bet of a round; in the air the draw is made, and the next one's come later. */
export function placeBet(link: CrashLink, slot: Slot, amount: number, targetX100: X100 | null): Promise<Answer> {
  const { view } = link.get().known ?? {};
  const round = view?.phase.name === "running" ? undefined : view?.round;
  const first = round !== undefined && !hasGiven(link, round);
  if (first) markGiven(link, round);
  const target = targetX100 === null ? {} : { autoCashout: targetX100 / 100 };
  const clientSeed = first ? { clientSeed: freshClientSeed() } : {};
  // Meant for this flight, or for the next: never for the one after.
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

/** The round of a bet that is placed now. */
function nextRound({ phase, round }: View): number {
  return phase.name === "running" ? round + 1 : round;
}

export function cancelBet(link: CrashLink, slot: Slot, bet: BetId): Promise<Answer> {
  return askFrom(link, { slot, type: "cancel", bet }, { type: "cancel", bet }).then((answer) => {
    if (answer.ok) announce("Your bet is taken back.");
    return answer;
  });
}

/** Resolves with what the lobby granted; null when it refused. */
export async function cashOut(link: CrashLink, slot: Slot, bet: BetId, stake: number): Promise<Granted | null> {
  const answer = await askFrom(link, { slot, type: "cashout", bet }, { type: "cashout", bet });
  const grant = answer.ok ? granted.safeParse(answer.result) : null;
  if (grant?.success !== true) return null;
  announce(`Cashed out at ${times(grant.data.x100)}, ${signed(grant.data.paid - stake)}.`);
  return grant.data;
}
