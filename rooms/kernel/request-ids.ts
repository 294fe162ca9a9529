import type { Stamped } from "./inputs.ts";

/**
 * Which requests a batch comes from. An order of an operator carries the id of its HTTP request (`x-request-id`); the batch notes the
 * distinct ones, its journal row keeps them as `from`, and the log tells them with the sequence numbers that it made.
 *
 * The chain, from the edge to an event and back:
 * - Every HTTP request and every socket has an id of ours: in `x-request-id` of the answer (a socket's in its 101, and in the room's
 *   `welcome` as `request`), in the request's log line, and in the room's log lines about that socket.
 * - A command from a socket is known by its own id: the journal row of its batch keeps it with the player and the sequence number.
 * - A message from a queue is known by its event's id, kept in the room's inbox.
 * - An event that leaves says `correlation: <room>@<sequence number>`: the journal row of that number has the commands and orders.
 * - A transfer's id is `<room>:<player>:<n>`, the same in the journal, in the wallet's ledger and in the log.
 */
export type Origins = readonly string[];

/** Nearly always none, and then nothing is made. */
export function originsOf(batch: readonly Stamped<unknown>[]): Origins | null {
  let found: Set<string> | null = null;
  for (const { origin } of batch) {
    if (origin !== undefined) found = (found ?? new Set<string>()).add(origin);
  }
  return found === null ? null : [...found];
}
