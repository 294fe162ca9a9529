import { brokenBy } from "./errors.ts";
import type { Query, Request, Rest } from "./rest.ts";
import type { Routes } from "./routes.gen.ts";

/** Typed calls of the API by operation. The types are generated from the OpenAPI document. */

/** The input of a call besides its route. The argument is optional when nothing in it is required. */
export type Given<Route extends keyof Routes> =
  object extends Needs<Route>
    ? [given?: Needs<Route> & Pick<Request, "signal" | "key">]
    : [given: Needs<Route> & Pick<Request, "signal" | "key">];
type Needs<Route extends keyof Routes> = {
  readonly [Part in keyof Omit<Routes[Route], "answer">]: Part extends "query"
    ? Asked<Routes[Route][Part]>
    : Routes[Route][Part];
};
/** In a query whose parameters are all optional, null also means absent. */
type Asked<Said> = object extends Said ? { readonly [Name in keyof Said]: Said[Name] | null } : Said;
type Loose = {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Query;
  readonly body?: object;
  readonly signal?: AbortSignal;
};

/** Returns the body of a successful response. Throws ApiError. */
export async function call<Route extends keyof Routes>(
  house: Pick<Rest, "request">,
  route: Route,
  ...[given]: Given<Route>
): Promise<Routes[Route]["answer"]> {
  const { path = {}, ...request } = (given ?? {}) as Loose; // each route's own type is one of these
  const space = route.indexOf(" ");
  const filled = route
    .slice(space + 1)
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])));
  const response = await house.request(route.slice(0, space) as "GET", filled, request);
  const content = await contentOf(response).catch((cause: unknown) => {
    // The connection broke in the middle of the body, or it took too long. Invalid JSON is a different error.
    throw cause instanceof SyntaxError || request.signal?.aborted === true ? cause : brokenBy(cause);
  });
  // The OpenAPI document promises this type.
  return content as Routes[Route]["answer"];
}

async function contentOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  return /\bjson\b/.test(response.headers.get("content-type") ?? "") ? response.json() : response.text();
}
