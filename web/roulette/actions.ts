import { useMemo } from "react";
import type { Command } from "../../rooms/roulette/types.ts";
import type { Answer } from "../live/frames.ts";
import { freshClientSeed, hasGiven, markGiven } from "../table/client-seed.ts";
import { say } from "../table/notice.ts";
import { useSeatedAt, type TableLink } from "./context.tsx";
import { wordsFor } from "./refusals.ts";

/** Asking the table for something: a refusal becomes one line near the felt. */

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

/** For the round that was on when it was asked for: what comes in after a break in the line is not for another spin. */
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
