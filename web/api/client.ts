import type * as z from "zod/mini";
import { call, type Given } from "../../src/client/call.ts";
import { failureOf } from "../../src/client/errors.ts";
import { Rest, type Fetch } from "../../src/client/rest.ts";
import type { Routes } from "../../src/client/routes.gen.ts";
import type { Takes } from "./takes.ts";

/** The house's REST interface. The session travels in an HttpOnly cookie: no token is ever held by the page. */

export { ApiError } from "../../src/client/errors.ts";

/** A call by its name in the OpenAPI document, and its answer, parsed where they arrive. */
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
 * Whom this window takes the visitor for. The session is the browser's, and another window may have changed it: the house refuses to
 * do for one what was meant for another.
 */
export function actAs(id: string | null): void {
  player = id;
}

/** Hears of such a refusal. */
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

/** A visitor is told at once when to wait, and who reads asks again by queries.ts; a broken line is tried once more. */
const house = new Rest({ url: "", tries: 2, waitMsMax: 0, timeoutMs: 8_000, fetch: named });

/** Each call is a new request: its Idempotency-Key covers repeats by the network, not by the player. */
export const ask = asking<keyof Routes>(house);

/** For calls whose answer says nothing new. */
export async function tell<Route extends keyof Routes>(route: Route, ...given: Given<Route>): Promise<void> {
  await call(house, route, ...given);
}
