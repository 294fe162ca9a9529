import * as z from "zod";
import { done, retry, type Verdict } from "../queue/verdict.ts";
import { refused } from "./sender.ts";
import { childrenOf } from "./words.ts";

/**
 * The outcome of each partition when the Kafka client's `send` rejects. Its error is a tree: it holds the answers of the brokers
 * (`response`, with a code for each partition), and `produced` lists the partitions that were written all the same.
 */

/** Protocol error codes that are about the records themselves; every other error is retried. */
const REFUSED = new Map([
  [10, "MESSAGE_TOO_LARGE"],
  [18, "RECORD_LIST_TOO_LARGE"],
  [87, "INVALID_RECORD"],
]);

const produced = z.object({ offsets: z.array(z.object({ topic: z.string(), partition: z.int() })) });
const answer = z.object({
  responses: z.array(
    z.object({
      name: z.string(),
      partitionResponses: z.array(z.object({ index: z.int(), errorCode: z.int(), errorMessage: z.string().nullish() })),
    }),
  ),
});

/** Verdicts by partition. A partition that is missing has no certain outcome. An acknowledgement overrides an error. */
export function outcomesOf(error: unknown, topic: string): Map<number, Verdict> {
  const outcomes = new Map<number, Verdict>();
  for (const one of tree(error)) {
    const went = "produced" in one ? produced.safeParse(one.produced) : null;
    for (const { topic: name, partition } of went?.data?.offsets ?? []) {
      if (name === topic) outcomes.set(partition, done);
    }
    const said = "response" in one ? answer.safeParse(one.response) : null;
    for (const { name, partitionResponses } of said?.data?.responses ?? []) {
      if (name !== topic) continue;
      for (const { index, errorCode, errorMessage } of partitionResponses) {
        if (outcomes.get(index)?.type !== "done") outcomes.set(index, outcomeOf(errorCode, errorMessage ?? ""));
      }
    }
  }
  return outcomes;
}

function outcomeOf(code: number, words: string): Verdict {
  if (code === 0) return done;
  const name = REFUSED.get(code);
  const why = `${name ?? `Kafka error ${code}`}${words === "" ? "" : `: ${words}`}`;
  return name === undefined ? retry(why) : refused(why);
}

function tree(error: unknown): Error[] {
  const found: Error[] = [];
  const open: unknown[] = [error];
  while (open.length > 0 && found.length < 200) {
    const one = open.shift();
    if (!(one instanceof Error)) continue;
    found.push(one);
    open.push(...childrenOf(one));
  }
  return found;
}
