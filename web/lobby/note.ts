import type * as z from "zod/mini";
import type { RoomLine } from "../api/shapes.ts";

/** Parses the game's own information about a room for its card. Null if it cannot be read, so that the lobby still shows. */
export function noteOf<Note>(schema: z.ZodMiniType<Note>, { summary }: Pick<RoomLine, "summary">): Note | null {
  return schema.safeParse(summary.note).data ?? null;
}
