import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { logOf } from "../../log.ts";
import type { AppEnv } from "./context.ts";

/**
 * Logs one line for each request at level info. It names the route's pattern, never the URL, which may hold a ticket or an
 * invitation. A socket's line is written when it opens.
 */
export const accessLog = createMiddleware<AppEnv>(async (c, next) => {
  const begun = Date.now();
  await next();
  const log = logOf(c.env);
  if (!log.tells("info")) return;
  const route = matchedRoutes(c).findLast(({ method }) => method !== "ALL")?.path ?? "none";
  const { status } = c.res;
  log.info("request", {
    requestId: c.get("requestId"),
    method: c.req.method,
    route,
    status,
    code: c.get("refusal"),
    ms: Date.now() - begun,
  });
});
