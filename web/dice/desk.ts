import { useCallback, useState } from "react";
import { watchingWords } from "../care/barred.ts";
import { say } from "../table/notice.ts";
import { amount as words } from "../ui/format.ts";
import { readNumber } from "../ui/number.ts";
import { useSeat, useSeatedAt, useView } from "./context.tsx";
import { roll } from "./roll.ts";
import { turned, within, type Bet } from "./words.ts";

/** The player's settings for the next roll, and the actions of buttons and keys on them. */
export type Desk = {
  readonly text: string;
  /** Null: the field is not valid, or the amount cannot be bet. */
  readonly amount: number | null;
  readonly fault: string | null;
  readonly bet: Bet;
  readonly busy: boolean;
  readonly write: (text: string) => void;
  /** Multiplies the amount, within the limits. */
  readonly scale: (by: number) => void;
  readonly aim: (target: number) => void;
  readonly turn: () => void;
  readonly press: () => void;
};

const USUAL = 100;

export function useDesk(): Desk {
  const { link } = useSeatedAt();
  const { minStake, maxStake } = useView((view) => view.config);
  const watching = useSeat() === null;
  const [text, write] = useState(String(Math.min(maxStake, Math.max(minStake, USUAL))));
  const [bet, setBet] = useState<Bet>({ side: "under", target: 4_950 });
  const [busy, setBusy] = useState(false);
  const read = readNumber(text, { whole: true });
  const fault =
    read.value === null
      ? read.fault
      : read.value < minStake
        ? `The least bet here is ${words(minStake)}.`
        : read.value > maxStake
          ? `The highest bet here is ${words(maxStake)}.`
          : null;
  const amount = fault === null ? read.value : null;
  const press = useCallback(() => {
    if (watching) return say(watchingWords());
    if (amount === null) return say(fault ?? "");
    if (busy) return undefined;
    setBusy(true);
    void roll(link, amount, bet).finally(() => setBusy(false));
  }, [link, watching, amount, fault, busy, bet]);
  return {
    text,
    amount,
    fault,
    bet,
    busy,
    write,
    scale: (by) => {
      const next = Math.round((read.value ?? minStake) * by);
      write(String(Math.min(maxStake, Math.max(minStake, next))));
    },
    aim: (target) => setBet(within({ ...bet, target })),
    turn: () => setBet(turned(bet)),
    press,
  };
}
