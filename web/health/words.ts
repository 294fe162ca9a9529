import type { Check, Health } from "../api/stats.ts";
import { counted, span } from "../pages/words.ts";

/** The state of the system in plain words. Pure. */

export type Part = {
  readonly title: string;
  /** Its purpose. */
  readonly does: string;
  /** What does not work while it is down. */
  readonly without: string;
};

const PARTS: Readonly<Record<string, Part>> = {
  directory: {
    title: "Directory",
    does: "Knows which tables there are.",
    without: "No table can be found, so the house is closed.",
  },
  promotions: {
    title: "Promotions",
    does: "Holds what the lotteries may give.",
    without: "Awards wait; play goes on.",
  },
  dead_letters: {
    title: "Dead letters",
    does: "Keeps messages that were not right, for an operator.",
    without: "What is not right waits in its queue; play goes on.",
  },
  read_model: {
    title: "Read model",
    does: "Counts what was played, for boards and histories.",
    without: "Boards and histories cannot be read; play goes on, and is counted later.",
  },
  outboxes: {
    title: "Outboxes",
    does: "What the tables have to tell the rest of the house.",
    without: "What they have to tell waits with them; nothing is lost.",
  },
  kafka: {
    title: "Kafka",
    does: "Takes stakes to the lottery, and awards back.",
    without: "Stakes wait on this side until it is there again; play goes on.",
  },
};

export function partOf({ name }: Check): Part {
  return PARTS[name] ?? { title: name, does: "", without: "Play goes on." };
}

export const STATE_WORDS = { ok: "Well", failing: "Needs a look", down: "Does not answer" } as const;

/** Details of a part's state. Null: none. */
export function factWords(check: Check, now: number): string | null {
  const { letters, waiting, parked, projectedAt, lagMs } = check;
  if (letters !== undefined) return letters === 0 ? "None waits." : `${counted(letters, "message")} for an operator.`;
  if (waiting !== undefined) {
    const left = waiting === 0 ? "All is told." : `${counted(waiting, "event")} on the way.`;
    return (parked ?? 0) === 0 ? left : `${left} ${counted(parked ?? 0, "event")} given up on: an operator is needed.`;
  }
  if (projectedAt === null) return "Nothing has been counted yet.";
  if (projectedAt !== undefined) {
    const rest = (lagMs ?? 0) === 0 ? "nothing waits" : `the oldest result that waits is ${span(lagMs ?? 0)} old`;
    return `Last counted ${span(Math.max(0, now - projectedAt))} ago; ${rest}.`;
  }
  return null;
}

export function titleOf({ status }: Health): string {
  if (status === "ok") return "All is well";
  return status === "failing" ? "The house is open; something needs a look" : "The house is closed for a moment";
}
