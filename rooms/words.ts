import { words as crash } from "./crash/words.ts";
import type { AnyWords } from "./kit/words.ts";
import { words as lottery } from "./lottery/words.ts";
import { words as poker } from "./poker/words.ts";
import { words as roulette } from "./roulette/words.ts";

/** What documents say of each game's commands and refusals: a new game adds its line, as in games.ts. */
export const WORDS: Readonly<Record<string, AnyWords>> = { roulette, crash, poker, lottery };
