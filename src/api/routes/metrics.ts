import { createMiddleware } from "hono/factory";
import { sameKey } from "../auth/same-key.ts";
import type { Env } from "../../env.ts";
import { limits, settings } from "../http/guards.ts";
import type { AppEnv } from "../http/context.ts";
import { Refused } from "../http/refusals.ts";
import { logOf } from "../../log.ts";
import { CONTENT_TYPE, expose } from "../../metrics/exposition.ts";
import { familiesOf, type Build } from "../../metrics/families.ts";
import { readModelOf } from "../../stats/index.ts";
import { deadLettersStub, directoryStub } from "../../objects/stubs.ts";
import { createRoute, router, z } from "./schemas.ts";

/** /metrics in Prometheus text format, from the Directory and the stores. It does not wake empty rooms. */

const PART_MS_MAX = 1_000;

/** Open to all, unless METRICS_KEY is set: then `Authorization: Bearer <key>` is needed. */
const scraper = createMiddleware<AppEnv>(async (c, next) => {
  const { METRICS_KEY } = c.get("settings");
  const given = /^Bearer (\S{1,200})$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
  if (METRICS_KEY !== "" && !(await sameKey(METRICS_KEY, given))) throw new Refused("bad_metrics_key");
  await next();
});

const metricsRoute = createRoute({
  method: "get",
  path: "/metrics",
  operationId: "getMetrics",
  tags: ["service"],
  summary: "Metrics, as Prometheus reads them",
  description:
    "By game, from what the rooms last reported (active ones every 4 s, and whatever changes within 10 s). A room is asked, and so woken, only when it told of people or of something that waits and has been silent since, ever more rarely. Counters only grow, also when rooms begin anew; what a room counted within its last 4 s before a crash is not in them. With the setting METRICS_KEY its bearer alone may read them.",
  middleware: [settings, limits, scraper] as const,
  refuses: ["bad_metrics_key"],
  responses: {
    200: {
      description: "Text format 0.0.4",
      content: { "text/plain": { schema: z.string().openapi({ example: 'croupier_sockets{game="roulette"} 12\n' }) } },
    },
  },
});

export const metrics = router().openapi(metricsRoute, async (c) => {
  const [census, readSide, deadLetters] = await Promise.all([
    directoryStub(c.env).census(),
    inTime(c.env, "read model", async () => readModelOf(c.env).freshness()),
    inTime(c.env, "dead letters", async () => (await deadLettersStub(c.env).count()).open),
  ]);
  const families = familiesOf(census, buildOf(c.env), { readSide, deadLetters });
  return c.text(expose(families), 200, { "content-type": CONTENT_TYPE });
});

function buildOf({ CF_VERSION_METADATA }: Env): Build {
  return { version: CF_VERSION_METADATA?.id ?? "", tag: CF_VERSION_METADATA?.tag ?? "" };
}

/** Null when it fails, or does not answer within a second. */
async function inTime<T>(env: Env, part: string, ask: () => Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PART_MS_MAX);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch (error) {
    logOf(env).warn(part, { error });
    return null;
  } finally {
    clearTimeout(timer);
  }
}
