import { chips, type Game } from "../game.ts";
import { about } from "./about.ts";
import { decide, DRAW, TIME_UP } from "./decide.ts";
import { event, type Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { keep, publish, recount, summary } from "./publish.ts";
import { audience, foldSeat, seat, tell } from "./seat.ts";
import { initial, type State } from "./state.ts";
import { command, config, message, stored } from "./types.ts";
import type { Command, Config, Message, Seat, Shown, Told, View } from "./types.ts";
import { fold, pressing, show, squash, view } from "./view.ts";

export type Lottery = Game<State, Command, Message, Event, View, Shown, Seat, Told, Config>;

/** The lottery, L1 to L7: it holds no chips, its tickets are stakes made elsewhere, and its awards are paid from promotions. */
export const lottery: Lottery = {
  name: "lottery",
  version: 1,
  fairness: "tickets",
  config,
  stored,
  about,
  command,
  message,
  event,
  initial,
  decide,
  evolve,
  money: () => [],
  held: () => chips(0),
  wants: () => [],
  round: (state) => state.round,
  // Words are taken while a draw is started: after its root is out, and before it is drawn.
  frozen: ({ started }) => started === null,
  // An empty lottery, and one whose time was up once, waits for a ticket and not for the clock.
  deadlines: ({ started, waiting, paused }) => {
    if (started !== null) return [{ name: DRAW, at: started.drawsAt }];
    return waiting.endsAt === null || paused ? [] : [{ name: TIME_UP, at: waiting.endsAt }];
  },
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
};
