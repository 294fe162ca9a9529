import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startGuard } from "./guard.ts";
import { classpath, kafkaAvailable, type Log } from "./java.ts";
import { freePorts, isFree } from "./ports.ts";
import { exitOf, folderAt, prepare, spawnBroker, tailOf, type Exit } from "./process.ts";
import type { Ports, Security } from "./settings.ts";
import { whyNoAnswer } from "./topics.ts";

export { classpath, kafkaAvailable, skipKafka, versionOf, type Log } from "./java.ts";
export type { Exit } from "./process.ts";
export { KAFKA_PASSWORD, KAFKA_USER, type Security } from "./settings.ts";
export { answers, clientOptions, createTopic, readTopic, whyNoAnswer, type Entry, type Read } from "./topics.ts";

/** A real Kafka broker for tests and developers: one node, on loopback, that can be stopped, killed and silenced. */
export type Broker = {
  /** Whether it is a process of ours: a given one cannot be stopped, killed, paused or restarted. */
  readonly own: boolean;
  /** `host:port` of the listener without log-in; of a given broker, what KAFKA_BROKERS says. */
  readonly brokers: string;
  /** `host:port` of the second listener, when `security` was asked for. */
  readonly secured: string | null;
  /** The certificate (PEM) that a client of the TLS listener has to trust. */
  readonly certificate: string | null;
  readonly dir: string | null;
  /** What the broker logged, all its runs in one file. */
  readonly logFile: string | null;
  /** Null while it is not running, and of a given broker. */
  readonly pid: number | null;
  /** When the current process, or the last one, has ended: how. */
  readonly exited: () => Promise<Exit>;
  /** A clean end (SIGTERM), also of a paused one; nothing to do when it is down. An error when force was needed. */
  readonly stop: () => Promise<void>;
  /** SIGKILL: it gets to say and to write nothing more. */
  readonly kill: () => Promise<void>;
  /** SIGSTOP: connections stay open, or are accepted by the kernel, and nothing answers. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Starts again on the same ports and the same folder, after `stop` or `kill`. */
  readonly restart: () => Promise<void>;
  /** Stops it and deletes the temporary folder; a folder that was named by `dir` stays. */
  readonly remove: () => Promise<void>;
};

/** A broker that we started. */
export type OwnBroker = Broker & { readonly own: true; readonly dir: string; readonly logFile: string };

export type BrokerOptions = {
  /** Of the listener without log-in; a free one when it is not named. */
  readonly port?: number;
  /** A folder to use and to keep; without it a temporary one. */
  readonly dir?: string;
  /** A second listener that asks for a log-in or speaks TLS. */
  readonly security?: Security;
  /** Gets lines of progress; standard error by default. */
  readonly log?: Log;
};

const READY_MS = 60_000;
const STOP_MS = 30_000;
const GIVEN_MS = 10_000;

