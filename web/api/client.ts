import type * as z from "zod/mini";
import { Rest } from "../../src/client/rest.ts";

/** The house's REST interface. The session travels in an HttpOnly cookie: no token is ever held by the page. */

export { ApiError } from "../../src/client/errors.ts";

/** A visitor is told at once when to wait, and who reads asks again by queries.ts; a broken line is tried once more. */
const house = new Rest({ url: "", tries: 2, waitMsMax: 0 });

export async function get<T>(path: string, shape: z.ZodMiniType<T>, signal?: AbortSignal): Promise<T> {
  const response = await house.request("GET", `/api${path}`, { signal });
  return shape.parse(await response.json());
}

/** Each call is a new wish: its Idempotency-Key covers repeats by the network, not by the player. */
export async function post<T>(path: string, shape: z.ZodMiniType<T>, body: object = {}): Promise<T> {
  const response = await house.request("POST", `/api${path}`, { body });
  return shape.parse(await response.json());
}

/** For calls that answer with nothing. */
export async function tell(path: string, body: object = {}): Promise<void> {
  await house.request("POST", `/api${path}`, { body });
}
