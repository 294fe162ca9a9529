import type * as z from "zod/mini";
import { call, type Given } from "../../src/client/call.ts";
import { failureOf } from "../../src/client/errors.ts";
import { Rest, type Fetch } from "../../src/client/rest.ts";
import type { Routes } from "../../src/client/routes.gen.ts";
import type { Takes } from "./takes.ts";

/** The REST client of the page. The session is in an HttpOnly cookie, so the page never holds a token. */

export { ApiError } from "../../src/client/errors.ts";

/** A call by its route in the OpenAPI document. The answer is parsed when it arrives. */
export type Ask<Among extends keyof Routes> = <Route extends Among, Shape extends z.ZodMiniType>(
  route: Route,
  shape: Shape & Takes<Routes[Route]["answer"], z.input<Shape>>,
  ...given: Given<Route>
) => Promise<z.output<Shape>>;

export function asking<Among extends keyof Routes>(rest: Pick<Rest, "request">): Ask<Among> {
  return async (route, shape, ...given) => shape.parse(await call(rest, route, ...given));
}

let player: string | null = null;
let other = (): void => {};

/**
 * Sets the player id that this window sends as `If-Player`. Windows share the session's cookie, and another window may have
 * changed it: the server refuses requests meant for another player.
 */
export function actAs(id: string | null): void {
  player = id;
}

/** `listener` is called when such a request is refused. */
export function onOther(listener: () => void): void {
  other = listener;
}

const named: Fetch = async (url, init) => {
  if (player === null || url === "/api/auth/session") return fetch(url, init);
  const headers = new Headers(init.headers);
  headers.set("if-player", player);
  const response = await fetch(url, { ...init, headers });
  if (response.status === 412 && (await failureOf(response.clone())).code === "other_player") other();
  return response;
};

/** Waits are not honoured here: a visitor is told at once, and queries.ts retries reads. A broken connection is retried once. */
const house = new Rest({ url: "", tries: 2, waitMsMax: 0, timeoutMs: 8_000, fetch: named });

/** Each call is a new request: its Idempotency-Key covers retries after network errors, not a second click. */
export const ask = asking<keyof Routes>(house);

/** For calls whose answer is not needed. */
export async function tell<Route extends keyof Routes>(route: Route, ...given: Given<Route>): Promise<void> {
  await call(house, route, ...given);
}
