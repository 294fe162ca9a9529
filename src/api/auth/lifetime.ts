import type { Settings } from "../../env.ts";
import type { Use } from "../../objects/player/sessions.ts";

/**
 * Lifetimes of sessions and tokens. A session ends SESSION_DAYS after its last use; the Player object stores when. A token only
 * carries the latest possible end, so it need not change each time the session is used.
 */

const DAY_MS = 86_400_000;
/** Browsers cap a cookie's lifetime at 400 days. */
const TOKEN_DAYS = 400;

/** Epoch milliseconds, rounded down to whole seconds, as in tokens. */
const inDays = (days: number): number => Math.floor(Date.now() / 1_000) * 1_000 + days * DAY_MS;

export const tokenEnd = (): number => inDays(TOKEN_DAYS);

export const sessionEnd = ({ SESSION_DAYS }: Pick<Settings, "SESSION_DAYS">): number => inDays(SESSION_DAYS);

/** Renews only by `everyMs` or more: 1 s when a page asks who it is (`asked`), else a day or a tenth of a session, if less. */
export function useOf(settings: Pick<Settings, "SESSION_DAYS">, asked: boolean): Use {
  const everyMs = asked ? 1_000 : Math.min(DAY_MS, (settings.SESSION_DAYS * DAY_MS) / 10);
  return { until: sessionEnd(settings), everyMs };
}
