import { signedIn } from "../auth/identify.ts";
import { checkTicket, issueTicket, useTicket } from "../auth/tickets.ts";
import { idempotent } from "../http/idempotency.ts";
import { refusals } from "../http/refusals.ts";
import { handshake, passOn, requireUpgrade } from "../http/sockets.ts";
import { playerStub } from "../../objects/stubs.ts";
import { createRoute, idempotencyHeader, json, router, SIGNED_IN, ticket, ticketQuery, z } from "./schemas.ts";

/** Under /api/me: the personal socket. */

const tags = ["me"];

const ticketRoute = createRoute({
  method: "post",
  path: "/ticket",
  tags,
  summary: "A ticket for my personal socket",
  security: SIGNED_IN,
  middleware: [signedIn, idempotent] as const,
  request: { headers: idempotencyHeader },
  responses: { 200: json("Good for one socket", ticket), ...refusals("unauthenticated", "bad_origin") },
});

const socketRoute = createRoute({
  method: "get",
  path: "/socket",
  tags,
  summary: "My personal socket",
  description:
    'Says `{"type":"welcome","player":{…},"available":98500,"rooms":["roulette:main"],"now":…}` first, then `{"type":"balance","available":96500,"rooms":["roulette:main"],"entry":{…}}` for each new entry of the statement; `rooms` are those where chips of mine may be. Answers `ping` with `pong` and reads nothing else. Closes with 4007 when the session ends.',
  request: { query: z.object({ ticket: ticketQuery }) },
  responses: {
    101: { description: "The socket" },
    ...refusals("bad_ticket", "bad_origin", "invalid_request", "upgrade_required", "room_unavailable"),
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
