import { useEffect, useEffectEvent, useRef } from "react";
import { useYou } from "../table/context.tsx";
import { chime } from "../table/sound.ts";
import { announce } from "../ui/announce.tsx";
import { useView } from "./context.tsx";
import type { Act } from "./draw.ts";
import { useWho } from "./names.ts";
import { resultWords, startWords } from "./words.ts";

/** The player's own tickets and the public news arrive in separate frames: wait this long for both. */
const BOTH_MS = 200;

/** Announces events to screen readers once: a draw starts, its winner, and a deadline that passed without enough tickets. */
export function useNews(act: Act): void {
  const who = useWho();
  const you = useYou();
  const now = act.name === "waiting" ? "waiting" : `${act.name} ${drawOf(act)} ${act.name === "drawn" && act.landed}`;
  const said = useRef(now);
  const tell = useEffectEvent(() => {
    if (act.name === "started") announce(startWords(act.started, act.mine));
    if (act.name !== "drawn" || !act.landed) return;
    const { result, mine } = act;
    announce(resultWords(result, who(result.player), mine !== null));
    if (result.player === you) chime();
  });
  useEffect(() => {
    if (now === said.current) return undefined;
    const timer = setTimeout(() => {
      said.current = now;
      tell();
    }, BOTH_MS);
    return () => clearTimeout(timer);
  }, [now]);

  const rolled = useView(({ waiting }) => waiting.endsAt === null && waiting.tickets > 0);
  const was = useRef(rolled);
  useEffect(() => {
    if (rolled && !was.current) announce("Time was up. The tickets keep their places and wait on.");
    was.current = rolled;
  }, [rolled]);
}

function drawOf(act: Exclude<Act, { name: "waiting" }>): number {
  return act.name === "drawn" ? act.result.draw : act.started.draw;
}
