import type { Envelope } from "../../rooms/host/outbox.ts";
import type { StoredLetter } from "../objects/dead-letters.ts";
import { settingsOf, type Env } from "../env.ts";
import { readEvent, type Topic } from "../events.ts";
import { roomStub } from "../objects/stubs.ts";
import { isRoom } from "./existence-cache.ts";
import { consume } from "./queue.ts";
import type { Verdict } from "./verdict.ts";

/**
 * The outcome of replaying a dead letter. `parked`: it failed again, for `reason`. `queued`: it is back in its room's outbox,
 * which sends it to Kafka until it is confirmed.
 */
export type Replayed = { readonly outcome: "done" | "queued" | "parked" | "retry"; readonly reason: string | null };

/** Replays dead letters: at once, or through their room's outbox if their topic goes to Kafka. One answer each, in order. */
export async function replay(env: Env, letters: readonly StoredLetter[]): Promise<Replayed[]> {
  const answers = new Map<StoredLetter, Replayed>();
  for (const topic of ["stakes", "awards", "settled"] as const) {
    const some = letters.filter((letter) => letter.topic === topic);
    if (some.length === 0) continue;
    if (goesToKafka(env, topic)) {
      for (const letter of some) answers.set(letter, await sendAgain(env, letter));
      continue;
    }
    const verdicts = await consume(env, topic, some);
    for (const [i, letter] of some.entries()) answers.set(letter, replayedBy(verdicts[i]));
  }
  return letters.map((letter) => answers.get(letter) ?? replayedBy(undefined));
}

function goesToKafka(env: Env, topic: Topic): boolean {
  const { ROLE, LOTTERY } = settingsOf(env);
  return ROLE === "lottery" ? topic === "awards" : topic === "stakes" && LOTTERY === "kafka";
}

async function sendAgain(env: Env, { topic, body }: StoredLetter): Promise<Replayed> {
  const read = readEvent(topic, body);
  if (!read.ok) return { outcome: "parked", reason: `${read.code}: ${read.message}` };
  const { id, source } = read.event;
  try {
    const known = await isRoom(env, source);
    // The whole body, including fields that this version does not know.
    const taken = known ? await roomStub(env, source).sendAgain(topic, [body as Envelope]) : [];
    if (taken.includes(id)) return { outcome: "queued", reason: null };
    return { outcome: "parked", reason: "unknown_event: No room of this house has sent it." };
  } catch (error) {
    return { outcome: "retry", reason: String(error) };
  }
}

function replayedBy(verdict: Verdict | undefined): Replayed {
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
