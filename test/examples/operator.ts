import { ApiError, House } from "../../src/client/index.ts";

/**
 * `OPERATOR_KEY=... npm run example:operator -- [GAME:ID] [URL]`: pauses a room, looks into it, and opens it again. The key is one
 * of the house's OPERATOR_KEYS.
 */

const [room = "crash:main", url = "http://localhost:8787"] = process.argv.slice(2);
const [game = "", id = ""] = room.split(":");
const house = new House({ url, token: process.env["OPERATOR_KEY"] ?? null });
const path = { game, id };
const wish = crypto.randomUUID(); // an order is carried out once by its id, however often it is sent

try {
  await house.call("POST /api/operator/rooms/{game}/{id}/pause", { path, body: { id: `${wish}-pause` } });
  const inspection = await house.call("GET /api/operator/rooms/{game}/{id}", { path });
  console.log(`${room} is paused: the open round ends, and no new one begins`);
  console.log(JSON.stringify(inspection, null, 2));
  await house.call("POST /api/operator/rooms/{game}/{id}/resume", { path, body: { id: `${wish}-resume` } });
  console.log(`${room} is open again`);
} catch (error) {
  if (!(error instanceof ApiError)) throw error;
  console.error(`${error.code}: ${error.message} (request ${error.requestId})`);
  process.exitCode = 1;
}
