import type { Command } from "../../rooms/poker/types.ts";
import type { Answer } from "../live/frames.ts";
import { say } from "../table/notice.ts";
import type { PokerLink } from "./context.tsx";
import { wordsFor } from "./refusals.ts";

/** Asks the table for something: a refusal becomes one line near the felt. */
export async function ask(link: PokerLink, command: Command): Promise<Answer> {
  if (link.get().known?.seat === null) return refuse({ ok: false, code: "spectator", message: "" });
  const answer = await link.send(command);
  return answer.ok ? answer : refuse(answer);
}

function refuse(answer: Extract<Answer, { ok: false }>): Answer {
  say(wordsFor(answer));
  return answer;
}
