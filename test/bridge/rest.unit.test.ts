import { createServer, type IncomingMessage, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { restSender, type RestSettings } from "../../src/bridge/rest.ts";
import { concatenated } from "../../src/bridge/rest-v3.ts";
import type { OutRecord } from "../../src/bridge/sender.ts";
import { range } from "./events.ts";

type Said = { readonly url: string; readonly headers: IncomingMessage["headers"]; readonly body: string };
type Answer = { readonly status: number; readonly body: string; readonly breaksOff?: boolean };

const said: Said[] = [];
let answer: (said: Said) => Answer;
let server: Server;
let url: string;

beforeEach(async () => {
  said.length = 0;
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const one = { url: request.url ?? "", headers: request.headers, body: Buffer.concat(parts).toString() };
      said.push(one);
      const { status, body, breaksOff } = answer(one);
      response.writeHead(status, { "Content-Type": "application/json" });
      response.write(body);
      if (breaksOff === true) setTimeout(() => response.destroy(), 20);
      else response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  url = `http://127.0.0.1:${address.port}`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const settings = (transport: "rest-v2" | "rest-v3", login = false): RestSettings => ({
  KAFKA_TRANSPORT: transport,
  KAFKA_REST_URL: `${url}/`,
  KAFKA_REST_CLUSTER: "cluster-1",
  KAFKA_USERNAME: login ? "me" : undefined,
  KAFKA_PASSWORD: login ? "secret" : undefined,
});

const record = (n: number): OutRecord => ({
  key: `k${n}`,
  value: `{"n":${n},"text":"}{\\"ü"}`,
  headers: { id: `e${n}` },
});
const records = range(1, 3).map(record);
const states = (verdicts: readonly { type: string }[]): string[] => verdicts.map(({ type }) => type);
const decoded = (text: unknown): string => Buffer.from(String(text), "base64").toString();

/** A delivery report of v3. */
const report = (code: number, message?: string): string => `${JSON.stringify({ error_code: code, message })}\r\n`;

describe("REST v3", () => {
  test("sends the records as a stream of JSON and reads a report for each", async () => {
    answer = () => ({ status: 200, body: report(200).repeat(3) });
    const verdicts = await restSender(settings("rest-v3", true), "a.topic").send(records);
    expect(states(verdicts)).toEqual(["done", "done", "done"]);
    expect(said[0]?.url).toBe("/v3/clusters/cluster-1/topics/a.topic/records");
    expect(said[0]?.headers).toMatchObject({
      "transfer-encoding": "chunked",
      authorization: `Basic ${Buffer.from("me:secret").toString("base64")}`,
    });
    const lines = concatenated(said[0]?.body ?? "") as {
      key: { data: string };
      value: { data: string };
      headers: { name: string; value: string }[];
    }[];
    expect(
      lines.map(({ key, value, headers }) => [
        decoded(key.data),
        decoded(value.data),
        headers[0]?.name,
        decoded(headers[0]?.value),
      ]),
    ).toEqual(records.map(({ key, value, headers }) => [key, value, "id", headers["id"]]));
  });

  test("each record has its own verdict: a refused one is refused, a day's trouble is tried again", async () => {
    const body =
      report(200) +
      report(40_002, "RecordTooLargeException: the record is too large") +
      report(50_003, "too large a load");
    answer = () => ({ status: 200, body });
    const verdicts = await restSender(settings("rest-v3"), "t").send(records);
    expect(states(verdicts)).toEqual(["done", "poison", "retry"]);
  });

  test("a report's code is read as a status of three digits too", async () => {
    answer = () => ({ status: 200, body: report(429, "slower") + report(413) + report(404, "no such topic") });
    expect(states(await restSender(settings("rest-v3"), "t").send(records))).toEqual(["retry", "poison", "retry"]);
  });

  test("an answer that breaks off leaves the rest to be tried again", async () => {
    answer = () => ({ status: 200, body: report(200) + report(200).slice(0, 8) });
    expect(states(await restSender(settings("rest-v3"), "t").send(records))).toEqual(["done", "retry", "retry"]);
    answer = () => ({ status: 200, body: report(200), breaksOff: true });
    const torn = states(await restSender(settings("rest-v3"), "t").send(records));
    expect(torn).toEqual(["retry", "retry", "retry"]);
  });

  test("a request that is too large is halved until the record is found that is", async () => {
    answer = ({ body }) => {
      const count = concatenated(body).length;
      const large = body.includes(Buffer.from("k2").toString("base64"));
      return large ? { status: 413, body: "too large" } : { status: 200, body: report(200).repeat(count) };
    };
    const verdicts = await restSender(settings("rest-v3"), "t").send(range(1, 5).map(record));
    expect(states(verdicts)).toEqual(["done", "poison", "done", "done", "done"]);
  });
});

/** An answer of v2. */
const offsets = (list: readonly unknown[]): Answer => ({ status: 200, body: JSON.stringify({ offsets: list }) });

describe("REST v2", () => {
  test("sends keys and values in base64 and reads an offset for each", async () => {
    answer = () => offsets(range(0, 2).map((offset) => ({ partition: 0, offset, error_code: null, error: null })));
    expect(states(await restSender(settings("rest-v2"), "a.topic").send(records))).toEqual(Array(3).fill("done"));
    expect(said[0]?.url).toBe("/topics/a.topic");
    expect(said[0]?.headers["content-type"]).toBe("application/vnd.kafka.binary.v2+json");
    const sent = JSON.parse(said[0]?.body ?? "") as { records: { key: string; value: string }[] };
    expect(sent.records.map(({ key, value }) => [decoded(key), decoded(value)])).toEqual(
      records.map(({ key, value }) => [key, value]),
    );
  });

  test("a partial failure is a verdict for each record", async () => {
    answer = () =>
      offsets([
        { partition: 0, offset: 4, error_code: null, error: null },
        { partition: null, offset: null, error_code: 2, error: "Timed out" },
        { partition: null, offset: null, error_code: 1, error: "The message is 1100093 bytes, too large" },
      ]);
    expect(states(await restSender(settings("rest-v2"), "t").send(records))).toEqual(["done", "retry", "poison"]);
  });

  test("a missing right stays until somebody gives it: that is no reason to park what comes", async () => {
    answer = () =>
      offsets(records.map(() => ({ offset: null, error_code: 1, error: "Not authorized to access topics: [t]" })));
    expect(states(await restSender(settings("rest-v2"), "t").send(records))).toEqual(["retry", "retry", "retry"]);
  });

  test("an answer with fewer offsets than records, or none, is no acknowledgement", async () => {
    answer = () => offsets([{ partition: 0, offset: 4 }]);
    expect(states(await restSender(settings("rest-v2"), "t").send(records))).toEqual(["done", "retry", "retry"]);
    answer = () => ({ status: 200, body: "<html>" });
    expect(states(await restSender(settings("rest-v2"), "t").send(records))).toEqual(["retry", "retry", "retry"]);
  });
});

describe.each(["rest-v2", "rest-v3"] as const)("%s", (transport) => {
  test.each([301, 401, 404, 429, 500, 503])("an answer of %i is tried again", async (status) => {
    answer = () => ({ status, body: '{"error_code":1}' });
    const verdicts = await restSender(settings(transport), "t").send(records);
    expect(states(verdicts)).toEqual(["retry", "retry", "retry"]);
    expect(said).toHaveLength(1);
  });

  test("a proxy that is not there is tried again, and its address alone is said", async () => {
    const sender = restSender({ ...settings(transport, true), KAFKA_REST_URL: "http://127.0.0.1:1" }, "t");
    const verdicts = await sender.send(records);
    expect(states(verdicts)).toEqual(["retry", "retry", "retry"]);
    expect(JSON.stringify(verdicts)).not.toContain("secret");
  });
});
