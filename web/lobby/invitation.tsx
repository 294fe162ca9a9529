import { useQuery } from "@tanstack/react-query";
import * as z from "zod/mini";
import { ask } from "../api/client.ts";
import type { RoomLine } from "../api/shapes.ts";
import { InviteLink } from "./invite-link.tsx";

const invited = z.object({ invite: z.optional(z.string()) });

/** The invitation to a private room, shown to the player who made it. */
export default function Invitation({ room }: { readonly room: Pick<RoomLine, "game" | "id"> }) {
  const { game, id } = room;
  const { data, isError } = useQuery({
    queryKey: ["invite", game, id],
    queryFn: ({ signal }) => ask("GET /api/rooms/{game}/{id}", invited, { path: { game, id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isError) return <p>The invitation cannot be read just now.</p>;
  if (data === undefined) return <p className="label">One moment &hellip;</p>;
  if (data.invite === undefined)
    return <p>This table is private. Whoever opened it has the invitation; ask them for the link.</p>;
  return <InviteLink room={room} invite={data.invite} />;
}
