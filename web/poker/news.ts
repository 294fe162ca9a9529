import { useEffect, useEffectEvent, useRef } from "react";
import type { Seat } from "../../rooms/poker/types.ts";
import { say } from "../table/notice.ts";
import { chime, clack, flick, knock, nudge } from "../table/sound.ts";
import { announce } from "../ui/announce.tsx";
import { amount } from "../ui/format.ts";
import { useSeat, useSeatedAt, useView } from "./context.tsx";
import type { NameOf } from "./house-names.ts";
import { usePlayerNames } from "./names.ts";
import { sceneOf } from "./scene.ts";
import type { Standing } from "./standing.ts";
import type { Step } from "./trail.ts";
import { resultWords } from "./results.ts";
import { actWords, cardNames, holdingName, STREET_NAMES } from "./words.ts";

/** Announces actions, cards, turns and results to screen readers. Texts that come close together are joined. */

const TOGETHER_MS = 250;

export function useNews(standing: Standing): void {
  const { link } = useSeatedAt();
  const names = usePlayerNames();
  const mine = useSeat();
  const said = useRef<{ words: string[]; timer: ReturnType<typeof setTimeout> | undefined }>({
    words: [],
    timer: undefined,
  });
  const tell = useEffectEvent((words: string): void => {
    const now = said.current;
    now.words.push(words);
    now.timer ??= setTimeout(() => {
      announce(now.words.join(" "));
      now.words = [];
      now.timer = undefined;
    }, TOGETHER_MS);
  });
  const hear = useEffectEvent((step: Step): void => {
    sound(step, mine);
    const words = wordsOf(step, names, mine);
    if (words !== null) tell(words);
    const { did } = step.shown;
    if (did.type === "voided")
      say(`The hand was void: ${did.reason.replace(/[.!?]?$/, ".")} Every stack is as it was before.`);
  });
  useEffect(() => sceneOf(link).watch((step) => hear(step)), [link]);

  const turn = standing.is === "turn" ? standing : null;
  const key = turn?.key ?? null;
  useEffect(() => {
    if (key === null) return;
    nudge();
    const toCall = turn?.turn.toCall ?? 0;
    tell(toCall === 0 ? "Your turn. You can check." : `Your turn, ${amount(toCall)} to call.`);
    // Once for each turn.
  }, [key]);

  const hand = useView((view) => view.hand?.hand ?? null);
  const cards = mine?.cards ?? [];
  const dealt = cards.length === 0 ? null : hand;
  useEffect(() => {
    if (dealt !== null) tell(`Your cards: ${cardNames(cards.map(({ card }) => card))}.`);
    // Once for each hand.
  }, [dealt]);
}

function wordsOf({ shown: { did }, view }: Step, names: NameOf, mine: Seat | null): string | null {
  switch (did.type) {
    case "acted": {
      const sitting = view.seats[did.seat];
      return sitting == null || did.seat === mine?.seat ? null : `${actWords(names(sitting.player), did.act)}.`;
    }
    case "street": {
      const own = mine?.cards.map(({ card }) => card) ?? [];
      const holding =
        view.seats[mine?.seat ?? -1]?.cards === "hidden" ? holdingName(own, view.hand?.board ?? []) : null;
      const which = did.board === 2 ? "Second board" : STREET_NAMES[did.street];
      return `${which}: ${cardNames(did.cards)}.${holding === null ? "" : ` You have ${holding}.`}`;
    }
    case "won":
      return resultWords(view, names);
    case "dealt":
    case "shown":
    case "voided":
    case "sat":
    case "stood":
    case "toppedUp":
    case "satOut":
    case "satIn":
    case "timeBank":
    case "other":
      return null;
    default:
      did satisfies never;
      return null;
  }
}

function sound({ shown: { did } }: Step, mine: Seat | null): void {
  switch (did.type) {
    case "acted":
      if (did.act.type === "check") knock(0.4);
      else if (did.act.type === "fold") flick();
      else clack();
      break;
    case "street":
    case "dealt":
    case "shown":
      flick();
      break;
    case "won":
      if (did.awards.some(({ wins }) => wins.some(({ seat }) => seat === mine?.seat))) chime();
      else clack();
      break;
    default:
  }
}
