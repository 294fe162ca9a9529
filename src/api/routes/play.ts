import { SOCKET_HEADERS } from "../../../rooms/host/ports.ts";
import { checkTicket, issueTicket, useTicket } from "../auth/tickets.ts";
import { addressOf } from "../http/address.ts";
import { LOOPBACK } from "../http/guards.ts";
import { Refused } from "../http/refusals.ts";
import { handshake, passOn, requireUpgrade } from "../http/sockets.ts";
import type { Profile } from "../../objects/player/profile.ts";
import { openRoom, playerStub } from "../../objects/stubs.ts";
import { findRoom, roomParams } from "./find.ts";
import { createRoute, idempotencyHeader, json, router, ticket, ticketQuery, whole, z } from "./schemas.ts";

/** Routes under /api/rooms/:game/:id: tickets and the room's socket. */

const tags = ["rooms"];

const ticketRoute = createRoute({
  method: "post",
  path: "/{game}/{id}/ticket",
  operationId: "issueRoomTicket",
  tags,
  summary: "A ticket for a seat at this room's socket",
  caller: "player",
  request: { headers: idempotencyHeader, params: roomParams },
  refuses: ["unknown_room", "excluded"],
  responses: {
    200: json("Good for one socket of this room", ticket),
  },
});

const socketRoute = createRoute({
  method: "get",
  path: "/{game}/{id}/socket",
  operationId: "openRoomSocket",
  tags,
  summary: "The room's socket",
  description:
    "Frames are JSON text, one object or an array of them; `rooms/kernel/protocol.ts` has them all. Without a ticket the socket is a spectator's, in public rooms. `since` and `epoch`, from the last frame and `welcome`, resume where the last socket ended.",
  request: {
    params: roomParams,
    query: z.object({
      ticket: ticketQuery.optional(),
      since: whole(0).optional().openapi({ description: "The last `seq` seen." }),
      epoch: z.string().max(80).optional().openapi({ description: "The last `welcome`'s." }),
    }),
  },
  refuses: ["bad_ticket", "bad_origin", "unknown_room", "upgrade_required", "room_unavailable"],
  responses: {
    101: { description: "The socket" },
  },
});

export const play = router()
  .openapi(ticketRoute, async (c) => {
    const me = c.get("me");
    const { listing } = await findRoom(c.env, c.req.valid("param"), me.profile.id);
    const barred = await playerStub(c.env, me.profile.id).barred();
    if (barred?.code === "excluded") throw new Refused("excluded", { nextAt: barred.until });
    return c.json(await issueTicket(c.env, me, `${listing.game}:${listing.id}`, c.get("operation")), 200);
  })
  .openapi(socketRoute, async (c) => {
    requireUpgrade(c);
    const { game, id } = c.req.valid("param");
    const { ticket: shown, since, epoch } = c.req.valid("query");
    const claims = shown === undefined ? null : await checkTicket(c.env, shown, `${game}:${id}`);
    const { listing } = await findRoom(c.env, { game, id }, claims?.sub ?? null);
    const named =
      claims === null
        ? watcher(addressOf(c.req.header("cf-connecting-ip")))
        : namedBy(await useTicket(c.env, claims), claims.sid);
    const url = new URL("https://room/socket");
    if (since !== undefined) url.searchParams.set("since", String(since));
    if (epoch !== undefined) url.searchParams.set("epoch", epoch);
    const room = await openRoom(c.env, listing);
    return passOn(c, await room.fetch(handshake(c, url, named)));
  });

/** Headers for a spectator. The number of spectators per address is limited, so the address is passed on, except loopback. */
const watcher = (address: string): Record<string, string> =>
  LOOPBACK.has(address) ? {} : { [SOCKET_HEADERS.from]: address };

/** Headers that name the player and the session. The room trusts them. */
const namedBy = ({ id, name }: Profile, session: string): Record<string, string> => ({
  [SOCKET_HEADERS.player]: id,
  [SOCKET_HEADERS.name]: encodeURIComponent(name),
  [SOCKET_HEADERS.session]: session,
});
