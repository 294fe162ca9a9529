import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";

/**
 * One closed-loop load from a process of its own: every socket keeps `window` messages unanswered. Prints one JSON line.
 *
 *   node load.ts echo|room URL SOCKETS WINDOW SECONDS PID
 */

const [kind, url, sockets, window, seconds, pid] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const run = Math.random().toString(36).slice(2, 8);
const spots = ["red", "black", "odd", "even", "straight:17", "dozen:1"];
const latencies: number[] = [];
let counting = false;
let answered = 0;
let bytes = 0;

/** CPU time of the runtime so far, in microseconds, where the system tells. */
function cpuOf(process_: string): number {
  try {
    const fields = readFileSync(`/proc/${process_}/stat`, "utf8").split(" ");
    return (Number(fields[13]) + Number(fields[14])) * 10_000;
  } catch {
    return 0;
  }
}

class Client {
  readonly #socket: WebSocket;
  readonly #i: number;
  readonly #sent: number[] = [];
  #n = 0;

  constructor(i: number) {
    this.#i = i;
    this.#socket = new WebSocket(kind === "room" ? `${url}?player=bench-${i}` : url, { perMessageDeflate: false });
    this.#socket.on("message", (data: Buffer) => this.#take(data));
    this.#socket.on("close", (code) => {
      if (counting) throw new Error(`socket ${i} was closed: ${code}`);
    });
  }

  async open(): Promise<void> {
    await new Promise((resolve, reject) => {
      this.#socket.once("error", reject);
      this.#socket.once(kind === "room" ? "message" : "open", resolve);
    });
  }

  send(): void {
    this.#n += 1;
    this.#sent.push(performance.now());
    const spot = spots[(this.#i + this.#n) % spots.length] ?? "red";
    this.#socket.send(`{"id":"${run}${this.#i}:${this.#n}","type":"bet","bets":[{"spot":"${spot}","amount":1}]}`);
  }

  #take(data: Buffer): void {
    bytes += data.length;
    if (kind !== "room") {
      this.#answered();
      return;
    }
    const text = data.toString("latin1");
    if (text.includes('"ok":false')) throw new Error(`refused: ${text.slice(0, 300)}`);
    for (let at = text.indexOf('"type":"reply"'); at >= 0; at = text.indexOf('"type":"reply"', at + 14))
      this.#answered();
  }

  #answered(): void {
    const sent = this.#sent.shift();
    if (sent === undefined) throw new Error("an answer to nothing");
    if (counting) {
      answered += 1;
      if (answered % 5 === 0) latencies.push(performance.now() - sent);
    }
    this.send();
  }
}

const clients = Array.from({ length: Number(sockets) }, (_, i) => new Client(i));
await Promise.all(clients.map((client) => client.open()));
for (const client of clients) for (let i = 0; i < Number(window); i++) client.send();
await sleep(1_500); // warm
counting = true;
bytes = 0;
const cpu = cpuOf(pid);
const start = performance.now();
await sleep(Number(seconds) * 1_000);
const elapsed = (performance.now() - start) / 1_000;
counting = false;
const spent = cpuOf(pid) - cpu;
latencies.sort((a, b) => a - b);
const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? 0;
console.log(
  JSON.stringify({
    perSecond: answered / elapsed,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    bytesPerSecond: bytes / elapsed,
    cpuUsPerMessage: spent / answered,
  }),
);
process.exit(0);
