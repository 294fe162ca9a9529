import { ApiError } from "../api/client.ts";
import { sessionNow, useSession } from "../api/session.ts";
import { day, time } from "../ui/format.ts";
import { Store, useSignal } from "../ui/store.ts";

/** Messages for players excluded by their own limits: the reason, without reproach, and until when. */

/** Null: the refusal has another reason. */
export function barredWords(cause: unknown): string | null {
  if (!(cause instanceof ApiError)) return null;
  const { code, message, nextAt } = cause;
  if (code !== "excluded" && code !== "limit_session") return null;
  if (nextAt === null) return message;
  return code === "limit_session"
    ? `Your time at the tables is over for now, as you set it. It goes on at ${time(nextAt)}.`
    : `You keep yourself from the tables until ${day(nextAt)} at ${time(nextAt)}. Your chips wait for you.`;
}

const barred = new Store<string | null>(null);

/** `why`: the open table admitted this player only as a spectator. Null: as a player. */
export function reportBarred(why: string | null): void {
  barred.set(why);
}

/** Why the visitor can only watch, with no way to change that; null: they can play or log in. */
export function useBarred(): string | null {
  useSession();
  return useSignal(barred, barredNow);
}

function barredNow(): string | null {
  const session = sessionNow();
  if (session.state === "away") return session.closed === true ? session.why : null;
  return barred.get();
}

/** The message for a spectator who tries to play: the reason, or how to join. */
export function watchingWords(action = "bet"): string {
  return barredNow() ?? `You are watching. Log in or play as a guest to ${action}.`;
}
