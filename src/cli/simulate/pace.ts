import { setTimeout as sleep } from "node:timers/promises";
import type { Fetch } from "../../client/index.ts";

/** A `fetch` for the whole crowd: after a 429 all calls of that kind wait, and then resume spread out over two seconds. */
export function paced(told: (what: string) => void): Fetch {
  const open = { guest: 0, call: 0 };
  return async (url, init) => {
    const kind = url.endsWith("/api/auth/guest") ? "guest" : "call";
    for (let wait = open[kind] - Date.now(); wait > 0; wait = open[kind] - Date.now()) {
      await sleep(wait + Math.random() * SPREAD_MS);
    }
    const response = await fetch(url, init);
    const retryAfterS = Number(response.headers.get("retry-after"));
    if (response.status === 429 && retryAfterS > 0) {
      open[kind] = Math.max(open[kind], Date.now() + retryAfterS * 1_000);
      told(kind === "guest" ? SLOW_GUESTS : SLOW_CALLS);
    }
    return response;
  };
}

const SPREAD_MS = 2_000;
const RAISE =
  "For a house of your own: npm run dev -- --var LIMIT_GUEST_PER_MIN:100000 --var LIMIT_API_PER_MIN:1000000";
const SLOW_GUESTS = `The house lets only so many guests in a minute; --tokens FILE keeps them for the next time. ${RAISE}`;
const SLOW_CALLS = `The house takes only so many calls a minute: checks wait. ${RAISE}`;
