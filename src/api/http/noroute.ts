import type { Ctx } from "./context.ts";
import { answerError } from "./errors.ts";
import { Refused } from "./refusals.ts";

type Route = { readonly method: string; readonly path: string };

/** No route matches: `not_found`, or `method_not_allowed` with the methods of this path in `Allow`. */
export function noRoute(c: Ctx, routes: readonly Route[]): Response {
  const allowed = methodsAt(c.req.path, routes);
  if (allowed.length === 0) return answerError(new Refused("not_found"), c);
  c.header("allow", allowed.join(", "));
  return answerError(new Refused("method_not_allowed"), c);
}

function methodsAt(path: string, routes: readonly Route[]): string[] {
  const parts = path.split("/");
  const here = routes.filter((route) => route.method !== "ALL" && matches(route.path.split("/"), parts));
  const methods = new Set(here.map((route) => route.method));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods].sort();
}

const matches = (pattern: readonly string[], parts: readonly string[]): boolean =>
  pattern.length === parts.length &&
  pattern.every((part, i) => (part.startsWith(":") ? parts[i] !== "" : part === parts[i]));
