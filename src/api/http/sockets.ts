import type { Ctx } from "./context.ts";
import { SOCKET_HEADERS } from "../../../rooms/host/ports.ts";
import { Refused } from "./refusals.ts";

/** The headers of a WebSocket's opening handshake; everything else that a client sent stays behind. */
const HANDSHAKE = ["upgrade", "connection", "sec-websocket-key", "sec-websocket-version", "sec-websocket-extensions"];

/** Refused `upgrade_required`: not a WebSocket. */
export function requireUpgrade(c: Ctx): void {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") throw new Refused("upgrade_required");
}

/** A request of our own making, with the client's handshake, the request's id, and nothing else of the client's. */
export function handshake(c: Ctx, url: URL, named: Readonly<Record<string, string>> = {}): Request {
  const headers = new Headers({ ...named, [SOCKET_HEADERS.request]: c.get("requestId") });
  for (const name of HANDSHAKE) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  return new Request(url, { headers });
}

/** The object's socket, named by its request id, or `room_unavailable`; its own words stay inside. */
export function passOn(c: Ctx, response: Response): Response {
  if (response.status === 429)
    throw new Refused("rate_limited", { message: "Too many look on from here.", retryAfterS: 60 });
  if (response.status !== 101 || response.webSocket === null) throw new Refused("room_unavailable");
  const headers = { "x-request-id": c.get("requestId") };
  return new Response(null, { status: 101, webSocket: response.webSocket, headers });
}
