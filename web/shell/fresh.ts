import { keptByTab } from "../ui/kept.ts";

/**
 * Handles a chunk of the page that cannot be loaded, because a new version was deployed or the network is down. The page is
 * reloaded at once, and then after increasing waits, only while the server answers. A seat is kept, as in any lost connection.
 */

const KEY = "croupier.reloaded";
/** The waits between reloads, in milliseconds. */
const WAITS = [0, 3_000, 6_000, 12_000, 30_000] as const;
/** After this time without errors the count starts again. */
const FORGET_MS = 120_000;
const YOUNG_MS = 20_000;

type Tries = { readonly n: number; readonly at: number };

/** How often this tab was reloaded for this reason, and when last. */
function tries(now: number): Tries {
  const noted = keptByTab.json(KEY);
  if (Array.isArray(noted)) {
    const [n, at]: unknown[] = noted;
    if (typeof n === "number" && typeof at === "number" && Math.abs(now - at) < FORGET_MS) return { n, at };
  }
  // Without session storage, only the navigation type tells whether the page was just reloaded.
  const [entry] = performance.getEntriesByType("navigation");
  const again = entry instanceof PerformanceNavigationTiming && entry.type === "reload";
  return again && performance.now() < YOUNG_MS ? { n: 1, at: now } : { n: 0, at: now };
}

/** Whether a chunk that is needed now is missing. */
let missing = false;
let timer: ReturnType<typeof setTimeout> | null = null;

/** Recognizes the error messages of Chromium, Firefox, Safari and Vite for a script or style sheet that cannot be loaded. */
export function isMissingPart(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|module script failed|preload CSS/i.test(error.message);
}

/** Reloads the page when the wait is over and the server answers; otherwise tries again later. */
export function loadAnew(): void {
  missing = true;
  if (timer !== null) return;
  const now = Date.now();
  const { n, at } = tries(now);
  const wait = WAITS[Math.min(n, WAITS.length - 1)] ?? 0;
  timer = setTimeout(
    () => {
      timer = null;
      void answers().then((there) => {
        if (!missing) return;
        if (!there) return later();
        keptByTab.set(KEY, JSON.stringify([n + 1, Date.now()]));
        location.reload();
      });
    },
    Math.max(0, at + wait - now),
  );
}

function later(): void {
  timer ??= setTimeout(() => {
    timer = null;
    if (missing) loadAnew();
  }, WAITS[1]);
}

/** After navigation to another page the missing chunk is not needed any more. */
export function stopLoadingAnew(): void {
  missing = false;
  if (timer !== null) clearTimeout(timer);
  timer = null;
}

async function answers(): Promise<boolean> {
  try {
    const { ok } = await fetch("/", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(5_000) });
    return ok;
  } catch {
    return false;
  }
}
