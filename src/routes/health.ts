import { settingsOf } from "../env.ts";
import { directoryStub } from "../stubs.ts";
import { createRoute, instant, json, router, z } from "./schemas.ts";

/** /api/health: whether what every request needs is there. */

const health = z.object({
  status: z.enum(["ok", "down"]),
  dependencies: z.object({
    directory: z.enum(["ok", "down"]),
    kafka: z
      .enum(["ok", "failing", "unknown"])
      .optional()
      .openapi({ description: "Where stakes go by Kafka. The house is open without it: what it has to say waits." }),
  }),
  bridge: z
    .array(
      z.object({
        topic: z.string(),
        direction: z.enum(["to-kafka", "from-kafka"]),
        state: z.enum(["ok", "failing"]),
        error: z.string().nullable(),
        records: z.int(),
        lag: z.int().nullable(),
        at: instant,
      }),
    )
    .optional()
    .openapi({ description: "The bridge's last reports." }),
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
  if (directory !== "ok") return c.json({ status: "down" as const, dependencies: { directory }, at }, 503);
  if (settingsOf(c.env).LOTTERY !== "kafka")
    return c.json({ status: "ok" as const, dependencies: { directory }, at }, 200);
  const bridge = await directoryStub(c.env).bridges();
  const state = bridge.some((one) => one.state === "failing") ? "failing" : bridge.length === 0 ? "unknown" : "ok";
  return c.json({ status: "ok" as const, dependencies: { directory, kafka: state }, bridge, at }, 200);
});
