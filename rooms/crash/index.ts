import * as z from "zod/mini";
import type { Game } from "../game.ts";
import { about } from "./about.ts";
import { decide } from "./decide.ts";
import { deadlines } from "./flight.ts";
import { event, type Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { held, money } from "./money.ts";
import { keep, publish, recount, summary } from "./publish.ts";
import { audience, foldSeat, seat, tell } from "./seat.ts";
import { initial, type State } from "./state.ts";
import { retire, wants } from "./strategy.ts";
import {
  command,
  config,
  type Command,
  type Config,
  type Seat,
  type Shown,
  type Told,
  type View,
  stored,
} from "./types.ts";
import { fold, pressing, show, squash, view } from "./view.ts";

export type Crash = Game<State, Command, never, Event, View, Shown, Seat, Told, Config>;

/** Crash, C1 to C12. */
export const crash: Crash = {
  name: "crash",
  version: 1,
  fairness: "seed",
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
  wants,
  round: (state) => state.round,
  // While a crash is shown the next round is open already, and its commitment is out: words for it are welcome.
  frozen: (state) => state.phase.name === "running",
  deadlines,
  view,
  show,
  fold,
  squash,
  pressing,
  seat,
  audience,
  tell,
  foldSeat,
  keep,
  recount,
  publish,
  summary,
  retire,
};
