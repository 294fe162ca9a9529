import type { Room } from "./shapes.ts";

const WORDS: Readonly<Record<Room["status"], string>> = { running: "Running", paused: "Paused", faulted: "Faulted" };

/** The state is shown by shape as well as colour: full, half, hollow. */
export function Status({ status }: { readonly status: Room["status"] }) {
  return (
    <p className="desk-status" data-state={status}>
      <span className="desk-light" aria-hidden="true" /> {WORDS[status]}
    </p>
  );
}
