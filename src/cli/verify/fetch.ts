import { setTimeout as sleep } from "node:timers/promises";
import { BadInput, jsonOf } from "../input.ts";

/** Fetches rounds by REST, given the address of the API or of a page. */

export type Address =
  | { readonly kind: "round"; readonly url: URL; readonly bet: string | null; readonly player: string | null }
  | { readonly kind: "list"; readonly url: URL };

const TIMEOUT_MS = 30_000;
const PAGE = 50;
const TRIES = 4;
const WAIT_MAX_S = 60;

export function isAddress(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** Accepts `/rooms/:game/:id`, `.../rounds` and `.../rounds/:n`, each with or without `/api`. Throws BadInput. */
export function addressOf(text: string): Address {
  if (!URL.canParse(text)) throw new BadInput(`${text}: not an address`);
  const given = new URL(text);
  const found = /^(?:\/api)?\/rooms\/([^/]+)\/([^/]+)(?:\/rounds(?:\/(\d+))?)?\/?$/.exec(given.pathname);
  if (found === null) {
    throw new BadInput(`${text}: not the address of a round (/rooms/GAME/ID/rounds/N) or of a room`);
  }
  const [, game, id, n] = found;
  const url = new URL(`/api/rooms/${game}/${id}/rounds${n === undefined ? "" : `/${n}`}`, given);
  if (n === undefined) return { kind: "list", url };
  const { searchParams } = given;
  return { kind: "round", url, bet: searchParams.get("bet"), player: searchParams.get("player") };
}

export async function fetchRound(url: URL): Promise<unknown> {
  return fetchJson(url);
}

/** The newest rounds of a room, at most `limit`, oldest first. Reports progress to `tell`. */
export async function fetchList(url: URL, limit: number, tell: (words: string) => void): Promise<readonly unknown[]> {
  const rounds: unknown[] = [];
  let cursor: number | null = null;
  do {
    const page = new URL(url);
    page.searchParams.set("limit", String(Math.min(PAGE, limit - rounds.length)));
    if (cursor !== null) page.searchParams.set("cursor", String(cursor));
    const answer: unknown = await fetchJson(page);
    if (!isPage(answer)) throw new BadInput(`${page.href}: not a list of rounds`);
    rounds.push(...answer.rounds);
    if (answer.next !== null && cursor !== null && answer.next >= cursor) {
      throw new BadInput(`${page.href}: the list goes round in circles`);
    }
    cursor = answer.rounds.length === 0 ? null : answer.next;
    tell(`${rounds.length} rounds fetched`);
  } while (cursor !== null && rounds.length < limit);
  return rounds.reverse();
}

function isPage(value: unknown): value is { rounds: unknown[]; next: number | null } {
  if (typeof value !== "object" || value === null || !("rounds" in value) || !("next" in value)) return false;
  return Array.isArray(value.rounds) && (value.next === null || typeof value.next === "number");
}

/** Retries after a 429, waiting as long as the answer says. Throws BadInput. */
async function fetchJson(url: URL): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(url, {
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((error: unknown) => {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      throw new BadInput(`${url.href}: no answer: ${cause instanceof Error ? cause.message : String(cause)}`);
    });
    if (response.status === 429 && tries < TRIES) {
      await response.body?.cancel();
      await sleep(1_000 * Math.min(Number(response.headers.get("retry-after")) || tries, WAIT_MAX_S));
      continue;
    }
    const text = await response.text();
    if (!response.ok)
      throw new BadInput(`${url.href}: the house answered ${response.status} ${refusalIn(text)}`.trim());
    return jsonOf(text, url.href);
  }
}

function refusalIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } };
    return typeof error?.message === "string" ? error.message : "";
  } catch {
    return "";
  }
}
