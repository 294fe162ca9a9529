import { readFileSync } from "node:fs";

/** Connections that are open to a port of 127.0.0.1 now, from whoever; null where the system does not say (only Linux does). */
export function connectionsTo(address: string): number | null {
  const port = Number(address.slice(address.lastIndexOf(":") + 1))
    .toString(16)
    .toUpperCase()
    .padStart(4, "0");
  if (process.platform !== "linux") return null;
  // One line a socket: its number, its address, the other's address, its state (01: established).
  const lines = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => readFileSync(file, "utf8").split("\n").slice(1));
  return lines.filter((line) => {
    const [, , other = "", state] = line.trim().split(/\s+/);
    return other.endsWith(`:${port}`) && state === "01";
  }).length;
}
