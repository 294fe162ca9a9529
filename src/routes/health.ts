import { directoryStub } from "../stubs.ts";
import { createRoute, instant, json, router, z } from "./schemas.ts";

/** /api/health: whether what every request needs is there. */

const health = z.object({
  status: z.enum(["ok", "down"]),
  dependencies: z.object({ directory: z.enum(["ok", "down"]) }),
  at: instant,
});

const healthRoute = createRoute({
  method: "get",
  path: "/",
  tags: ["service"],
  summary: "Is the house open",
  responses: { 200: json("It is", health), 503: json("Something is down", health) },
});

export const healthRoutes = router().openapi(healthRoute, async (c) => {
  const directory = await directoryStub(c.env)
    .ping()
    .catch(() => "down" as const);
  const at = Date.now();
  const dependencies = { directory };
  return directory === "ok"
    ? c.json({ status: "ok" as const, dependencies, at }, 200)
    : c.json({ status: "down" as const, dependencies, at }, 503);
});
