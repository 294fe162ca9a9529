import type { Entry } from "../kit/entry.ts";
import { checker } from "./check.ts";
import { lottery as game } from "./index.ts";
import { ticketOf } from "./ticket-proof.ts";
import { words } from "./words.ts";

export const entry = { game, checker, words, ticketOf } satisfies Entry;
