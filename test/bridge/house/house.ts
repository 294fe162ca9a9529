import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTestHarness } from "wrangler";
import type { FeedState } from "../../../src/bridge/feed-loop.ts";
import type { DevVars } from "../../../src/bridge/dev-config.ts";
import type { Mode, Notes } from "./index.ts";

/** The bridge as it is bundled, in workerd, beside a house of no rooms. */

const here = dirname(fileURLToPath(import.meta.url));

export type State = { readonly role: string; readonly transport: string; readonly feed: FeedState | string };

export type Running = {
  readonly notes: () => Promise<Notes>;
  readonly mode: (mode: Partial<Mode>) => Promise<void>;
  /** By the queue to Kafka. */
  readonly send: (bodies: readonly unknown[]) => Promise<void>;
  /** Sends a batch by the queue to Kafka. How long until the bridge confirmed the last of it, milliseconds. */
  readonly measure: (bodies: readonly unknown[]) => Promise<number>;
  /** What the bridge's own health says; asking pokes its feed. */
  readonly state: () => Promise<State>;
  readonly cron: () => Promise<void>;
  /** The feed's object loses its memory. */
  readonly evict: () => Promise<void>;
  readonly sql: (query: string) => Promise<unknown[]>;
  readonly logs: () => string;
  readonly stop: () => Promise<void>;
};

export async function startHouse(vars: DevVars, env?: "lottery"): Promise<Running> {
  const of = env === undefined ? {} : { env };
  const server = createTestHarness({
    workers: [
      { configPath: join(here, "wrangler.toml"), ...of },
      { configPath: join(here, "../../../src/bridge/wrangler.toml"), ...of, vars: { ...vars } },
    ],
  });
  await server.listen();
  const bridge = server.getWorker(env === undefined ? "croupier-bridge" : "croupier-lottery-bridge");
  const post = async (path: string, body: unknown): Promise<void> => {
    const answer = await server.fetch(path, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  };
  return {
    notes: async () => (await (await server.fetch("/notes")).json()) as Notes,
    mode: async (mode) => post("/mode", { forgets: false, failing: [], ...mode }),
    send: async (bodies) => post("/send", bodies),
    measure: async (bodies) => {
      const answer = await server.fetch("/measure", { method: "POST", body: JSON.stringify(bodies) });
      if (!answer.ok) throw new Error(`measure: ${answer.status} ${await answer.text()}`);
      return Number(await answer.json());
    },
    state: async () => (await (await bridge.fetch("/")).json()) as State,
    cron: async () => void (await bridge.scheduled({ cron: "* * * * *" })),
    evict: async () => bridge.evictDurableObject("Feed", { name: "feed" }),
    sql: async (query) => {
      const storage = await bridge.getDurableObjectStorage("Feed", { name: "feed" });
      return storage.exec(query);
    },
    logs: () =>
      server
        .getLogs()
        .map(({ level, message }) => `${level}: ${message}`)
        .join("\n"),
    stop: async () => server.close(),
  };
}
