import type { Entry } from "../kit/entry.ts";
import { checker } from "./check.ts";
import { dice as game } from "./index.ts";
import { words } from "./words.ts";

export const entry = { game, checker, words } satisfies Entry;
