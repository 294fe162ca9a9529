import type { Place } from "../../stats/index.ts";
import { CURSOR, z } from "./schemas.ts";

/** The cursor of a page of bets: opaque to clients. A forged one is refused `invalid_request`. */

const place = z.tuple([z.int().min(0), z.string().regex(/^[a-z]+:[A-Za-z0-9_-]{1,80}$/), z.int().min(1)]);

export function cursorOf({ at, room, round }: Place): string {
  return btoa(JSON.stringify([at, room, round]))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** Null: not a cursor made here. */
export function placeOf(cursor: string): Place | null {
  try {
    const parts = place.safeParse(JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/"))));
    if (!parts.success) return null;
    const [at, room, round] = parts.data;
    const read = { at, room, round };
    return cursorOf(read) === cursor ? read : null;
  } catch {
    return null;
  }
}

export const placeCursor = z
  .string()
  .max(300)
  .transform((text, context) => {
    const read = placeOf(text);
    if (read !== null) return read;
    context.addIssue("not a cursor of ours");
    return z.NEVER;
  })
  .openapi({
    type: "string",
    description: CURSOR,
    example: cursorOf({ at: 1_795_212_549_024, room: "roulette:main", round: 42 }),
  });
