import { accessLog } from "./api/http/access.ts";
import {
  allowedPages,
  emptyBody,
  headers,
  jsonOnly,
  limits,
  sameOrigin,
  settings,
  smallBody,
  soundBody,
} from "./api/http/guards.ts";
import { answerError } from "./api/http/errors.ts";
import { answering } from "./api/http/idempotency.ts";
import { noRoute } from "./api/http/noroute.ts";
import { isNavigation, shell } from "./api/pages.ts";
import { DOCUMENT } from "./api/docs/document.ts";
import { docsPage } from "./api/docs/page.ts";
import { auth } from "./api/routes/auth.ts";
import { balance } from "./api/routes/balance.ts";
import { bets } from "./api/routes/bets.ts";
import { events } from "./api/routes/events.ts";
import { gamesRoutes } from "./api/routes/games.ts";
import { healthRoutes } from "./api/routes/health.ts";
import { leaderboards } from "./api/routes/leaderboards.ts";
import { limitRoutes } from "./api/routes/limits.ts";
import { me } from "./api/routes/me.ts";
import { metrics } from "./api/routes/metrics.ts";
import { operator } from "./api/routes/operator.ts";
import { play } from "./api/routes/play.ts";
import { profileRoutes } from "./api/routes/profile.ts";
import { players } from "./api/routes/players.ts";
import { rooms } from "./api/routes/rooms.ts";
import { rounds } from "./api/routes/rounds.ts";
import { router } from "./api/routes/schemas.ts";

/** The Hono app: the order of the middleware, and where each resource is mounted. */

const api = router();

api.use(headers, accessLog);
api.use("/api/*", settings, allowedPages, sameOrigin, limits, smallBody, emptyBody, jsonOnly, soundBody, answering);
api.onError(answerError);

const routes = api
  .route("/api/auth", auth)
  .route("/api/balance", balance)
  .route("/api/games", gamesRoutes)
  .route("/api/rooms", rooms)
  .route("/api/rooms", play)
  .route("/api/rooms", rounds)
  .route("/api/players", players)
  .route("/api/players", bets)
  .route("/api/leaderboards", leaderboards)
  .route("/api/me", me)
  .route("/api/me", profileRoutes)
  .route("/api/me", limitRoutes)
  .route("/api/operator", operator)
  .route("/api", events)
  .route("/api/health", healthRoutes)
  .route("/", metrics);

api.openAPIRegistry.registerComponent("securitySchemes", "bearer", { type: "http", scheme: "bearer" });
api.openAPIRegistry.registerComponent("securitySchemes", "operator", { type: "http", scheme: "bearer" });
api.openAPIRegistry.registerComponent("securitySchemes", "cookie", { type: "apiKey", in: "cookie", name: "croupier" });
api.doc31("/api/openapi.json", DOCUMENT);
// The page is the same for everybody until the next version, so it is made once per isolate.
let docs: ReturnType<typeof docsPage> | null = null;
api.get("/docs", settings, limits, (c) => c.html((docs ??= docsPage(api.getOpenAPI31Document(DOCUMENT)))));
for (const path of ["/docs", "/metrics"]) api.get(`${path}/`, (c) => c.redirect(path, 308));
api.notFound((c) =>
  isNavigation(c.req.method, c.req.path, (name) => c.req.header(name)) ? shell(c) : noRoute(c, api.routes),
);

export const app = routes;

/** For typed clients: `hc<App>(origin)` of hono/client. */
export type App = typeof routes;
