import * as z from "zod/mini";
import type { Game } from "../game.ts";
import { about } from "./about.ts";
import { retire, wants } from "./auto.ts";
import { decide } from "./decide.ts";
import { event, type Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { held, money } from "./money.ts";
import { keep, publish, recount, summary } from "./publish.ts";
import { deadlines } from "./rounds.ts";
import { audience, foldSeat, seat, tell } from "./seat.ts";
import { initial, isOpen, type State } from "./state.ts";
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
import { fold, show, squash, view } from "./view.ts";

export type Roulette = Game<State, Command, never, Event, View, Shown, Seat, Told, Config>;

/** Roulette, R1 to R12: European, French or American by config. */
export const roulette: Roulette = {
  name: "roulette",
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
  frozen: (state) => !isOpen(state),
  deadlines,
  view,
  show,
  fold,
  squash,
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
