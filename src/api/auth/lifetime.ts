import type { Settings } from "../../env.ts";
import type { Use } from "../../objects/player/sessions.ts";

/**
 * How long things last. A session ends SESSION_DAYS after its last use; the player's object keeps when. The token of a session says
 * only how long it could be good for at most, so that it need not change each time that the session is used.
 */

const DAY_MS = 86_400_000;
/** Browsers keep no cookie for longer. */
const TOKEN_DAYS = 400;

/** In whole seconds, as tokens have it. */
const inDays = (days: number): number => Math.floor(Date.now() / 1_000) * 1_000 + days * DAY_MS;

export const tokenEnd = (): number => inDays(TOKEN_DAYS);

export const sessionEnd = ({ SESSION_DAYS }: Pick<Settings, "SESSION_DAYS">): number => inDays(SESSION_DAYS);

/** `asked`: a page asks who it is, so its end is told and may be put off by a second. Else a tenth of a session's time at least. */
export function useOf(settings: Pick<Settings, "SESSION_DAYS">, asked: boolean): Use {
  const everyMs = asked ? 1_000 : Math.min(DAY_MS, (settings.SESSION_DAYS * DAY_MS) / 10);
  return { until: sessionEnd(settings), everyMs };
}
