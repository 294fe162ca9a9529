import { defineGame } from "../kit/define.ts";
import { options } from "./about.ts";
import { prefund, standDown } from "./auto.ts";
import { decide } from "./decide.ts";
import { event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { held, money } from "./money.ts";
import { recordFor, settle, summary } from "./publish.ts";
import { deadlines } from "./rounds.ts";
import { foldSeat, privateDeltas, seat } from "./seat.ts";
import { rtp } from "./rtp.ts";
import { initial, isOpen } from "./state.ts";
import { command, config, stored } from "./types.ts";
import { coalesce, fold, publicDelta, view } from "./view.ts";

/** Roulette, R1 to R12: European, French or American by config. */
export const roulette = defineGame({
  name: "roulette",
  version: 1,
  config,
  stored,
  command,
  event,
  rules: { initial, decide, evolve, round: ({ round }) => round, seedsClosed: (state) => !isOpen(state), deadlines },
  bank: { moves: ({ before, event }) => money(before, event), onTable: held, prefund, standDown },
  sight: { view, seat },
  deltas: { publicDelta, fold, coalesce, privateDeltas, foldSeat },
  rounds: { settle, recordFor },
  lobby: {
    title: "Roulette",
    options,
    summary,
    rtp,
    variants: [{ wheel: "european" }, { wheel: "french" }, { wheel: "american" }],
  },
});
