import { brokenBy } from "./errors.ts";
import type { Query, Request, Rest } from "./rest.ts";
import type { Routes } from "./routes.gen.ts";

/** A call by its name in the OpenAPI document, with the types that were made from it. */

/** What a call takes besides: nothing needs to be said when nothing is needed. */
export type Given<Route extends keyof Routes> =
  object extends Needs<Route>
    ? [given?: Needs<Route> & Pick<Request, "signal" | "key">]
    : [given: Needs<Route> & Pick<Request, "signal" | "key">];
type Needs<Route extends keyof Routes> = {
  readonly [Part in keyof Omit<Routes[Route], "answer">]: Part extends "query"
    ? Asked<Routes[Route][Part]>
    : Routes[Route][Part];
};
/** Where nothing of a query has to be said, null says nothing either. */
type Asked<Said> = object extends Said ? { readonly [Name in keyof Said]: Said[Name] | null } : Said;
type Loose = {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Query;
  readonly body?: object;
  readonly signal?: AbortSignal;
};

/** The good answer. Throws ApiError. */
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
    // The line broke in the middle of it, or it took too long; what is no JSON is another matter.
    throw cause instanceof SyntaxError || request.signal?.aborted === true ? cause : brokenBy(cause);
  });
  // What the answer holds is promised by the document that these types were made from.
  return content as Routes[Route]["answer"];
}

async function contentOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  return /\bjson\b/.test(response.headers.get("content-type") ?? "") ? response.json() : response.text();
}
