import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";

/** Before each file's tests: the read model's tables. From vitest.config.ts, since no file can be read in workerd. */

const { READ_MODEL_MIGRATIONS } = env as { READ_MODEL_MIGRATIONS?: D1Migration[] };
if (READ_MODEL_MIGRATIONS === undefined) throw new Error("no migrations: see vitest.config.ts");
await applyD1Migrations(env.READ_MODEL, READ_MODEL_MIGRATIONS);
