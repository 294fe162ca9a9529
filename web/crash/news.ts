import { useEffect, useRef } from "react";
import type { Bet, Seat } from "../../rooms/crash/types.ts";
import { say } from "../table/notice.ts";
import { chime } from "../table/sound.ts";
import { announce } from "../ui/announce.tsx";
import { amount, times } from "../ui/format.ts";
import { netOf } from "./board.tsx";
import { useSeat, useSeatedAt, useView } from "./context.tsx";
import { outWords } from "./lines.ts";
import { stopWords } from "./refusals.ts";

/** Announces events to screen readers once, as they happen: phases, results, and the player's own money. */
export function useNews(): void {
  const { link } = useSeatedAt();
  usePhases();
  const seat = useSeat();
  const bets = useRef<Seat["bets"]>([]);
  useEffect(() => {
    bets.current = seat?.bets ?? [];
  }, [seat]);
  useEffect(() => {
    link.onPrivateDelta = (step) => {
      switch (step.type) {
        case "out":
          // A manual cash-out is announced with the command's answer.
          for (const [id, out] of step.outs) {
            const bet = bets.current.find((one: Bet) => one.id === id);
            if (bet === undefined || out.by === "hand") continue;
            announce(`${outWords({ ...bet, out })}.`);
            chime();
          }
          break;
        case "ended":
          if (step.endX100 === null) say("The flight was void. Your stake came back.");
          break;
        case "strategy":
          if (step.strategy === null && step.reason !== null) say(stopWords(step.reason));
          break;
        case "forgotten":
        case "boarded":
        case "cancelled":
        case "placed":
        case "queued":
          break;
        default:
          step satisfies never;
      }
    };
    return () => {
      link.onPrivateDelta = () => {};
    };
  }, [link]);
}

const SAID = {
  waiting: "Ready for a flight.",
  betting: "Place your bets.",
  running: "The flight is in the air.",
} as const;
/** The player's own result and the public one arrive in separate frames: wait this long for both. */
const BOTH_MS = 150;

/** Nothing is announced for the state at page load. */
function usePhases(): void {
  const phase = useView((view) => view.phase);
  const round = useView((view) => view.round);
  const forced = useView((view) => view.history[0]?.forced ?? false);
  const last = useSeat()?.last ?? null;
  const now = `${round} ${phase.name}`;
  const arrived = useRef(now);
  const { name } = phase;
  const end = name === "crashed" ? phase.endX100 : null;
  useEffect(() => {
    if (now !== arrived.current && name !== "crashed") announce(SAID[name]);
  }, [now, name]);
  useEffect(() => {
    if (now === arrived.current || end === null) return undefined;
    const timer = setTimeout(() => {
      const net = last?.round === round - 1 ? netOf(last) : null;
      announce(`${forced ? "Ended at the house\u2019s limit," : "Crashed at"} ${times(end)}.${wordsOf(net)}`);
    }, BOTH_MS);
    return () => clearTimeout(timer);
  }, [now, end, round, last, forced]);
}

function wordsOf(net: number | null): string {
  if (net === null) return "";
  return net > 0 ? ` You won ${amount(net)}.` : net < 0 ? ` You lost ${amount(-net)}.` : " You are even.";
}
