import type * as crash from "../../../rooms/crash/types.ts";
import type * as lottery from "../../../rooms/lottery/types.ts";
import type * as poker from "../../../rooms/poker/types.ts";
import type { HandRecord } from "../../../rooms/poker/record.ts";
import type * as roulette from "../../../rooms/roulette/types.ts";
import type { ServerFrame } from "../../../rooms/kernel/protocol.ts";
import type { PersonalFrame } from "../../objects/player/sockets.ts";

/**
 * Every frame that the house sends, one type a socket: frames.gen.ts has the same as JSON Schema (`npm run frames:schemas`). A new
 * game adds its line, by its name.
 */
export type Frames = {
  readonly roulette: ServerFrame<roulette.View, roulette.Shown, roulette.Seat, roulette.Told>;
  readonly crash: ServerFrame<crash.View, crash.Shown, crash.Seat, crash.Told>;
  readonly poker: ServerFrame<poker.View, poker.Shown, poker.Mine, poker.Told>;
  readonly lottery: ServerFrame<lottery.View, lottery.Shown, lottery.Seat, lottery.Told>;
  readonly me: PersonalFrame;
};

/** A finished round as each game tells it: `outcome` of `GET /api/rooms/{game}/{id}/rounds/{n}`. */
export type Outcomes = {
  readonly roulette: roulette.Recount;
  readonly crash: crash.Recount;
  readonly poker: HandRecord;
  readonly lottery: lottery.Recount;
};
