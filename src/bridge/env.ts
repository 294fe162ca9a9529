import * as z from "zod";
import { BadSettings, listOf } from "../bad-settings.ts";
import type { BridgePort } from "../bridge-port.ts";
import { LEVELS } from "../log.ts";
import type { KafkaFeed } from "./feed.ts";
import type { Writer } from "./writer.ts";

/** Bindings and settings of the bridge. A setting without a default is required by some transports only; see `consistent`. */

/** Reads an empty string as "not set". */
const orNone = <T extends z.ZodType>(schema: T): z.ZodType<z.output<T>> =>
  z.preprocess((value) => (value === "" ? undefined : value), schema);

const broker = z.string().regex(/^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+):[0-9]{1,5}$/);

const schema = z.object({
  /** `casino`: writes stakes, reads awards. `lottery`: the reverse, beside a deployment of the house with ROLE=lottery. */
  ROLE: orNone(z.enum(["casino", "lottery"]).default("casino")),

  /** How records are written to Kafka: by its own protocol, or through a REST proxy (Confluent v3 `records`, v2 `topics`). */
  KAFKA_TRANSPORT: orNone(z.enum(["native", "rest-v3", "rest-v2"]).default("native")),
  /** `host:port`, comma-separated. With a REST transport only the feed uses them; without any it does not run. */
  KAFKA_BROKERS: listOf(broker),
  /** Certificates are checked against the public roots: a Worker cannot add its own. */
  KAFKA_TLS: orNone(
    z.union([z.boolean(), z.enum(["true", "false"]).transform((word) => word === "true")]).default(false),
  ),
  KAFKA_SASL: orNone(z.enum(["none", "plain", "scram-sha-256", "scram-sha-512"]).default("none")),
  /** For SASL, and for a REST proxy's basic authentication. */
  KAFKA_USERNAME: orNone(z.string().optional()),
  KAFKA_PASSWORD: orNone(z.string().optional()),
  /** The proxy's base URL: `/v3/...` or `/topics/...` is appended. */
  KAFKA_REST_URL: orNone(z.url({ protocol: /^https?$/ }).optional()),
  /** The cluster's id, for `rest-v3`. */
  KAFKA_REST_CLUSTER: orNone(
    z
      .string()
      .regex(/^[A-Za-z0-9._-]+$/)
      .optional(),
  ),
  /** The client id under which the bridge appears in the brokers' logs. */
  KAFKA_CLIENT_ID: orNone(
    z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,100}$/)
      .default("croupier-bridge"),
  ),

  /** For tests only: the step (steps.ts) at which the bridge stalls, to be killed there. */
  STALL_AT: z.string().default(""),

  /** The feed's longest pause between two polls of an idle topic. */
  FEED_IDLE_MAX_S: orNone(z.coerce.number().min(0.25).max(3_600).default(10)),

  /** The lowest level that is logged (src/log.ts). */
  LOG_LEVEL: orNone(z.enum(LEVELS).default("info")),
});

export type Settings = Readonly<z.output<typeof schema>>;

export { BadSettings } from "../bad-settings.ts";

/** Refuses settings that contradict each other or lack another. The messages name settings, never values. */
const consistent = schema.superRefine((it, context) => {
  const wrong = (setting: keyof Settings, message: string): void =>
    context.addIssue({ code: "custom", path: [setting], message });
  const rest = it.KAFKA_TRANSPORT !== "native";
  const brokers = it.KAFKA_BROKERS.length > 0;
  const login = it.KAFKA_USERNAME !== undefined || it.KAFKA_PASSWORD !== undefined;
  if (!rest && !brokers) wrong("KAFKA_BROKERS", "KAFKA_TRANSPORT=native needs KAFKA_BROKERS");
  if (!rest && it.KAFKA_REST_URL !== undefined)
    wrong("KAFKA_REST_URL", "KAFKA_TRANSPORT=native knows no KAFKA_REST_URL");
  if (rest && it.KAFKA_REST_URL === undefined) wrong("KAFKA_REST_URL", "a REST transport needs KAFKA_REST_URL");
  if (it.KAFKA_TRANSPORT === "rest-v3" && it.KAFKA_REST_CLUSTER === undefined) {
    wrong("KAFKA_REST_CLUSTER", "KAFKA_TRANSPORT=rest-v3 needs KAFKA_REST_CLUSTER");
  }
  if (rest && !brokers && it.KAFKA_SASL !== "none")
    wrong("KAFKA_SASL", "KAFKA_SASL is for KAFKA_BROKERS, and there are none");
  if (rest && !brokers && it.KAFKA_TLS) wrong("KAFKA_TLS", "KAFKA_TLS is for KAFKA_BROKERS, and there are none");
  if (it.KAFKA_SASL !== "none" || login) {
    if (it.KAFKA_USERNAME === undefined) wrong("KAFKA_USERNAME", "a log-in needs KAFKA_USERNAME");
    if (it.KAFKA_PASSWORD === undefined) wrong("KAFKA_PASSWORD", "a log-in needs KAFKA_PASSWORD");
  }
  if (!rest && login && it.KAFKA_SASL === "none") {
    wrong("KAFKA_SASL", "KAFKA_SASL=none has no use for KAFKA_USERNAME and KAFKA_PASSWORD");
  }
});

type Bindings = {
  /** The entrypoint `House` of the main Worker. */
  readonly HOUSE: BridgePort;
  /** The queue for events read from Kafka: `awards`, or `stakes` with ROLE=lottery. */
  readonly OUT: Queue;
  readonly FEED: DurableObjectNamespace<KafkaFeed>;
  readonly WRITER: DurableObjectNamespace<Writer>;
};

export type Env = Bindings & { readonly [Name in keyof Settings]?: unknown };

/** Warnings about settings that work but are probably a mistake. They hold no values. */
export function warningsOf(settings: Settings): string[] {
  const { KAFKA_TLS, KAFKA_SASL, KAFKA_BROKERS, KAFKA_REST_URL, KAFKA_PASSWORD } = settings;
  const abroad = KAFKA_BROKERS.some((one) => !isLoopback(one.slice(0, one.lastIndexOf(":"))));
  const warnings: string[] = [];
  if (KAFKA_SASL === "plain" && !KAFKA_TLS && abroad) {
    warnings.push("KAFKA_SASL=plain without KAFKA_TLS: the password goes over the network as it is.");
  }
  const url = KAFKA_REST_URL === undefined ? null : new URL(KAFKA_REST_URL);
  if (url?.protocol === "http:" && KAFKA_PASSWORD !== undefined && !isLoopback(url.hostname)) {
    warnings.push("KAFKA_REST_URL is not https: the password goes over the network as it is.");
  }
  return warnings;
}

const isLoopback = (host: string): boolean => host === "localhost" || host === "[::1]" || /^127\.[0-9.]+$/.test(host);

/** Whether the feed runs. It reads by Kafka's own protocol only, so a REST transport without KAFKA_BROKERS has no feed. */
export const hasFeed = (settings: Settings): boolean => settings.KAFKA_BROKERS.length > 0;

const parsed = new WeakMap<object, Settings>();

/** The settings, parsed once for each isolate. Throws `BadSettings`. */
export function settingsOf(env: { readonly [Name in keyof Settings]?: unknown }): Settings {
  const known = parsed.get(env);
  if (known !== undefined) return known;
  const result = consistent.safeParse(env);
  if (!result.success) throw new BadSettings(result.error.issues, "src/bridge/env.ts");
  parsed.set(env, result.data);
  for (const warning of warningsOf(result.data)) console.warn(warning);
  return result.data;
}