/** Starts a broker and resolves when it leads all its partitions; the first start on a machine fetches the jars. */
export async function startBroker(options: BrokerOptions = {}): Promise<OwnBroker> {
  const missing = kafkaAvailable();
  if (missing !== null) throw new Error(missing);
  const security = options.security ?? null;
  const jars = await classpath(options.log);
  const ports = await choosePorts(options.port);
  const temporary = options.dir === undefined;
  const folder = folderAt(temporary ? mkdtempSync(join(tmpdir(), "croupier-kafka-")) : resolve(options.dir));
  const guard = startGuard(temporary ? folder.dir : null);
  const brokers = `127.0.0.1:${ports.plain}`;
  let child: ChildProcess | null = null;
  let lastExit: Promise<Exit> = Promise.resolve({ code: null, signal: null });

  const running = (): ChildProcess => {
    if (child === null) throw new Error(`the broker at ${brokers} is not running`);
    return child;
  };

  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    if (child === null) return;
    const current = child;
    current.kill(signal);
    current.kill("SIGCONT"); // a paused process hears SIGTERM only when it goes on
    const late = delay(STOP_MS, "late" as const, { ref: false });
    if ((await Promise.race([lastExit, late])) !== "late") return;
    current.kill("SIGKILL");
    await lastExit;
    throw new Error(`the broker did not end in ${STOP_MS} ms and was killed; its log ends:\n${tailOf(folder)}`);
  };

  const start = async (): Promise<void> => {
    const current = spawnBroker(folder, jars);
    child = current;
    guard.watch(current.pid ?? null);
    lastExit = exitOf(current).then((exit) => {
      child = null;
      guard.watch(null);
      return exit;
    });
    try {
      await ready(brokers, lastExit);
    } catch (error) {
      await end("SIGKILL");
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`${reason}; its log (${folder.logFile}) ends:\n${tailOf(folder)}`, { cause: error });
    }
  };

  const remove = async (): Promise<void> => {
    await end("SIGTERM");
    guard.dismiss();
    if (temporary) rmSync(folder.dir, { recursive: true, force: true });
  };

  try {
    prepare(folder, jars, ports, security);
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    own: true,
    brokers,
    secured: security === null ? null : `127.0.0.1:${ports.secured}`,
    certificate: security === "tls" ? readFileSync(folder.certificate, "utf8") : null,
    dir: folder.dir,
    logFile: folder.logFile,
    get pid() {
      return child?.pid ?? null;
    },
    exited: async () => lastExit,
    stop: async () => end("SIGTERM"),
    kill: async () => end("SIGKILL"),
    pause: () => void running().kill("SIGSTOP"),
    resume: () => void running().kill("SIGCONT"),
    restart: async () => {
      if (child !== null) throw new Error(`the broker at ${brokers} is running: stop or kill it first`);
      await start();
    },
    remove,
  };
}

/** The broker that KAFKA_BROKERS names (`host:port`), else one of ours. */
export async function brokerOrGiven(options: BrokerOptions = {}): Promise<Broker> {
  const given = process.env["KAFKA_BROKERS"];
  if (given === undefined || given === "") return startBroker(options);
  if (options.security !== undefined) {
    throw new Error("KAFKA_BROKERS names a broker without log-in: unset it for a test of SASL or TLS.");
  }
  const silent = await whyNoAnswer(given, GIVEN_MS);
  if (silent !== null) throw new Error(`No broker answers at KAFKA_BROKERS=${given}: ${silent}`);
  const refuse = (what: string) => (): never => {
    throw new Error(`The broker at KAFKA_BROKERS=${given} is not ours to ${what}: unset KAFKA_BROKERS for this test.`);
  };
  const refuseLater = (what: string) => async (): Promise<never> => refuse(what)();
  return {
    own: false,
    brokers: given,
    secured: null,
    certificate: null,
    dir: null,
    logFile: null,
    pid: null,
    exited: refuseLater("wait for"),
    stop: refuseLater("stop"),
    kill: refuseLater("kill"),
    pause: refuse("pause"),
    resume: refuse("resume"),
    restart: refuseLater("restart"),
    remove: async () => {}, // nothing of ours is there
  };
}

async function choosePorts(asked: number | undefined): Promise<Ports> {
  if (asked !== undefined && !(await isFree(asked))) throw new Error(`port ${asked} of 127.0.0.1 is taken`);
  const [plain = 0, controller = 0, secured = 0] = await freePorts(3);
  return { plain: asked ?? plain, controller, secured };
}

/** Asks until it answers: listening alone says little, as a broker listens before its controller lets it in. */
async function ready(brokers: string, exit: Promise<Exit>): Promise<void> {
  const deadline = Date.now() + READY_MS;
  let ended: Exit | null = null;
  void exit.then((how) => (ended = how));
  for (;;) {
    const silent = await whyNoAnswer(brokers, 1000);
    if (ended !== null) throw new Error(`the broker ended while it started (${JSON.stringify(ended)})`);
    if (silent === null) return;
    if (Date.now() > deadline) throw new Error(`the broker was not ready in ${READY_MS} ms (${silent})`);
    await delay(50);
  }
}
