import { useId } from "react";
import { GAME_CHOICES } from "../games.ts";
import { Segments } from "../ui/segments.tsx";

type Props<T extends string> = {
  /** The label for screen readers. */
  readonly label: string;
  readonly options: readonly (readonly [value: T, words: string])[];
  readonly value: T;
  readonly onChange: (value: T) => void;
};

/** A choice of a few options side by side. Arrow keys move between them. */
export function Choice<T extends string>({ label, options, value, onChange }: Props<T>) {
  return <Segments quiet legend={label} name={useId()} choices={options} value={value} onChange={onChange} />;
}

export const PERIOD_WORDS = [
  ["day", "Today"],
  ["week", "This week"],
  ["all", "All time"],
] as const;

/** Games in which players bet; the empty value means all of them. */
export const GAME_WORDS = [["", "All games"] as const, ...GAME_CHOICES] as const;
export type GameChoice = (typeof GAME_WORDS)[number][0];

/** Unknown text means all games. */
export function gameOf(text: string | null): GameChoice {
  return GAME_WORDS.find(([game]) => game === text)?.[0] ?? "";
}
