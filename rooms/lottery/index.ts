import { defineGame } from "../kit/define.ts";
import { options } from "./about.ts";
import { decide, deadlines } from "./decide.ts";
import { event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { publish, recordFor, settle, summary } from "./publish.ts";
import { foldSeat, privateDeltas, seat } from "./seat.ts";
import { rtp } from "./rtp.ts";
import { initial } from "./state.ts";
import { command, config, message, stored } from "./types.ts";
import { coalesce, fold, publicDelta, urgent, view } from "./view.ts";

/** The lottery, L1 to L7: it holds no chips, its tickets are stakes made elsewhere, and its awards are paid from promotions. */
export const lottery = defineGame({
  name: "lottery",
  version: 1,
  kind: "draw",
  fairness: "tickets",
  config,
  stored,
  command,
  message,
  event,
  rules: {
    initial,
    decide,
    evolve,
    round: ({ round }) => round,
    // Client seeds are taken only while a draw is started: after its root is published and before it is drawn.
    seedsClosed: ({ started }) => started === null,
    deadlines,
  },
  bank: { moves: () => [] },
  sight: { view, seat },
  deltas: { publicDelta, fold, coalesce, urgent, privateDeltas, foldSeat },
  rounds: { settle, recordFor, publish },
  lobby: { title: "Lottery", options, summary, rtp },
});
