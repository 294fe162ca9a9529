import { WorkerEntrypoint } from "cloudflare:workers";
import bridge from "../../src/bridge/index.ts";
import type { Env } from "../../src/bridge/env.ts";
import type { BridgePort } from "../../src/bridge-port.ts";

/**
 * The bench's Worker: the bridge as it is, handed batches as the platform hands them, several at a time. The queue of local
 * development is left out: it delivers one batch after the other, which the platform's does not.
 */

export { Feed, Writer } from "../../src/bridge/index.ts";

let confirmed = 0;

export class House extends WorkerEntrypoint implements BridgePort {
  async confirm(_topic: string, ids: readonly string[]): Promise<void> {
    confirmed += ids.length;
  }
  async unsettled(): Promise<string[]> {
    return [];
  }
  async park(): Promise<void> {}
  async report(): Promise<void> {}
}

type Ask = { readonly batches: readonly (readonly unknown[])[]; readonly together: number };

/** One batch: how long from the hand-over until all of it was acknowledged, milliseconds. */
async function hand(bodies: readonly unknown[], env: Env, ctx: ExecutionContext): Promise<number> {
  const acked = new Set<string>();
  const messages = bodies.map((body, i) => ({
    id: String(i),
    timestamp: new Date(),
    attempts: 1,
    body,
    ack: () => void acked.add(String(i)),
    retry: () => undefined,
  }));
  const batch: MessageBatch = {
    queue: "stakes-kafka",
    messages,
    metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } },
    ackAll: () => undefined,
    retryAll: () => undefined,
  };
  const began = performance.now();
  await bridge.queue(batch, env, ctx);
  if (acked.size !== bodies.length) throw new Error(`${bodies.length - acked.size} messages were not acknowledged`);
  return performance.now() - began;
}

export default {
  async fetch(request, env, ctx) {
    if (request.method !== "POST") return Response.json({ confirmed });
    const { batches, together } = await request.json<Ask>();
    const times: number[] = [];
    const began = performance.now();
    const rest = [...batches];
    await Promise.all(
      Array.from({ length: together }, async () => {
        for (let batch = rest.shift(); batch !== undefined; batch = rest.shift())
          times.push(await hand(batch, env, ctx));
      }),
    );
    return Response.json({ times, ms: performance.now() - began });
  },
} satisfies ExportedHandler<Env>;
