import type * as z from "zod/mini";
import { call, type Given } from "../../src/client/call.ts";
import { Rest } from "../../src/client/rest.ts";
import type { Routes } from "../../src/client/routes.gen.ts";
import type { Takes } from "./takes.ts";

/** The house's REST interface. The session travels in an HttpOnly cookie: no token is ever held by the page. */

export { ApiError } from "../../src/client/errors.ts";

/** A call by its name in the OpenAPI document, and its answer, parsed at the door. */
export type Ask<Among extends keyof Routes> = <Route extends Among, Shape extends z.ZodMiniType>(
  route: Route,
  shape: Shape & Takes<Routes[Route]["answer"], z.input<Shape>>,
  ...given: Given<Route>
) => Promise<z.output<Shape>>;

export function asking<Among extends keyof Routes>(rest: Pick<Rest, "request">): Ask<Among> {
  return async (route, shape, ...given) => shape.parse(await call(rest, route, ...given));
}

/** A visitor is told at once when to wait, and who reads asks again by queries.ts; a broken line is tried once more. */
const house = new Rest({ url: "", tries: 2, waitMsMax: 0 });

/** Each call is a new wish: its Idempotency-Key covers repeats by the network, not by the player. */
export const ask = asking<keyof Routes>(house);

/** For calls whose answer says nothing new. */
export async function tell<Route extends keyof Routes>(route: Route, ...given: Given<Route>): Promise<void> {
  await call(house, route, ...given);
}
