import { CHECKS, healthOf, type Health } from "../../metrics/health.ts";
import { createRoute, instant, json, router, z } from "./schemas.ts";

/** /api/health: the state of each dependency. */

const state = z.enum(["ok", "failing", "down"]);

const check = z
  .object({
    name: z.enum(CHECKS),
    state: state.openapi({
      description: "`failing`: it answers, and something in it needs an operator. `down`: it did not answer in 2 s.",
    }),
    ms: z.int().openapi({ description: "How long it took to answer.", example: 4 }),
    letters: z.int().optional().openapi({ description: "dead_letters: messages that wait for an operator." }),
    waiting: z
      .int()
      .optional()
      .openapi({ description: "outboxes: packs of events that no consumer has confirmed yet." }),
    parked: z.int().optional().openapi({ description: "outboxes: packs of events that were given up on." }),
    playersWaiting: z
      .int()
      .optional()
      .openapi({ description: "outboxes: news of players that were not confirmed within a few seconds." }),
    projectedAt: instant.nullish().openapi({ description: "read_model: when something was last counted." }),
    lagMs: z
      .int()
      .optional()
      .openapi({ description: "read_model: how old the oldest result is that is not counted yet; 0: none waits." }),
  })
  .openapi("HealthCheck");

const health = z.object({
  status: state.openapi({ description: "`down`: what every request needs is. `failing`: the house is open." }),
  dependencies: z.object({
    directory: z.enum(["ok", "down"]).openapi({ description: "What every request needs." }),
    kafka: z
      .enum(["ok", "failing", "unknown"])
      .optional()
      .openapi({ description: "Where stakes go by Kafka. The house is open without it: what it has to say waits." }),
  }),
  checks: z.array(check).openapi({ description: "Everything the house stands on." }),
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
        next: instant.optional().openapi({ description: "Another report comes by then, or the bridge is not well." }),
      }),
    )
    .optional()
    .openapi({ description: "The bridge's last reports. It asks the broker every 10 s, also when nobody plays." }),
  at: instant,
});

const healthRoute = createRoute({
  method: "get",
  path: "/",
  operationId: "getHealth",
  tags: ["service"],
  summary: "Is the house open",
  description: "200 also while a part of it is failing or down, as long as every request can be answered.",
  responses: { 200: json("It is", health), 503: json("What every request needs is down", health) },
});

export const healthRoutes = router().openapi(healthRoute, async (c) => {
  const found = await healthOf(c.env);
  const { status, bridge } = found;
  const checks = [...found.checks];
  const at = Date.now();
  if (status === "down") return c.json({ status, dependencies: { directory: "down" as const }, checks, at }, 503);
  const directory = "ok" as const;
  if (bridge === null) return c.json({ status, dependencies: { directory }, checks, at }, 200);
  return c.json({ status, dependencies: { directory, kafka: kafkaOf(found) }, bridge: [...bridge], checks, at }, 200);
});

function kafkaOf({ checks, bridge }: Health): "ok" | "failing" | "unknown" {
  if (bridge === null || bridge.length === 0) return "unknown";
  return checks.some(({ name, state: kafka }) => name === "kafka" && kafka === "ok") ? "ok" : "failing";
}
