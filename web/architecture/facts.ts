import type { Check, Health } from "../api/stats.ts";
import type { Player, RoomLine } from "../api/shapes.ts";
import { noteOf } from "../lobby/note.ts";
import { note as lotteryNote } from "../lottery/note.ts";
import { counted, span } from "../pages/words.ts";
import { amount } from "../ui/format.ts";
import type { NodeId } from "./plan.ts";
import type { Watch } from "./watch.ts";

/** The current state of each part, with one line of text. Pure. */

export type Fact = { readonly state: Check["state"] | null; readonly line: string };

type World = {
  readonly health: Health | null;
  /** Round-trip time of the last health answer. */
  readonly ms: number | null;
  readonly rooms: readonly RoomLine[];
  readonly player: Player | null;
  readonly watch: Watch;
  readonly now: number;
};

export function factsOf({ health, ms, rooms, player, watch, now }: World): Readonly<Record<NodeId, Fact>> {
  const check = (name: string): Check | null => health?.checks.find((one) => one.name === name) ?? null;
  const answered = (name: string): Fact => {
    const found = check(name);
    if (found === null) return { state: null, line: "Not asked yet" };
    return { state: found.state, line: found.state === "down" ? "Does not answer" : `Answered in ${found.ms} ms` };
  };
  const outboxes = check("outboxes");
  const queue: Fact =
    outboxes === null
      ? { state: null, line: "Not asked yet" }
      : { state: outboxes.state, line: `${amount(outboxes.waiting ?? 0)} on the way` };
  const online = rooms.reduce((sum, room) => sum + room.online, 0);
  const lottery = rooms.find(({ game }) => game === "lottery");
  const letters = check("dead_letters");
  return {
    browser: { state: watch.live ? "ok" : "failing", line: watch.live ? "Sockets are live" : "Connecting" },
    worker: {
      state: health === null ? null : "ok",
      line: ms === null ? "Not asked yet" : `Answered in ${ms} ms`,
    },
    directory: answered("directory"),
    rooms: {
      state: rooms.some(({ status }) => status === "faulted") ? "failing" : rooms.length > 0 ? "ok" : null,
      line: `${counted(rooms.length, "table")}, ${amount(online)} here`,
    },
    player: {
      state: player === null ? null : "ok",
      line: player?.username ?? "Nobody yet",
    },
    settled: queue,
    stakes: queue,
    model: modelOf(check("read_model"), now),
    lottery: {
      state: lottery === undefined ? null : lottery.status === "faulted" ? "failing" : "ok",
      line: lottery === undefined ? "None here" : counted(noteOf(lotteryNote, lottery)?.tickets ?? 0, "ticket"),
    },
    promotions: answered("promotions"),
    letters: {
      state: letters?.state ?? null,
      line:
        letters === null
          ? "Not asked yet"
          : letters.letters === 0
            ? "None"
            : `${amount(letters.letters ?? 0)} to look at`,
    },
    bridge: bridgeOf(health),
    kafka: answered("kafka"),
  };
}

function modelOf(found: Check | null, now: number): Fact {
  if (found === null) return { state: null, line: "Not asked yet" };
  if (found.state === "down") return { state: "down", line: "Does not answer" };
  if (found.projectedAt == null) return { state: found.state, line: "Nothing counted yet" };
  return { state: found.state, line: `Counted ${span(Math.max(0, now - found.projectedAt))} ago` };
}

function bridgeOf(health: Health | null): Fact {
  const reports = health?.bridge ?? [];
  if (reports.length === 0) return { state: null, line: "Said nothing yet" };
  const records = reports.reduce((sum, one) => sum + one.records, 0);
  const state = reports.some((one) => one.state === "failing") ? "failing" : "ok";
  return { state, line: counted(records, "record") };
}
