import * as z from "zod/mini";
import type { Game } from "../game.ts";
import { about } from "./about.ts";
import { deadlines } from "./clock.ts";
import { decide } from "./decide.ts";
import { event, type Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { held, money } from "./money.ts";
import { keep, publish, recount, summary } from "./record.ts";
import { fold, foldMine, VERSION } from "./fold.ts";
import { audience, show, tell } from "./show.ts";
import { initial, type State } from "./state.ts";
import {
  command,
  config,
  type Command,
  type Config,
  type Mine,
  type Shown,
  type Told,
  type View,
  stored,
} from "./types.ts";
import { retire } from "./table.ts";
import { mine, view } from "./view.ts";

export type Poker = Game<State, Command, never, Event, View, Shown, Mine, Told, Config>;

/** No-Limit Hold'em, P1 to P21. */
export const poker: Poker = {
  name: "poker",
  version: VERSION,
  fairness: "deck",
  config,
  stored,
  about,
  command,
  message: z.never(),
  event,
  initial,
  decide,
  evolve,
  money,
  held,
  wants: () => [],
  round: (state) => state.round,
  // Words count until the cards come.
  frozen: (state) => state.hand !== null,
  deadlines,
  view,
  show,
  fold,
  seat: mine,
  audience,
  tell,
  foldSeat: foldMine,
  keep,
  recount,
  publish,
  summary,
  retire,
};
