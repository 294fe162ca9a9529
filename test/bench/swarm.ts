import { WebSocket } from "ws";

/** Many sockets of one process, and what they hear. */

const AT_A_TIME = 100;

export type Heard = { readonly socket: number; readonly at: number; readonly text: string };

export class Swarm {
  readonly sockets: readonly WebSocket[];
  /** Everything since it was last emptied, when `recording`. */
  heard: { readonly socket: number; readonly at: number; readonly data: Buffer }[] = [];
  recording = false;
  /** Called with each message, whether it is recorded or not. */
  on: (socket: number, data: Buffer) => void = () => {};

  private constructor(sockets: readonly WebSocket[]) {
    this.sockets = sockets;
    for (const [i, socket] of sockets.entries()) {
      socket.on("message", (data: Buffer) => {
        if (this.recording) this.heard.push({ socket: i, at: now(), data });
        this.on(i, data);
      });
    }
  }

  /** Resolves when all are open and, where they are greeted, have heard the greeting. */
  static async open(urls: readonly string[], greeted: boolean): Promise<Swarm> {
    const sockets: WebSocket[] = [];
    for (let i = 0; i < urls.length; i += AT_A_TIME) {
      const some = urls.slice(i, i + AT_A_TIME).map((url) => new WebSocket(url, { perMessageDeflate: false }));
      await Promise.all(
        some.map(
          (socket) =>
            new Promise((resolve, reject) => {
              socket.once(greeted ? "message" : "open", resolve).once("error", reject);
            }),
        ),
      );
      sockets.push(...some);
    }
    return new Swarm(sockets);
  }

  /** What was recorded, as text, and no more of it from now on. */
  take(): Heard[] {
    this.recording = false;
    const heard = this.heard.map(({ data, ...rest }) => ({ ...rest, text: data.toString() }));
    this.heard = [];
    return heard;
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate();
  }
}

/** Epoch milliseconds, and parts of one: workerd on the same machine has the same clock. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Waits for what is to happen soon. */
export async function eventually(holds: () => boolean, what: string, withinMs = 120_000): Promise<void> {
  for (const deadline = Date.now() + withinMs; !holds();) {
    if (Date.now() > deadline) throw new Error(`${what} did not come`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
