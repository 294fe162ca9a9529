import type { Entry } from "../kit/entry.ts";
import { checker } from "./check.ts";
import { histories } from "./histories.ts";
import { houseChips } from "./house-chips.ts";
import { poker as game } from "./index.ts";
import { words } from "./words.ts";

export const entry = { game, checker, words, histories, houseChips } satisfies Entry;
