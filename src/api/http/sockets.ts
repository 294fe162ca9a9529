import type { Ctx } from "./context.ts";
import { SOCKET_HEADERS } from "../../../rooms/host/ports.ts";
import { Refused } from "./refusals.ts";

/** The headers of a WebSocket handshake; no other header of the client is passed on. */
const HANDSHAKE = ["upgrade", "connection", "sec-websocket-key", "sec-websocket-version", "sec-websocket-extensions"];

/** Refused `upgrade_required`: not a WebSocket request. */
export function requireUpgrade(c: Ctx): void {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") throw new Refused("upgrade_required");
}

/** A new request with the handshake headers, the request id and the headers in `named`, and nothing else from the client. */
export function handshake(c: Ctx, url: URL, named: Readonly<Record<string, string>> = {}): Request {
  const headers = new Headers({ ...named, [SOCKET_HEADERS.request]: c.get("requestId") });
  for (const name of HANDSHAKE) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  return new Request(url, { headers });
}

/** Passes on the object's socket, with the request id. Other answers become `room_unavailable`, or `rate_limited` for a 429. */
export function passOn(c: Ctx, response: Response): Response {
  if (response.status === 429)
    throw new Refused("rate_limited", { message: "Too many look on from here.", retryAfterS: 60 });
  if (response.status !== 101 || response.webSocket === null) throw new Refused("room_unavailable");
  const headers = { "x-request-id": c.get("requestId") };
  return new Response(null, { status: 101, webSocket: response.webSocket, headers });
}
