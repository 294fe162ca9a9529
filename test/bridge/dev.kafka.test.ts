import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { Producer, stringSerializers } from "@platformatic/kafka";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestHarness } from "wrangler";
import { pokeBridge } from "../../src/bridge/dev-config.ts";
import { TOPICS } from "../../src/events.ts";
import { clientOptions, skipKafka, startBroker } from "../kafka/broker.ts";
import { award, range } from "./events.ts";
import { startDev, type Dev } from "./house/dev.ts";
import type { Notes } from "./house/index.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "croupier-bridge-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("what would be deployed", () => {
  test.each(["", "lottery"])("is bundled, small, and starts in workerd (--env=%s)", async (env) => {
    const out = join(folder, `out-${env}`);
    const configPath = join(root, "src/bridge/wrangler.toml");
    const built = spawnSync(
      join(root, "node_modules/.bin/wrangler"),
      ["deploy", "--dry-run", "-c", configPath, `--env=${env}`, "--outdir", out],
      { encoding: "utf8", cwd: folder, env: { ...process.env, WRANGLER_SEND_METRICS: "false" } },
    );
    expect(built.status, built.stdout + built.stderr).toBe(0);
    expect(built.stdout).not.toMatch(/WARNING/);
    const files = readdirSync(out).filter((name) => /\.(js|wasm)$/.test(name));
    const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(out, name))).byteLength, 0);
    expect(bytes).toBeLessThan(400 * 1024);
    const of = env === "" ? {} : { env };
    const server = createTestHarness({
      workers: [
        { configPath: join(root, "test/bridge/house/wrangler.toml"), ...of },
        { configPath, ...of, prebuiltWorkerDir: out, vars: { KAFKA_BROKERS: "127.0.0.1:1" } },
      ],
    });
    try {
      await server.listen();
      const worker = server.getWorker(env === "" ? "croupier-bridge" : "croupier-lottery-bridge");
      expect(await (await worker.fetch("/")).json()).toMatchObject({ role: env === "" ? "casino" : "lottery" });
      const failing = async (): Promise<unknown> => (await worker.fetch("/")).json();
      await expect.poll(failing, { timeout: 15_000 }).toMatchObject({ feed: { state: "failing" } });
    } finally {
      await server.close();
    }
  });
});

describe.skipIf(skipKafka())("two Workers in one wrangler dev", () => {
  test("awards are with the house after a kill -9 that emptied the queue, and nobody has to poke for it", async () => {
    const broker = await startBroker();
    const vars = { KAFKA_BROKERS: broker.brokers, FEED_IDLE_MAX_S: 1 };
    let dev: Dev | null = null;
    try {
      dev = await startDev(folder, vars);
      const { url } = dev;
      // The queue takes them, and that is the last that is heard of them.
      await fetch(`${url}/mode`, { method: "POST", body: JSON.stringify({ forgets: true, failing: [] }) });
      const producer = new Producer({
        ...clientOptions(broker.brokers, 10_000),
        retries: 5,
        serializers: stringSerializers,
      });
      const topic = TOPICS.awards.kafka;
      const messages = range(1, 200).map((n) => ({ topic, key: `player${n}`, value: JSON.stringify(award(n)) }));
      await producer.send({ acks: -1, autocreateTopics: true, messages });
      await producer.close();
      await pokeBridge(url, "croupier-bridge");
      const records = async (): Promise<number> => (await notesOf(url)).reports.at(-1)?.records ?? 0;
      await expect.poll(records, { timeout: 20_000, interval: 50 }).toBe(200);
      await dev.kill();
      dev = await startDev(folder, vars);
      const again = dev.url;
      const came = async (): Promise<number> => new Set((await notesOf(again)).came).size;
      await expect.poll(came, { timeout: 30_000, interval: 100 }).toBe(200);
    } finally {
      await dev?.kill();
      await broker.remove();
    }
  }, 120_000);
});

const notesOf = async (url: string): Promise<Notes> => (await (await fetch(`${url}/notes`)).json()) as Notes;
