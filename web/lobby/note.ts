import type * as z from "zod/mini";
import type { RoomLine } from "../api/shapes.ts";

/** A game's own words about a room, as its card reads them. What it cannot read is no reason to show no rooms at all: null. */
export function noteOf<Note>(schema: z.ZodMiniType<Note>, { summary }: Pick<RoomLine, "summary">): Note | null {
  return schema.safeParse(summary.note).data ?? null;
}
