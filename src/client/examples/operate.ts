import { ApiError, Croupier, type OperatorRoom } from "../index.ts"; // in your own project: "croupier/client"

/** A script for operators. The key is one of the server's OPERATOR_KEYS. */

const USAGE = `usage: OPERATOR_KEY=... node src/client/examples/operate.ts URL COMMAND

  rooms                    every room, private ones too
  pause GAME:ID            the open round ends, and no new one begins
  resume GAME:ID
  give NAME AMOUNT WHY     chips into a registered player's wallet; below 0 out of it`;

const [url = "", command = "", first = "", amount = "", ...why] = process.argv.slice(2);
const house = new Croupier({ url, token: process.env["OPERATOR_KEY"] ?? null });
/** Makes each order idempotent: when an answer is lost, the client retries under the same id. */
const id = crypto.randomUUID();

async function listRooms(): Promise<void> {
  let cursor: string | null = null;
  do {
    const page: Page = await house.call("GET /api/operator/rooms", { query: { cursor } });
    for (const { game, id: name, status, online } of page.rooms)
      console.log(`${game}:${name} ${status}, ${online} there`);
    cursor = page.next;
  } while (cursor !== null);
}
type Page = { readonly rooms: readonly OperatorRoom[]; readonly next: string | null };

async function order(what: "pause" | "resume", room: string): Promise<void> {
  const [game = "", name = ""] = room.split(":");
  const path = { game, id: name };
  await house.call(`POST /api/operator/rooms/{game}/{id}/${what}`, { path, body: { id } });
  const { status } = await house.call("GET /api/operator/rooms/{game}/{id}", { path });
  console.log(`${room} is ${status}`);
}

async function give(name: string, chips: number, reason: string): Promise<void> {
  const player = await house.call("GET /api/operator/players", { query: { name } });
  const wish = { path: { id: player.id }, body: { id, amount: chips, reason } };
  const { available } = await house.call("POST /api/operator/players/{id}/transfers", wish);
  console.log(`${player.username} has ${available}`);
}

try {
  if (command === "rooms") await listRooms();
  else if (command === "pause" || command === "resume") await order(command, first);
  else if (command === "give" && why.length > 0) await give(first, Number(amount), why.join(" "));
  else {
    console.error(USAGE);
    process.exitCode = 2;
  }
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  console.error(`${error.code}: ${error.message} (request ${error.requestId})`);
  process.exitCode = 1;
}
