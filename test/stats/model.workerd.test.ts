import { env } from "cloudflare:workers";
import { readModelContract } from "./contract.ts";
import { d1Model } from "../../src/stats/d1.ts";

readModelContract("D1", async () => {
  const model = d1Model(env.READ_MODEL);
  await model.clear();
  return model;
});
