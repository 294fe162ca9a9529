import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createClient } from "@redis/client";
import { startRedis } from "./redis-server.ts";

/**
 * Upstash's REST before a real Redis: `POST /` takes a command, `/pipeline` and `/multi-exec` take many, with a Bearer token; texts
 * come in base64 to whoever asks for that.
 */
export type Front = {
  readonly url: string;
  readonly token: string;
  /** Requests so far. */
  readonly requests: () => number;
  /** So many of the next requests are cut off before anything is done, then so many after it was done. */
  readonly cutOff: (before: number, after: number) => void;
  /** One command, straight to Redis. */
  readonly command: (...args: readonly string[]) => Promise<unknown>;
  readonly stop: () => Promise<void>;
};

type Reply = string | number | null | readonly Reply[];
type Answer = { readonly result: Reply } | { readonly error: string };

export async function startFront(options: { readonly port?: number; readonly token?: string } = {}): Promise<Front> {
  const token = options.token ?? "a-token-for-tests-alone";
  const redis = await startRedis();
  const commands = await connected(redis.port);
  let requests = 0;
  let [before, after] = [0, 0];

  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      requests += 1;
      if (before > 0) {
        before -= 1;
        return request.socket.destroy();
      }
      if (request.headers.authorization !== `Bearer ${token}`)
        return reply(response, 401, { error: "WRONGPASS invalid or missing auth token" });
      const answer = await carryOut(commands, request.url ?? "/", body);
      if (after > 0) {
        after -= 1;
        return request.socket.destroy();
      }
      const ok = Array.isArray(answer) || "result" in answer;
      const encoded = request.headers["upstash-encoding"] === "base64" ? base64Of(answer) : answer;
      return reply(response, ok ? 200 : 400, encoded);
    })();
  });
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    requests: () => requests,
    cutOff: (first, then) => {
      [before, after] = [first, then];
    },
    command: async (...args) => commands.send(args),
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      commands.destroy();
      await redis.stop();
    },
  };
}

type Commands = { readonly send: (args: readonly string[]) => Promise<Reply>; readonly destroy: () => void };

async function connected(port: number): Promise<Commands> {
  const client = createClient({ RESP: 2, socket: { host: "127.0.0.1", port } });
  // Each request meets a lost Redis by itself.
  client.on("error", () => {});
  await client.connect();
  return {
    send: async (args) => (await client.sendCommand([...args])) as unknown as Reply, // RESP 2 has no more than this
    destroy: () => client.destroy(),
  };
}

async function carryOut(commands: Commands, path: string, body: unknown): Promise<Answer | readonly Answer[]> {
  const send = async (command: readonly unknown[]): Promise<Answer> =>
    commands.send(command.map(String)).then((result) => ({ result }), failure);
  if (path === "/") return isCommand(body) ? send(body) : failure("ERR failed to parse command");
  if (!isCommands(body)) return failure("ERR failed to parse pipeline request");
  if (path === "/pipeline") return Promise.all(body.map(send));
  if (path !== "/multi-exec") return failure("ERR unknown path");
  // Sent in one turn, so that no other request's commands come between.
  const answers = await Promise.all([["MULTI"], ...body, ["EXEC"]].map(send));
  const executed = answers.at(-1) ?? failure("ERR no answer");
  if ("error" in executed || !Array.isArray(executed.result)) return executed;
  return executed.result.map((result: unknown) =>
    result instanceof Error ? failure(result) : { result: result as Reply },
  );
}

const failure = (error: unknown): Answer => ({ error: error instanceof Error ? error.message : String(error) });

const isCommand = (body: unknown): body is unknown[] => Array.isArray(body) && body.length > 0;
const isCommands = (body: unknown): body is unknown[][] => Array.isArray(body) && body.every(isCommand);

function base64Of(answer: Answer | readonly Answer[]): unknown {
  if (Array.isArray(answer)) return answer.map(base64Of);
  return "result" in answer ? { result: encoded(answer.result) } : answer;
}

function encoded(reply: Reply): Reply {
  if (typeof reply === "string") return reply === "OK" ? reply : Buffer.from(reply).toString("base64");
  return typeof reply === "object" && reply !== null ? reply.map(encoded) : reply;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as unknown;
  } catch {
    return null;
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
