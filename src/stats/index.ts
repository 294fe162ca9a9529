import { settingsOf, type Env } from "../env.ts";
import { d1Model } from "./d1.ts";
import type { ReadModel } from "./model.ts";
import { upstashModel } from "./upstash.ts";

export * from "./model.ts";

/** The read model of this deployment: on Upstash Redis if that is configured, else on D1. */
export function readModelOf(env: Env): ReadModel {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = settingsOf(env);
  return url === "" ? d1Model(env.READ_MODEL) : upstashModel(url, token);
}
