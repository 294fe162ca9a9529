import type { Command } from "../../rooms/poker/types.ts";
import type { Answer } from "../live/frames.ts";
import { say } from "../table/notice.ts";
import type { PokerLink } from "./context.tsx";
import { wordsFor } from "./refusals.ts";

/** Sends a command. A refusal is shown as a notice near the table. */
export async function ask(link: PokerLink, command: Command): Promise<Answer> {
  if (link.get().known?.seat === null) return refuse({ ok: false, code: "spectator", message: "" });
  const answer = await link.send(command);
  return answer.ok ? answer : refuse(answer);
}

function refuse(answer: Extract<Answer, { ok: false }>): Answer {
  say(wordsFor(answer));
  return answer;
}
