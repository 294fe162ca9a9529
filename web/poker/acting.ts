import { useCallback, useMemo, useState } from "react";
import type { Command, Seat, PreAction, View } from "../../rooms/poker/types.ts";
import type { Pending } from "../live/pending.ts";
import { useYou } from "../table/context.tsx";
import { say } from "../table/notice.ts";
import { ask } from "./ask.ts";
import type { PokerCommand } from "./commands.ts";
import { useSeat, useSeatedAt, useTable, useView } from "./context.tsx";
import { amount } from "../ui/format.ts";
import { readNumber } from "../ui/number.ts";
import { useRest, type Resting } from "../ui/rest.ts";
import { faultOf, readTo, stepped } from "./raises.ts";
import { useScene } from "./scene.ts";
import { offerOf, standingOf, type OnTurn, type Standing } from "./standing.ts";

/** Acting in a hand, by pointer or key: the draft of a raise, the command under way, and the actions. */

export type ActType = "fold" | "check" | "call" | "raise";

export type Acting = {
  readonly standing: Standing;
  /** The pause after the bar's buttons have changed: until it is over, presses are ignored. */
  readonly resting: Resting;
  /** The action that has no answer yet, or was accepted and is not shown yet. */
  readonly busy: ActType | null;
  /** The raise field's text, and its value. */
  readonly text: string;
  readonly to: number | null;
  /** Whether the field was edited in this turn. */
  readonly drafted: boolean;
  readonly write: (text: string) => void;
  readonly step: (by: 1 | -1) => void;
  readonly fold: () => void;
  /** Check or call. */
  readonly call: () => void;
  readonly raise: (to?: number) => void;
  readonly preAct: (action: PreAction["action"]) => void;
};

type Draft = { readonly key: string; readonly text: string };

export function useActing(): Acting {
  const { link } = useSeatedAt();
  const view = useView((now) => now);
  const mine = useSeat();
  const you = useYou();
  const pending = useTable((state) => state.pending);
  const seen = useScene((now) => now);
  const standing = useMemo(() => stood(standingOf(view, mine, you), seen, mine, you), [view, seen, mine, you]);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [done, setDone] = useState<{ readonly key: string; readonly type: ActType } | null>(null);
  const [warned, setWarned] = useState<string | null>(null);
  const turn = standing.is === "turn" ? standing : null;
  const key = turn?.key ?? "";
  const drafted = draft !== null && draft.key === key;
  const least = turn?.turn.raise?.least ?? null;
  const text = drafted ? draft.text : least === null ? "" : String(least);
  const to = readTo(text);
  const underWay = pending.find(isAct)?.command.type as ActType | undefined;
  const busy = turn === null ? null : (underWay ?? (done?.key === key ? done.type : null));

  const send = useCallback(
    (command: Extract<Command, { type: ActType }>): void => {
      void ask(link, command).then((answer) => {
        if (answer.ok) setDone({ key, type: command.type });
      });
    },
    [link, key],
  );
  const means = `${offerOf(standing)} ${warned === key}`;
  const resting = useRest(means);
  // For keys: the meaning may have changed without having been rendered yet.
  const mayPress = (): boolean => {
    resting.rest.tell(means);
    return !resting.rest.on;
  };
  const mayAct = (now: OnTurn | null): now is OnTurn => now !== null && busy === null && mayPress();

  return {
    standing,
    resting,
    busy,
    text,
    to,
    drafted,
    write: (words) => setDraft({ key, text: words }),
    step: (by) => {
      const raise = turn?.turn.raise ?? null;
      if (raise === null) return;
      const next = stepped(to ?? raise.least, by, view.config.bigBlind, raise.least, raise.most);
      setDraft({ key, text: String(next) });
    },
    fold: () => {
      if (!mayAct(turn)) return;
      if (turn.turn.toCall === 0 && warned !== key) {
        setWarned(key);
        say("You can check for nothing. Fold once more if you mean it.");
        return;
      }
      send({ type: "fold", ...shownIn(turn) });
    },
    call: () => {
      if (!mayAct(turn)) return;
      const { amount: price, ...when } = shownIn(turn);
      send(price === 0 ? { type: "check", ...when } : { type: "call", amount: price, ...when });
    },
    raise: (wanted) => {
      if (!mayAct(turn) || turn.turn.raise === null) return;
      const { least: low, most } = turn.turn.raise;
      const sum = wanted ?? to;
      const fault = faultOf(sum, low, most);
      if (fault === null && sum !== null) send({ type: "raise", to: sum, ...shownIn(turn) });
      else if (fault === "high") say(`You have chips for ${amount(most)} at most.`);
      else if (fault === "low") say(`The least is ${amount(low)}.`);
      else say(readNumber(text, { whole: true }).fault ?? "");
    },
    preAct: (action) => {
      if (standing.is !== "pre" || !mayPress()) return;
      const { hand, street, price, chosen } = standing;
      if (chosen === action) void ask(link, { type: "preAction", action: null, hand, street });
      else void ask(link, { type: "preAction", action, amount: price, hand, street });
    },
  };
}

/** What an action is meant for, so that a late command is refused if the situation has changed. */
function shownIn({ hand, street, turn }: OnTurn): Pick<OnTurn, "hand" | "street"> & { amount: number } {
  return { hand, street, amount: turn.toCall };
}

/** The player's turn is shown at once. Everything else follows the drawing, so that no result is told before the last card is. */
function stood(live: Standing, seen: View, mine: Seat | null, you: string | null): Standing {
  if (live.is === "turn") return live;
  const shown = standingOf(seen, mine, you);
  return shown.is === "turn" ? live : shown;
}

const ACTS: ReadonlySet<string> = new Set(["fold", "check", "call", "raise"]);

function isAct({ command }: Pending<PokerCommand>): boolean {
  return ACTS.has(command.type);
}
