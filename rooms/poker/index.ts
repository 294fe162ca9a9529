import { defineGame } from "../kit/define.ts";
import { options } from "./about.ts";
import { deadlines } from "./clock.ts";
import { decide } from "./decide.ts";
import { event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { held, money } from "./money.ts";
import { recordFor, settle, summary } from "./record.ts";
import { fold, foldSeat, VERSION } from "./fold.ts";
import { privateDeltas, publicDelta } from "./deltas.ts";
import { rtp } from "./rtp.ts";
import { initial } from "./state.ts";
import { command, config, stored } from "./types.ts";
import { standDown } from "./table.ts";
import { ownSeat, view } from "./view.ts";

/** No-Limit Hold'em, P1 to P21. */
export const poker = defineGame({
  name: "poker",
  version: VERSION,
  fairness: "deck",
  config,
  stored,
  command,
  event,
  // Client seeds are taken until the cards are dealt.
  rules: { initial, decide, evolve, round: ({ round }) => round, seedsClosed: ({ hand }) => hand !== null, deadlines },
  bank: { moves: ({ before, event }) => money(before, event), onTable: held, standDown },
  sight: { view, seat: ownSeat },
  deltas: { publicDelta, fold, privateDeltas, foldSeat },
  rounds: { settle, recordFor },
  // The main table begins with three: two people are no full table, and house players do not play alone. [P19]
  lobby: { title: "Hold\u2019em", options, summary, rtp, main: { minPlayers: 3, botBudget: 200_000 } },
});
