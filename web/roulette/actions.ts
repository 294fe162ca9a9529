import { useMemo, useSyncExternalStore } from "react";
import type { Command } from "../../rooms/roulette/types.ts";
import type { Answer } from "../live/frames.ts";
import { announce } from "../ui/announce.tsx";
import { useSeatedAt } from "./context.tsx";
import { freshEntropy } from "./entropy.ts";
import { wordsFor } from "./refusals.ts";
import type { TableLink } from "./sitting.ts";

/** Asking the table for something: a refusal becomes one line near the felt. */

const NOTICE_MS = 4_500;
let notice: { readonly text: string; readonly n: number } | null = null;
let clearing: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

export function say(text: string): void {
  notice = { text, n: (notice?.n ?? 0) + 1 };
  announce(text);
  clearTimeout(clearing);
  clearing = setTimeout(() => {
    notice = null;
    for (const listener of listeners) listener();
  }, NOTICE_MS);
  for (const listener of listeners) listener();
}

export function useNotice(): { readonly text: string; readonly n: number } | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => notice,
  );
}

/** The round whose draw already has this player's words, by table. */
const given = new WeakMap<TableLink, number>();

export async function ask(link: TableLink, command: Command): Promise<Answer> {
  const known = link.get().known;
  if (known !== null && known.seat === null) return refused("spectator");
  const round = known?.view.round;
  const places = command.type !== "who" && command.type !== "undo" && command.type !== "clear";
  const first = places && round !== undefined && given.get(link) !== round;
  const answer = await link.send(first ? { ...command, entropy: freshEntropy() } : command);
  if (answer.ok && first) given.set(link, round);
  if (!answer.ok) say(wordsFor(answer));
  return answer;
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
