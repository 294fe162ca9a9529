import * as z from "zod/mini";
import type { DealtCard } from "../fair/deck.ts";
import type { Chips, Json, Ms, PlayerId, Settlement, StakeLine, Step, Summary, Viewer } from "../game.ts";
import { chips } from "../game.ts";
import type { Event, EventOf } from "./events.ts";
import { stacksAfter } from "./evolve.ts";
import { ready } from "./blinds.ts";
import type { Hand, LogLine, State } from "./state.ts";
import { maxBuyIn, minBuyIn } from "./table.ts";
import type { AwardView, Config, SeatNo } from "./types.ts";

/** The record of a hand, and the table's public output. [P18] */

/** The record as `recordFor` gives it: cards that the viewer was not shown are null. A player is an index in `players`. */
export type HandRecord = {
  readonly hand: number;
  readonly void: string | null;
  readonly blinds: { readonly small: number; readonly big: number; readonly ante: number };
  /** The options that decide who is paid what. */
  readonly rules: Pick<Config, "rakeX10000" | "rakeCap" | "straddleRaiseBigBlinds">;
  readonly button: SeatNo;
  readonly seats: number;
  readonly startedAt: Ms;
  readonly players: readonly {
    readonly seat: SeatNo;
    readonly player: PlayerId;
    readonly bot: boolean;
    readonly start: Chips;
    readonly end: Chips;
    readonly cards: readonly DealtCard[] | null;
    readonly shown: boolean;
  }[];
  readonly board: readonly DealtCard[];
  readonly board2: readonly DealtCard[] | null;
  readonly log: readonly LogLine[];
  readonly awards: readonly AwardView[];
  readonly rake: number;
};

const whole = z.custom<object>((value) => typeof value === "object" && value !== null);

const STOPPED = "Cards were face up, and the table stopped before the hand was over.";

/**
 * A hand's record is made when it is cleared away. Once cards are face up there is a record that shows them: it stays if the
 * table stops before the end. The hand is paid when it is won.
 */
export function settle({ before, event, after }: Step<State, Event>): Settlement | null {
  const { hand } = before;
  if (hand === null) return null;
  switch (event.type) {
    case "ended":
      return { record: recordOf(before, hand, null) };
    case "voided":
      return { record: recordOf(before, hand, event.reason) };
    case "won":
      return { ...stopped(before, after), paid: { type: "handFinished", lines: linesOf(hand, event.end) } };
    case "facedUp":
    case "street":
      return stopped(before, after);
    default:
      return null;
  }
}

/** The record of a hand that gets no further. Null: no card was shown. */
function stopped(before: State, { hand }: State): Settlement | null {
  const seen = hand?.players.some(({ shown }) => shown) === true;
  return hand === null || !seen ? null : { record: recordOf(before, { ...hand, end: null }, STOPPED) };
}

function recordOf({ config, round }: State, hand: Hand, reason: string | null): HandRecord & Json {
  const { players, blinds, board, board2, log, startedAt, end } = hand;
  const after = reason === null ? stacksAfter(hand, end) : players.map(({ start }) => start);
  const record: HandRecord = {
    hand: round,
    void: reason,
    blinds: { small: config.smallBlind, big: config.bigBlind, ante: config.ante },
    rules: {
      rakeX10000: config.rakeX10000,
      rakeCap: config.rakeCap,
      straddleRaiseBigBlinds: config.straddleRaiseBigBlinds,
    },
    button: blinds.button,
    seats: config.seats,
    startedAt,
    players: players.map(({ seat, player, bot, start, cards, shown }, i) => ({
      seat,
      player,
      bot,
      start: chips(start),
      end: chips(after[i] ?? 0),
      cards,
      shown,
    })),
    board,
    board2,
    log,
    awards: end?.awards ?? [],
    rake: end?.rake ?? 0,
  };
  return record;
}

/** The viewer's own cards, and those that everybody was shown. Folded and mucked cards stay secret for good. [P17] */
export function recordFor(kept: Json, viewer: Viewer): HandRecord | null {
  if (!whole.safeParse(kept).success) return null;
  const record = kept as unknown as HandRecord; // written by settle, in this version's form
  const players = record.players.map((one) => ({
    ...one,
    cards: one.shown || (viewer !== null && one.player === viewer) ? one.cards : null,
  }));
  return { ...record, players };
}

/** Each person's (not a house player's) stake in a hand, without the uncalled bet, and the chips that came back. */
function linesOf(hand: Hand, end: EventOf<"won">["end"]): readonly StakeLine[] {
  const { back, rake } = end;
  const after = stacksAfter(hand, end);
  const puts = hand.betting.stakes.map(({ put }, i) => put - (back?.player === i ? back.chips : 0));
  const all = puts.reduce((sum, put) => sum + put, 0);
  return hand.players.flatMap(({ player, bot, start }, i): StakeLine[] => {
    const put = puts[i] ?? 0;
    if (bot || put === 0) return [];
    const returned = (after[i] ?? 0) - (start - put);
    // The rake is shared in proportion to the chips put in.
    const gainX10000 = Math.ceil((rake * 10_000 * put) / all);
    return [{ player, staked: chips(put), returned: chips(returned), gainX10000 }];
  });
}

export function summary(state: State): Summary {
  const { config, phase, round, seats } = state;
  return {
    phase: phase.name,
    round,
    players: seats.filter((sitting) => sitting !== null && !sitting.bot).length,
    minStake: minBuyIn(config),
    maxStake: maxBuyIn(config),
    note: {
      blinds: [config.smallBlind, config.bigBlind],
      seats: config.seats,
      taken: seats.filter((sitting) => sitting !== null).length,
      ready: ready(state).length,
    },
  };
}
