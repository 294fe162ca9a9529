import { defineGame } from "../kit/define.ts";
import { options } from "./about.ts";
import { decide } from "./decide.ts";
import { deadlines } from "./flight.ts";
import { event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { held, money } from "./money.ts";
import { recordFor, settle, summary } from "./publish.ts";
import { foldSeat, privateDeltas, seat } from "./seat.ts";
import { rtp } from "./rtp.ts";
import { initial } from "./state.ts";
import { prefund, standDown } from "./strategy.ts";
import { command, config, stored } from "./types.ts";
import { coalesce, fold, publicDelta, urgent, view } from "./view.ts";

/** Crash, C1 to C12. */
export const crash = defineGame({
  name: "crash",
  version: 1,
  config,
  stored,
  command,
  event,
  rules: {
    initial,
    decide,
    evolve,
    round: ({ round }) => round,
    // While a crash is shown the next round is open already and its commitment published: client seeds for it are taken.
    seedsClosed: ({ phase }) => phase.name === "running",
    deadlines,
  },
  bank: { moves: ({ before, event }) => money(before, event), onTable: held, prefund, standDown },
  sight: { view, seat },
  deltas: { publicDelta, fold, coalesce, urgent, privateDeltas, foldSeat },
  rounds: { settle, recordFor },
  lobby: { title: "Crash", options, summary, rtp },
});
