import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { WebSocket, WebSocketServer } from "ws";

/**
 * A house that pays one chip too little, made of an honest one: it stands before it and tells every player of one chip less as soon as
 * a round has paid them, at the table and in their balance alike. The records stay as they are.
 */
export async function openCheat(honest: string, port: number): Promise<Server> {
  /** Tokens and tickets of those who have been paid. */
  const cheated = new Set<string>();
  const owner = new Map<string, string>();

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET", url = "/", headers } = request;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const kept = ["authorization", "content-type", "idempotency-key"].flatMap((name) => {
      const value = headers[name];
      return typeof value === "string" ? [[name, value] as const] : [];
    });
    const body = parts.length === 0 ? {} : { body: Buffer.concat(parts) };
    const answer = await fetch(`${honest}${url}`, { method, headers: Object.fromEntries(kept), ...body });
    let text = await answer.text();
    const who = headers.authorization ?? "";
    if (url.endsWith("/ticket")) owner.set((JSON.parse(text) as { ticket: string }).ticket, who);
    if (url === "/api/balance" && cheated.has(who)) {
      const { inPlay, total, ...rest } = JSON.parse(text) as { inPlay: number; total: number };
      text = JSON.stringify({ ...rest, inPlay: inPlay - 1, total: total - 1 });
    }
    const type = answer.headers.get("content-type") ?? "text/plain";
    response.writeHead(answer.status, { "content-type": type }).end(text);
  };

  const server = createServer((request, response) => void pass(request, response).catch(() => response.destroy()));
  new WebSocketServer({ server }).on("connection", (player: WebSocket, request: IncomingMessage) => {
    const path = request.url ?? "/";
    const who = owner.get(new URL(path, honest).searchParams.get("ticket") ?? "") ?? "";
    const house = new WebSocket(`${honest.replace("http", "ws")}${path}`);
    const early: string[] = [];
    player.on("message", (data: Buffer) => {
      if (house.readyState === WebSocket.OPEN) house.send(data.toString());
      else early.push(data.toString());
    });
    house.on("open", () => early.forEach((frame) => house.send(frame)));
    house.on("message", (data: Buffer) => {
      const text = data.toString();
      if (/"type":"paid".*"returned":[1-9]/.test(text)) cheated.add(who);
      player.send(cheated.has(who) ? text.replaceAll(/("type":"purse","chips":)(\d+)/g, lessOne) : text);
    });
    house.on("close", () => player.terminate());
    player.on("close", () => house.terminate());
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}

const lessOne = (_: string, before: string, chips: string): string => `${before}${Number(chips) - 1}`;
