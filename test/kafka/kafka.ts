import { parseArgs } from "node:util";
import { classpath, startBroker, versionOf, type OwnBroker } from "./broker.ts";
import { isFree } from "./ports.ts";

/**
 * `npm run kafka [-- --port N] [-- --dir DIR]`: a Kafka broker on loopback until Ctrl-C. Without `--port` it is 9092 or the next
 * free one; without `--dir` its data is gone when it ends.
 */

const FIRST_PORT = 9092;
const LAST_PORT = 9191;
/** npm passes on the Ctrl-C that the terminal has given us already: a second one so soon is the same one. */
const SAME_SIGNAL_MS = 500;

function options(): { port: number | null; dir: string | null } {
  const { values } = parseArgs({ options: { port: { type: "string" }, dir: { type: "string" } } });
  const port = values.port === undefined ? null : Number(values.port);
  if (port !== null && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port ${values.port}: not a port`);
  }
  return { port, dir: values.dir ?? null };
}

async function firstFree(): Promise<number> {
  for (let port = FIRST_PORT; port <= LAST_PORT; port++) if (await isFree(port)) return port;
  throw new Error(`all ports from ${FIRST_PORT} to ${LAST_PORT} are taken: name one by --port`);
}

/** Resolves at the first signal; at the next one nothing is waited for any more. */
async function untilSignal(broker: OwnBroker): Promise<void> {
  let first: number | null = null;
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (first === null) {
          first = Date.now();
          resolve();
        } else if (Date.now() - first > SAME_SIGNAL_MS) {
          // What is left to clear away is left to the guard.
          if (broker.pid !== null) process.kill(broker.pid, "SIGKILL");
          process.exit(130);
        }
      });
    }
  });
}

async function main(): Promise<void> {
  const { port, dir } = options();
  const log = console.log;
  const version = versionOf(await classpath(log));
  console.log(`Starting Kafka ${version} ...`);
  const broker = await startBroker({ port: port ?? (await firstFree()), ...(dir === null ? {} : { dir }), log });
  const signalled = untilSignal(broker).then(() => "signal" as const);
  console.log(`Kafka ${version} listens on ${broker.brokers} (plain text, no log-in, this machine only).`);
  console.log(`Its log is ${broker.logFile}`);
  console.log(
    dir === null ? "Its data is gone when it ends; `-- --dir DIR` keeps it." : `Its data is kept in ${broker.dir}`,
  );
  console.log(`Tests use it by KAFKA_BROKERS=${broker.brokers}. Ctrl-C ends it.`);
  const why = await Promise.race([signalled, broker.exited()]);
  if (why === "signal") console.log("Stopping ...");
  else console.error(`The broker has ended by itself (${JSON.stringify(why)}).`);
  await broker.remove();
  process.exit(why === "signal" ? 0 : 1);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
