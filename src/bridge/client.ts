import type { BaseOptions } from "@platformatic/kafka";
import type { Settings } from "./env.ts";

/** The settings with the brokers' addresses and the credentials. */
export type Brokers = Pick<
  Settings,
  "KAFKA_BROKERS" | "KAFKA_TLS" | "KAFKA_SASL" | "KAFKA_USERNAME" | "KAFKA_PASSWORD" | "KAFKA_CLIENT_ID"
>;

const MECHANISMS = {
  plain: "PLAIN",
  "scram-sha-256": "SCRAM-SHA-256",
  "scram-sha-512": "SCRAM-SHA-512",
} as const;

/** Options of the Kafka client. `connectTimeout`: no connection comes about. `requestTimeout`: a connected broker is silent. */
export function clientOptions(brokers: Brokers): BaseOptions {
  const { KAFKA_BROKERS, KAFKA_TLS, KAFKA_SASL, KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_CLIENT_ID } = brokers;
  return {
    clientId: KAFKA_CLIENT_ID,
    bootstrapBrokers: [...KAFKA_BROKERS],
    connectTimeout: 5_000,
    requestTimeout: 10_000,
    timeout: 8_000,
    // Lets the broker create the topic on its first use.
    autocreateTopics: true,
    ...(KAFKA_TLS ? { tls: {}, tlsServerName: true } : {}),
    ...(KAFKA_SASL === "none"
      ? {}
      : {
          sasl: { mechanism: MECHANISMS[KAFKA_SASL], username: KAFKA_USERNAME ?? "", password: KAFKA_PASSWORD ?? "" },
        }),
  };
}
