import { base64 } from "./rest-words.ts";
import type { Settings } from "./env.ts";
import { retry, type Verdict } from "../queue/verdict.ts";
import { refused, type KafkaSender, type OutRecord } from "./sender.ts";
import { v2Body, v2Verdicts } from "./rest-v2.ts";
import { v3Body, v3Verdicts } from "./rest-v3.ts";
import { within, wordsOf } from "./words.ts";

/**
 * Writes through a REST proxy, for brokers that a Worker cannot reach itself (private addresses, private certificates, mTLS). The
 * records of a batch go in one request; the answer has an entry for each.
 */

const REQUEST_MS = 15_000;
const PROBE_MS = 8_000;

export type RestSettings = Pick<
  Settings,
  "KAFKA_TRANSPORT" | "KAFKA_REST_URL" | "KAFKA_REST_CLUSTER" | "KAFKA_USERNAME" | "KAFKA_PASSWORD"
>;

/** One of the two versions of the REST API: how records are encoded and how the answer is read. */
export type Dialect = {
  readonly path: (topic: string) => string;
  readonly contentType: string;
  readonly accept: string;
  readonly body: (records: readonly OutRecord[]) => string;
  /** Whether the records go as a stream (`Transfer-Encoding: chunked`). */
  readonly chunked: boolean;
  /** A verdict for each of `count` records, from a 2xx answer. A record without an entry in the answer is retried. */
  readonly verdicts: (text: string, count: number) => Verdict[];
};

export function restSender(settings: RestSettings, topic: string, get: typeof fetch = fetch): KafkaSender {
  const dialect = dialectOf(settings);
  const url = `${(settings.KAFKA_REST_URL ?? "").replace(/\/+$/, "")}${dialect.path(topic)}`;
  const headers = {
    "Content-Type": dialect.contentType,
    Accept: dialect.accept,
    ...(settings.KAFKA_USERNAME === undefined ? {} : { Authorization: basic(settings) }),
  };
  return {
    async send(records) {
      if (records.length === 0) return [];
      try {
        const said = dialect.body(records);
        const body = dialect.chunked ? new Blob([said]).stream() : said;
        // No redirects: one would send the records and the credentials to another host.
        const init = { method: "POST", headers, body, redirect: "manual", duplex: "half" } as const;
        const answer = await get(url, { ...init, signal: AbortSignal.timeout(REQUEST_MS) });
        const text = await within(REQUEST_MS, "the answer of the REST proxy", answer.text());
        if (answer.ok) return dialect.verdicts(text, records.length);
        const error = `the REST proxy answered ${answer.status}: ${text.slice(0, 150)}`;
        // The request was too large: a single record may be the cause, so each half is tried alone.
        if (answer.status === 413 && records.length > 1) return await halved(this, records);
        return records.map(() => (answer.status === 413 ? refused(error) : retry(error)));
      } catch (error) {
        return records.map(() => retry(wordsOf(error)));
      }
    },
  };
}

/** Asks the proxy for the topic. Answers the error, "" when all is well. A missing topic is well: the first record creates it. */
export async function restProbe(settings: RestSettings, topic: string, get: typeof fetch = fetch): Promise<string> {
  const base = (settings.KAFKA_REST_URL ?? "").replace(/\/+$/, "");
  const v3 = settings.KAFKA_TRANSPORT === "rest-v3";
  const url = v3 ? `${base}/v3/clusters/${settings.KAFKA_REST_CLUSTER}/topics/${topic}` : `${base}/topics/${topic}`;
  const headers = {
    Accept: v3 ? "application/json" : "application/vnd.kafka.v2+json, application/json",
    ...(settings.KAFKA_USERNAME === undefined ? {} : { Authorization: basic(settings) }),
  };
  const answer = await get(url, { headers, redirect: "manual", signal: AbortSignal.timeout(PROBE_MS) });
  const text = await within(PROBE_MS, "the answer of the REST proxy", answer.text());
  if (answer.ok || answer.status === 404) return "";
  return `the REST proxy answered ${answer.status}: ${text.slice(0, 150)}`;
}

async function halved(sender: KafkaSender, records: readonly OutRecord[]): Promise<Verdict[]> {
  const middle = Math.ceil(records.length / 2);
  return [...(await sender.send(records.slice(0, middle))), ...(await sender.send(records.slice(middle)))];
}

function dialectOf({ KAFKA_TRANSPORT, KAFKA_REST_CLUSTER }: RestSettings): Dialect {
  if (KAFKA_TRANSPORT === "rest-v2") {
    return {
      path: (topic) => `/topics/${topic}`,
      contentType: "application/vnd.kafka.binary.v2+json",
      accept: "application/vnd.kafka.v2+json, application/json",
      body: v2Body,
      chunked: false,
      verdicts: v2Verdicts,
    };
  }
  return {
    path: (topic) => `/v3/clusters/${KAFKA_REST_CLUSTER}/topics/${topic}/records`,
    contentType: "application/json",
    accept: "application/json",
    body: v3Body,
    chunked: true,
    verdicts: v3Verdicts,
  };
}

const basic = ({ KAFKA_USERNAME = "", KAFKA_PASSWORD = "" }: RestSettings): string =>
  `Basic ${base64(`${KAFKA_USERNAME}:${KAFKA_PASSWORD}`)}`;
