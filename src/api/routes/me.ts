import { checkTicket, issueTicket, useTicket } from "../auth/tickets.ts";
import { handshake, passOn, requireUpgrade } from "../http/sockets.ts";
import { playerStub } from "../../objects/stubs.ts";
import { createRoute, idempotencyHeader, json, router, ticket, ticketQuery, z } from "./schemas.ts";

/** Routes under /api/me for the personal socket. */

const tags = ["me"];

const ticketRoute = createRoute({
  method: "post",
  path: "/ticket",
  operationId: "issueMyTicket",
  tags,
  summary: "A ticket for my personal socket",
  caller: "player",
  request: { headers: idempotencyHeader },
  responses: { 200: json("Good for one socket", ticket) },
});

const socketRoute = createRoute({
  method: "get",
  path: "/socket",
  operationId: "openMySocket",
  tags,
  summary: "My personal socket",
  description:
    'Says `{"type":"welcome","player":{…},"available":98500,"rooms":["roulette:main"],"now":…}` first, then `{"type":"balance","available":96500,"rooms":["roulette:main"],"entry":{…}}` for each new entry of the statement; `rooms` are those where chips of mine may be. Answers `ping` with `pong` and reads nothing else. Closes with 4007 when the session ends.',
  request: { query: z.object({ ticket: ticketQuery }) },
  refuses: ["bad_ticket", "bad_origin", "upgrade_required", "room_unavailable"],
  responses: {
    101: { description: "The socket" },
  },
});

export const me = router()
  .openapi(ticketRoute, async (c) => c.json(await issueTicket(c.env, c.get("me"), "me", c.get("operation")), 200))
  .openapi(socketRoute, async (c) => {
    requireUpgrade(c);
    const claims = await checkTicket(c.env, c.req.valid("query").ticket, "me");
    await useTicket(c.env, claims);
    const url = new URL("https://player/socket");
    url.searchParams.set("session", claims.sid);
    return passOn(c, await playerStub(c.env, claims.sub).fetch(handshake(c, url)));
  });
