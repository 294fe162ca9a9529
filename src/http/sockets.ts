import type { Ctx } from "./context.ts";
import { Refused } from "./refusals.ts";

/** The headers of a WebSocket's opening handshake; everything else that a client sent stays behind. */
const HANDSHAKE = ["upgrade", "connection", "sec-websocket-key", "sec-websocket-version", "sec-websocket-extensions"];

/** Refused `upgrade_required`: not a WebSocket. */
export function requireUpgrade(c: Ctx): void {
  if (c.req.header("upgrade")?.toLowerCase() !== "websocket") throw new Refused("upgrade_required");
}

/** A request of our own making, with the client's handshake and nothing else of the client's. */
export function handshake(c: Ctx, url: URL, named: Readonly<Record<string, string>> = {}): Request {
  const headers = new Headers(named);
  for (const name of HANDSHAKE) {
    const value = c.req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  return new Request(url, { headers });
}

/** The object's socket, or `room_unavailable`; its own words stay inside. */
export function passOn(response: Response): Response {
  if (response.status !== 101 || response.webSocket === null) throw new Refused("room_unavailable");
  return new Response(null, { status: 101, webSocket: response.webSocket });
}
