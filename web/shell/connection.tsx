import { useConnection, type Connection } from "../ui/connection.ts";

const WORDS: Readonly<Record<Connection, string>> = {
  online: "Live",
  connecting: "Connecting",
  slow: "No answer yet",
  lost: "Reconnecting",
  resting: "Resting",
  offline: "Offline",
  ended: "Not connected",
};

/** The connection state, as a word and a dot. The dot is full when live and hollow when not, so colour is not needed. */
export function ConnectionState() {
  const state = useConnection();
  return (
    <span className="flex items-center gap-2 px-1 text-sm text-ivory-dim" data-testid="connection" data-state={state}>
      <span className={`connection-dot connection-${state}`} aria-hidden="true" />
      <span className={state === "online" ? "sr-only xl:not-sr-only" : "sr-only sm:not-sr-only"}>{WORDS[state]}</span>
    </span>
  );
}
