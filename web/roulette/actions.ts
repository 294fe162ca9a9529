import { useMemo } from "react";
import type { Command } from "../../rooms/roulette/types.ts";
import type { Answer } from "../live/frames.ts";
import { freshClientSeed, hasGiven, markGiven } from "../table/client-seed.ts";
import { say } from "../table/notice.ts";
import { useSeatedAt, type TableLink } from "./context.tsx";
import { wordsFor } from "./refusals.ts";

/** Sends a command. A refusal is shown as a notice near the felt. */

export async function ask(link: TableLink, command: Command): Promise<Answer> {
  const known = link.get().known;
  if (known !== null && known.seat === null) return refused("spectator");
  const round = known?.view.round;
  const places = command.type !== "who" && command.type !== "undo" && command.type !== "clear";
  const first = places && round !== undefined && !hasGiven(link, round);
  const answer = await link.send(
    first ? { ...meant(command, round), clientSeed: freshClientSeed() } : meant(command, round),
  );
  if (answer.ok && first) markGiven(link, round);
  if (!answer.ok) say(wordsFor(answer));
  return answer;
}

/** Adds the current round, so that a command delayed by a reconnect is refused and does not apply to a later spin. */
function meant(command: Command, round: number | undefined): Command {
  if (round === undefined || command.type === "who" || command.type === "autoRepeat") return command;
  return { ...command, round };
}

export function useAsk(): (command: Command) => void {
  const { link } = useSeatedAt();
  return useMemo(() => (command: Command) => void ask(link, command), [link]);
}

function refused(code: string): Answer {
  const answer = { ok: false as const, code, message: "" };
  say(wordsFor(answer));
  return answer;
}
