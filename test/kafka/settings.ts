/** What a broker is told: one node that is broker and controller in one (KRaft), small, quick to start, on loopback only. */

/** How a client has to come in by the second listener. */
export type Security = "sasl-plain" | "scram" | "tls";

/** Who may log in by SASL. */
export const KAFKA_USER = "croupier";
export const KAFKA_PASSWORD = "croupier-secret";

/** 22 characters of base64url, as Kafka wants an id; the last one is such that it is written back as it is. */
export const CLUSTER_ID = "croupier-kafka-testing";

export const KEYSTORE_PASSWORD = KAFKA_PASSWORD;

export type Ports = { readonly plain: number; readonly controller: number; readonly secured: number };

export type Place = {
  readonly ports: Ports;
  readonly data: string;
  readonly keystore: string;
  readonly security: Security | null;
};

/** The text of `server.properties`. */
export function serverProperties({ ports, data, keystore, security }: Place): string {
  const plain = `PLAIN://127.0.0.1:${ports.plain}`;
  const controller = `CONTROLLER://127.0.0.1:${ports.controller}`;
  const secured = security === null ? [] : [`SECURED://127.0.0.1:${ports.secured}`];
  return lines({
    "process.roles": "broker,controller",
    "node.id": 1,
    "controller.quorum.voters": `1@127.0.0.1:${ports.controller}`,
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAIN",
    listeners: [plain, controller, ...secured].join(","),
    "advertised.listeners": [plain, ...secured].join(","),
    "listener.security.protocol.map": `PLAIN:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURED:${security === "tls" ? "SSL" : "SASL_PLAINTEXT"}`,
    ...(security === null ? {} : doors(keystore)[security]),
    "log.dirs": data,
    "auto.create.topics.enable": true,
    "num.partitions": 4,
    "offsets.topic.num.partitions": 4,
    "offsets.topic.replication.factor": 1,
    "transaction.state.log.num.partitions": 2,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "share.coordinator.state.topic.num.partitions": 2,
    "share.coordinator.state.topic.replication.factor": 1,
    "share.coordinator.state.topic.min.isr": 1,
    // A group that has one member need not wait for others.
    "group.initial.rebalance.delay.ms": 0,
    // After a kill -9 the controller lets the broker in again when the session of the killed one is over: 9 s by default.
    "broker.session.timeout.ms": 2000,
    "broker.heartbeat.interval.ms": 200,
    // 128 MB of the heap by default.
    "log.cleaner.dedupe.buffer.size": 8 * 1024 * 1024,
  });
}

/** The second listener's part of it. */
function doors(keystore: string): Record<Security, Record<string, string>> {
  const of = "listener.name.secured";
  const jaas = `org.apache.kafka.common.security`;
  return {
    "sasl-plain": {
      [`${of}.sasl.enabled.mechanisms`]: "PLAIN",
      [`${of}.plain.sasl.jaas.config`]: `${jaas}.plain.PlainLoginModule required user_${KAFKA_USER}="${KAFKA_PASSWORD}";`,
    },
    scram: {
      [`${of}.sasl.enabled.mechanisms`]: "SCRAM-SHA-256,SCRAM-SHA-512",
      [`${of}.scram-sha-256.sasl.jaas.config`]: `${jaas}.scram.ScramLoginModule required;`,
      [`${of}.scram-sha-512.sasl.jaas.config`]: `${jaas}.scram.ScramLoginModule required;`,
    },
    tls: {
      [`${of}.ssl.keystore.type`]: "PKCS12",
      [`${of}.ssl.keystore.location`]: keystore,
      [`${of}.ssl.keystore.password`]: KEYSTORE_PASSWORD,
    },
  };
}

/** log4j writes to standard output, which goes to the broker's log file together with what the JVM itself says. */
export function logProperties(): string {
  return lines({
    status: "error",
    "appender.out.type": "Console",
    "appender.out.name": "out",
    "appender.out.layout.type": "PatternLayout",
    "appender.out.layout.pattern": "%d{HH:mm:ss.SSS} %p %m (%c{1})%n",
    "rootLogger.level": "info",
    "rootLogger.appenderRef.out.ref": "out",
  });
}

function lines(values: Record<string, string | number | boolean>): string {
  // A backslash escapes in a properties file.
  const written = Object.entries(values).map(([name, value]) => `${name}=${String(value).replaceAll("\\", "\\\\")}\n`);
  return written.join("");
}
