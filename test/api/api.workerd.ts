import { SELF } from "cloudflare:test";
import { expect } from "vitest";

/** REST as a client meets it: through the Worker's own `fetch`. */

export const ORIGIN = "https://croupier.test";

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads whatever JSON came, and says itself what it must be
export type Answer = { readonly status: number; readonly body: any; readonly headers: Headers };

export type Call = {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export function requestOf(method: string, path: string, { token, body, headers = {} }: Call = {}): Request {
  return new Request(`${ORIGIN}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text), headers: response.headers };
}

export const api = async (method: string, path: string, call: Call = {}): Promise<Answer> =>
  answerOf(await SELF.fetch(requestOf(method, path, call)));

export const get = async (path: string, call?: Call): Promise<Answer> => api("GET", path, call);
export const post = async (path: string, call?: Call): Promise<Answer> => api("POST", path, call);

export type Guest = { readonly token: string; readonly id: string; readonly username: string };

export async function newGuest(): Promise<Guest> {
  const { status, body } = await post("/api/auth/guest");
  expect(status).toBe(201);
  return { token: body.token, id: body.player.id, username: body.player.username };
}

let names = 0;
/** A user name that no other test has. */
export const newName = (): string => `tester${(names += 1)}x${crypto.randomUUID().slice(0, 6)}`;

export const PASSWORD = "correct horse battery";

export async function newUser(username = newName()): Promise<Guest> {
  const { status, body } = await post("/api/auth/register", { body: { username, password: PASSWORD } });
  expect(status).toBe(201);
  return { token: body.token, id: body.player.id, username };
}

/** The refusal, whole: its status, its code, words and a request id, and nothing that smells of a stack. */
export function expectRefused(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.body?.error?.code]).toEqual([status, code]);
  expect(answer.body.error.message.length).toBeGreaterThan(5);
  expect(answer.body.error.requestId).toBe(answer.headers.get("x-request-id"));
  expect(JSON.stringify(answer.body)).not.toMatch(/\bat .*\(|\.ts:|Error:/);
}

/** Opens a socket; the answer when it is refused. */
export async function open(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Socket | Answer> {
  const response = await SELF.fetch(`${ORIGIN}${path}`, { headers: { upgrade: "websocket", ...headers } });
  return response.webSocket === null ? answerOf(response) : new Socket(response.webSocket);
}

export async function connect(path: string, headers?: Readonly<Record<string, string>>): Promise<Socket> {
  const socket = await open(path, headers);
  if (!(socket instanceof Socket)) throw new Error(`refused: ${socket.status} ${JSON.stringify(socket.body)}`);
  return socket;
}

export async function refusedSocket(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer> {
  const answer = await open(path, headers);
  if (answer instanceof Socket) throw new Error(`${path} opened`);
  return answer;
}

type Frame = { readonly type: string; readonly [key: string]: unknown };

/** A socket whose frames and close can be waited for. */
export class Socket {
  readonly #socket: WebSocket;
  readonly #frames: Frame[] = [];
  #closed: number | null = null;
  #wake: () => void = () => undefined;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.accept();
    socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string" && data !== "pong") this.#frames.push(...[JSON.parse(data)].flat());
      this.#wake();
    });
    socket.addEventListener("close", ({ code }) => {
      this.#closed = code;
      this.#wake();
    });
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  close(): void {
    this.#socket.close(1000, "done");
  }

  /** The next frame of a type; the ones before it are dropped. */
  async next(type: string): Promise<Frame> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame === undefined) {
        if (this.#closed !== null) throw new Error(`closed with ${this.#closed} before a ${type}`);
        await this.#change();
      } else if (frame.type === type) return frame;
    }
  }

  /** The close code. */
  async closed(): Promise<number> {
    while (this.#closed === null) await this.#change();
    return this.#closed;
  }

  async #change(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("nothing came in three seconds")), 3_000);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
