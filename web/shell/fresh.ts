import { keptByTab } from "../ui/kept.ts";

/**
 * A part of the page that cannot be loaded: the house was rebuilt and the part has another name now, or the line is down. The page
 * is loaded anew, once at once and then after ever longer waits, and only while the house answers: a seat is kept through that, as
 * through any lost line.
 */

const KEY = "croupier.reloaded";
/** How long after the last try the next one comes, in milliseconds. */
const WAITS = [0, 3_000, 6_000, 12_000, 30_000] as const;
/** After this long without trouble the count begins anew. */
const FORGET_MS = 120_000;
const YOUNG_MS = 20_000;

type Tries = { readonly n: number; readonly at: number };

/** How often this tab was loaded anew for that, and when last. */
function tries(now: number): Tries {
  const noted = keptByTab.json(KEY);
  if (Array.isArray(noted)) {
    const [n, at]: unknown[] = noted;
    if (typeof n === "number" && typeof at === "number" && Math.abs(now - at) < FORGET_MS) return { n, at };
  }
  // A tab that keeps nothing: whether it was loaded anew just now is all it can know.
  const [entry] = performance.getEntriesByType("navigation");
  const again = entry instanceof PerformanceNavigationTiming && entry.type === "reload";
  return again && performance.now() < YOUNG_MS ? { n: 1, at: now } : { n: 0, at: now };
}

/** Whether something is missing that is needed now. */
let missing = false;
let timer: ReturnType<typeof setTimeout> | null = null;

/** What Chromium, Firefox, Safari and Vite say of a script or a style sheet that they cannot have. */
export function isMissingPart(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|module script failed|preload CSS/i.test(error.message);
}

/** Loads the page anew when its turn has come and the house answers; else looks again later. */
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

/** Another page was gone to: what was missing there is not needed any more. */
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
