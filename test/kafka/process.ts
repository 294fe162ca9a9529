import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { javaTool } from "./java.ts";
import {
  CLUSTER_ID,
  KAFKA_PASSWORD,
  KAFKA_USER,
  KEYSTORE_PASSWORD,
  logProperties,
  serverProperties,
  type Ports,
  type Security,
} from "./settings.ts";

/** The broker's folder and the Java processes over it. */

const TAIL_LINES = 25;

/** Where things lie in a broker's folder. */
export type Folder = {
  readonly dir: string;
  readonly data: string;
  readonly properties: string;
  readonly log4j: string;
  readonly logFile: string;
  /** The number of the process over it, which may have ended since. */
  readonly pidFile: string;
  readonly keystore: string;
  readonly certificate: string;
};

/** How a process ended. After SIGTERM a JVM that ended cleanly says 143. */
export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export function folderAt(dir: string): Folder {
  return {
    dir,
    data: join(dir, "data"),
    properties: join(dir, "server.properties"),
    log4j: join(dir, "log4j2.properties"),
    logFile: join(dir, "broker.log"),
    pidFile: join(dir, "broker.pid"),
    keystore: join(dir, "keystore.p12"),
    certificate: join(dir, "certificate.pem"),
  };
}

/** Writes the settings, and formats the storage of a folder that is new. */
export function prepare(folder: Folder, jars: string, ports: Ports, security: Security | null): void {
  assertUnused(folder);
  mkdirSync(folder.dir, { recursive: true });
  writeFileSync(folder.log4j, logProperties());
  writeFileSync(folder.properties, serverProperties({ ...folder, ports, security }));
  if (security === "tls" && !existsSync(folder.keystore)) makeCertificate(folder);
  if (existsSync(join(folder.data, "meta.properties"))) return;
  const credentials = ["SCRAM-SHA-256", "SCRAM-SHA-512"].flatMap((mechanism) => [
    "--add-scram",
    `${mechanism}=[name=${KAFKA_USER},password=${KAFKA_PASSWORD}]`,
  ]);
  const format = ["format", "--cluster-id", CLUSTER_ID, "--config", folder.properties, ...credentials];
  run(javaTool("java"), [...javaArgs(folder, jars), "kafka.tools.StorageTool", ...format]);
}

/** Starts the broker and does not wait for it. */
export function spawnBroker(folder: Folder, jars: string): ChildProcess {
  assertUnused(folder);
  const out = openSync(folder.logFile, "a");
  try {
    const child = spawn(javaTool("java"), [...javaArgs(folder, jars), "kafka.Kafka", folder.properties], {
      cwd: folder.dir,
      stdio: ["ignore", out, out],
      detached: true, // Ctrl-C in a terminal is for us: we stop the broker, in order
    });
    if (child.pid !== undefined) writeFileSync(folder.pidFile, String(child.pid));
    return child;
  } finally {
    closeSync(out);
  }
}

export async function exitOf(child: ChildProcess): Promise<Exit> {
  if (child.exitCode !== null || child.signalCode !== null) return { code: child.exitCode, signal: child.signalCode };
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null })); // it could not even be started
  });
}

/** The end of the broker's log, for an error's text. */
export function tailOf(folder: Folder): string {
  if (!existsSync(folder.logFile)) return "(it has logged nothing)";
  const lines = readFileSync(folder.logFile, "utf8").trimEnd().split("\n");
  return lines.slice(-TAIL_LINES).join("\n");
}

/**
 * Kafka looks at its own lock too late: before that the second broker's controller has written into the metadata of the first,
 * which then cannot even be stopped.
 */
function assertUnused(folder: Folder): void {
  if (!existsSync(folder.pidFile)) return;
  const pid = readFileSync(folder.pidFile, "utf8").trim();
  // The number alone says little: it may be another process by now.
  if (commandOf(pid).includes(folder.properties)) throw new Error(`${folder.dir} is in use by the broker ${pid}`);
}

/** The command line of a process, "" when it has ended. */
function commandOf(pid: string): string {
  if (!existsSync("/proc/self/cmdline"))
    return spawnSync("ps", ["-ww", "-o", "command=", "-p", pid], { encoding: "utf8" }).stdout;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}

/** Little memory, and no compiler that pays off only after minutes: a start takes 2 seconds. */
function javaArgs(folder: Folder, jars: string): string[] {
  const memory = ["-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
  return [...memory, "-Djava.net.preferIPv4Stack=true", `-Dlog4j2.configurationFile=${folder.log4j}`, "-cp", jars];
}

/** A key and a certificate that nobody else vouches for: a client has to be given the certificate. */
function makeCertificate(folder: Folder): void {
  const store = ["-keystore", folder.keystore, "-storetype", "PKCS12", "-storepass", KEYSTORE_PASSWORD];
  const names = ["-dname", "CN=localhost", "-ext", "san=ip:127.0.0.1,dns:localhost"];
  const key = ["-alias", "broker", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "3650"];
  run(javaTool("keytool"), ["-genkeypair", ...store, ...key, ...names]);
  run(javaTool("keytool"), ["-exportcert", "-rfc", "-alias", "broker", "-file", folder.certificate, ...store]);
}

function run(command: string, args: readonly string[]): void {
  const done = spawnSync(command, args, { encoding: "utf8" });
  if (done.status === 0) return;
  const said = done.error?.message ?? `${done.stdout}${done.stderr}`;
  throw new Error(`${command} failed:\n${said.trimEnd().split("\n").slice(-TAIL_LINES).join("\n")}`);
}
