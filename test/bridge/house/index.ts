import { WorkerEntrypoint } from "cloudflare:workers";
import type { BridgeWord, DeadLetter, BridgePort, Unconfirmed } from "../../../src/bridge-port.ts";

/**
 * Stands in for the main Worker: what the bridge says is noted, what comes by queue has its effect at once. All of it is in memory,
 * which one isolate has for itself.
 */

type Env = { readonly TO_KAFKA: Queue; readonly FROM_KAFKA: Queue };

export type Notes = {
  confirmed: string[];
  letters: DeadLetter[];
  reports: BridgeWord[];
  /** Ids of the messages that came by queue, in their order, each as often as it came. */
  came: string[];
  /** When each came the first time, epoch milliseconds. */
  cameAt: Record<string, number>;
  /** How often the bridge asked what is unsettled. */
  asked: number;
};

/** What the house does wrong for now. */
export type Mode = {
  readonly forgets: boolean;
  readonly failing: readonly ("confirm" | "park" | "unconfirmed" | "unsettled")[];
};

const notes: Notes = { confirmed: [], letters: [], reports: [], came: [], cameAt: {}, asked: 0 };
/** What was sent and is not confirmed, as the rooms' outboxes keep it: sent again when the notes are asked for. */
const outbox = new Map<string, { readonly body: unknown; sentAt: number }>();
const RESEND_MS = 3_000;

async function sendAgain(queue: Queue): Promise<void> {
  const now = Date.now();
  const due = [...outbox.values()].filter(({ sentAt }) => now - sentAt > RESEND_MS).slice(0, 100);
  for (const one of due) one.sentAt = now;
  if (due.length > 0) await queue.sendBatch(due.map(({ body }) => ({ body, contentType: "json" })));
}

let mode: Mode = { forgets: false, failing: [] };

export class House extends WorkerEntrypoint<Env> implements BridgePort {
  async confirm(_topic: string, ids: readonly string[]): Promise<void> {
    fail("confirm");
    notes.confirmed.push(...ids);
    for (const id of ids) outbox.delete(id);
  }

  async unconfirmed(_topic: string, ids: readonly string[]): Promise<Unconfirmed> {
    fail("unconfirmed");
    const done = new Set(notes.confirmed);
    return { open: ids.filter((id) => !done.has(id)), silent: [] };
  }

  async unsettled(_topic: string, ids: readonly string[]): Promise<string[]> {
    fail("unsettled");
    notes.asked += 1;
    const settled = new Set([...notes.came, ...notes.letters.map(({ id }) => id)]);
    return ids.filter((id) => !settled.has(id));
  }

  async park(letters: readonly DeadLetter[]): Promise<void> {
    fail("park");
    const known = new Set(notes.letters.map(({ id }) => id));
    notes.letters.push(...letters.filter(({ id }) => !known.has(id)));
  }

  async report(report: BridgeWord): Promise<void> {
    notes.reports.push(report);
  }
}

/** From the queue's acknowledgement of a batch of up to 100 until the bridge confirms the last of it, milliseconds. */
async function measure(queue: Queue, bodies: readonly unknown[]): Promise<number> {
  const wanted = notes.confirmed.length + bodies.length;
  const began = Date.now();
  await queue.sendBatch(bodies.map((body) => ({ body, contentType: "json" })));
  while (notes.confirmed.length < wanted) {
    if (Date.now() - began > 30_000) throw new Error("the batch was not confirmed in 30 s");
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return Date.now() - began;
}

function fail(what: Mode["failing"][number]): void {
  if (mode.failing.includes(what)) throw new Error(`the house fails at ${what}, as it was told to`);
}

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    switch (pathname) {
      case "/send": {
        const bodies = await request.json<unknown[]>();
        for (const body of bodies) {
          const { id }: { id?: unknown } = Object(body);
          if (typeof id === "string") outbox.set(id, { body, sentAt: Date.now() });
        }
        for (let i = 0; i < bodies.length; i += 100) {
          await env.TO_KAFKA.sendBatch(bodies.slice(i, i + 100).map((body) => ({ body, contentType: "json" })));
        }
        return new Response();
      }
      case "/measure":
        return Response.json(await measure(env.TO_KAFKA, await request.json<unknown[]>()));
      case "/mode":
        mode = await request.json<Mode>();
        return new Response();
      case "/notes":
        await sendAgain(env.TO_KAFKA);
        return Response.json(notes);
      default:
        return new Response("house");
    }
  },

  async queue(batch) {
    for (const message of batch.messages) {
      const { id } = message.body as { id: string };
      // The queue that a kill has emptied, or a consumer that died over it: taken, and without effect.
      if (!mode.forgets) {
        notes.came.push(id);
        notes.cameAt[id] ??= Date.now();
      }
      message.ack();
    }
  },
} satisfies ExportedHandler<Env>;
