import type { Stamped } from "./inputs.ts";

/**
 * The HTTP requests behind a batch. An operator's order carries the id of its HTTP request (`x-request-id`). The batch's journal
 * row stores the distinct ids as `from`, and the log has them with the batch's sequence numbers.
 *
 * How to trace a request from the edge to an event and back:
 * - Every HTTP request and every socket has an id of ours: in `x-request-id` of the answer (a socket's in its 101, and in the
 *   room's `welcome` as `request`), in the request's log line, and in the room's log lines about that socket.
 * - A command from a socket has its own id: the journal row of its batch stores it with the player and the sequence number.
 * - A message from a queue has its event's id, stored in the room's inbox.
 * - An event that leaves has `correlation: <room>@<sequence number>`: that journal row has the commands and orders.
 * - A transfer's id is `<room>:<player>:<n>`, the same in the journal, in the wallet's ledger and in the log.
 */
export type Origins = readonly string[];

/** Null in the usual case that there are none; then nothing is allocated. */
export function originsOf(batch: readonly Stamped<unknown>[]): Origins | null {
  let found: Set<string> | null = null;
  for (const { origin } of batch) {
    if (origin !== undefined) found = (found ?? new Set<string>()).add(origin);
  }
  return found === null ? null : [...found];
}
