import type { StoredLetter } from "../dead-letters.ts";
import { settingsOf, type Env } from "../env.ts";
import { consume } from "./queue.ts";

/** What came of sending a dead letter again. `parked`: its new reason is in `reason`. */
export type Replayed = { readonly outcome: "done" | "queued" | "parked" | "retry"; readonly reason: string | null };

/** Where the effect is in here it is had at once, and told; what goes to Kafka goes back into the bridge's queue. */
export async function replay(env: Env, { id, topic, body }: StoredLetter): Promise<Replayed> {
  const { ROLE, LOTTERY } = settingsOf(env);
  const away = ROLE === "lottery" ? topic === "awards" : topic === "stakes" && LOTTERY === "kafka";
  if (away) {
    await (topic === "awards" ? env.AWARDS_KAFKA : env.STAKES_KAFKA).send(body);
    return { outcome: "queued", reason: null };
  }
  const [verdict] = await consume(env, topic, [{ id, body }]);
  switch (verdict?.type) {
    case "done":
      return { outcome: "done", reason: null };
    case "poison":
      return { outcome: "parked", reason: `${verdict.code}: ${verdict.reason}` };
    case "retry":
      return { outcome: "retry", reason: verdict.why };
    case undefined:
    default:
      return { outcome: "retry", reason: "It was not judged." };
  }
}
