import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import type { RoomReport } from "../../rooms/host/services.ts";
import { post, type Workerd } from "./workerd.ts";

/**
 * 100 players sit down at a table and do nothing. Fifteen seconds later the object must be gone from memory with every socket
 * still open: its counters, which start anew with the object, say so.
 */
export type Idle = { readonly sockets: number; readonly hibernated: boolean; readonly rows_written_idle: number };

const SOCKETS = 100;
const WITHIN_MS = 15_000;

export async function idle(workerd: Workerd, game: string): Promise<Idle> {
  const room = `${game}:idle`;
  await post(workerd, `/setup/${room}`);
  const sockets = Array.from(
    { length: SOCKETS },
    (_, i) => new WebSocket(`${workerd.ws}/room/${room}?player=${game}-idle-${i}`, { perMessageDeflate: false }),
  );
  await Promise.all(
    sockets.map((socket) => new Promise((resolve, reject) => socket.once("message", resolve).once("error", reject))),
  );
  const stats = async (): Promise<RoomReport> => (await fetch(`${workerd.http}/stats/${room}`)).json<RoomReport>();
  const before = await stats();
  await sleep(WITHIN_MS);
  const after = await stats();
  const open = sockets.filter((socket) => socket.readyState === WebSocket.OPEN).length;
  for (const socket of sockets) socket.terminate();
  return {
    sockets: Math.min(open, after.sockets),
    hibernated: (before.counters["batches"] ?? 0) > 0 && after.counters["batches"] === 0,
    rows_written_idle: after.counters["rowsWritten"] ?? Number.NaN,
  };
}
