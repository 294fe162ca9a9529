import { openingOf } from "./blinds.ts";
import type { Card } from "./cards.ts";
import { actionOf } from "./evolve.ts";
import { begin, runsOut, uncontested, type Post } from "./hand.ts";
import type { HandRecord } from "./record.ts";
import { opened, type Run } from "./run.ts";
import { BOARD_AFTER, type LogLine } from "./state.ts";
import { act, verify, type Action } from "./street.ts";

/**
 * Runs a hand move by move, by the same rules as the table (run.ts). The verifier, the reader of hand histories and the tests'
 * oracle share it. A move that the rules do not allow is a fault.
 */

export type Start = {
  readonly stacks: readonly number[];
  readonly posts: readonly Post[];
  readonly table: Parameters<typeof begin>[2];
};

export type Move =
  | { readonly type: "act"; readonly player: number; readonly action: Action }
  | { readonly type: "board"; readonly board: 1 | 2; readonly cards: readonly Card[] };

/** `outFrom`: cards on the board when nobody could bet any more. Null: somebody can. */
export type Moment = Run<Card> & { readonly outFrom: number | null };

export type Fault = { readonly fault: string };

/** The moment after the blinds. */
export function started({ stacks, posts, table }: Start): Moment {
  return looked({ betting: begin(stacks, posts, table), street: 0, board: [], board2: null, outFrom: null });
}

/** The moment after a move, or why the move is not allowed. */
export function moved(moment: Moment, move: Move): Moment | Fault {
  return move.type === "act" ? acted(moment, move.player, move.action) : dealt(moment, move.board, move.cards);
}

function acted(moment: Moment, player: number, action: Action): Moment | Fault {
  const { betting } = moment;
  if (betting.turn === null) return { fault: `player ${player + 1} acts when nobody is to act` };
  if (betting.turn !== player)
    return { fault: `player ${player + 1} acts, and it is player ${betting.turn + 1}'s turn` };
  const refusal = verify(betting, player, action);
  if (refusal !== null) return { fault: `player ${player + 1} does what is refused as ${refusal.refused}` };
  return looked({ ...moment, betting: act(betting, player, action) });
}

function dealt(moment: Moment, which: 1 | 2, cards: readonly Card[]): Moment | Fault {
  const { betting, street, board, board2, outFrom } = moment;
  if (betting.turn !== null) return { fault: `cards are dealt when player ${betting.turn + 1} is to act` };
  if (uncontested(betting) !== null) return { fault: "cards are dealt when one player is left" };
  if (which === 2) {
    if (outFrom === null) return { fault: "a second board is dealt when there is betting to come" };
    // At most as far as the first board: it is dealt after the whole first board, or, in older hands, after each of its streets.
    const before = board2 ?? board.slice(0, outFrom);
    const after = BOARD_AFTER.find((length) => length > before.length);
    if (before.length + cards.length !== after || after > board.length)
      return { fault: "the second board is not dealt as the first is" };
    return { ...moment, board2: [...before, ...cards] };
  }
  if (street === 3) return { fault: "cards are dealt after the river" };
  const n = (BOARD_AFTER[street + 1] ?? 0) - (BOARD_AFTER[street] ?? 0);
  if (cards.length !== n) return { fault: `${cards.length} cards are dealt where ${n} are due` };
  return looked(opened(moment, cards));
}

function looked(moment: Moment): Moment {
  const { betting, board, outFrom, street } = moment;
  const out = outFrom === null && street < 3 && uncontested(betting) === null && runsOut(betting);
  return out ? { ...moment, outFrom: board.length } : moment;
}

/** The start of a recorded hand: each player's stack and dues. Nobody posts more than the stack. */
export function startOf({
  players,
  log,
  blinds,
  rules,
}: Pick<HandRecord, "players" | "log" | "blinds" | "rules">): Start {
  const posts = players.map(() => ({ ante: blinds.ante, dead: 0, live: 0 }));
  let big = 0;
  let straddler: number | null = null;
  for (const line of log) {
    if (line.type !== "post" || line.what === "ante") continue;
    const post = posts[line.player];
    if (post === undefined) continue;
    if (line.dead > 0) post.dead += blinds.small;
    post.live += dueOf(line, blinds);
    if (line.what === "big blind") big = line.player;
    if (line.what === "straddle") straddler = line.player;
  }
  const config = { bigBlind: blinds.big, straddleRaiseBigBlinds: rules.straddleRaiseBigBlinds };
  return {
    stacks: players.map(({ start }) => start),
    posts,
    table: { bigBlind: blinds.big, ...openingOf(config, players.length, big, straddler) },
  };
}

function dueOf({ what, live }: LogLine & { type: "post" }, { small, big }: HandRecord["blinds"]): number {
  if (what === "straddle") return 2 * big;
  if (what === "small blind") return small;
  return what === "big blind" || live > 0 ? big : 0;
}

/** The moves of a recorded hand, each with its index in the log. */
export function movesOf({ log }: Pick<HandRecord, "log">): readonly (readonly [index: number, move: Move])[] {
  return log.flatMap((line, i): [number, Move][] => {
    if (line.type === "board") return [[i, { type: "board", board: line.board, cards: line.cards }]];
    return line.type === "act" ? [[i, { type: "act", player: line.player, action: actionOf(line.act, line.to) }]] : [];
  });
}

/** How many cards were on the table when the second board began: they are on both boards, and were dealt once. */
export function sharedCards({ board2, log }: Pick<HandRecord, "board2" | "log">): number {
  const second = log.reduce(
    (sum, line) => sum + (line.type === "board" && line.board === 2 ? line.cards.length : 0),
    0,
  );
  return Math.max(0, (board2?.length ?? 0) - second);
}

/** A recorded hand's last moment, or the first fault with its index in the log. */
export function courseOf(record: HandRecord): Moment | (Fault & { readonly line: number }) {
  let moment = started(startOf(record));
  for (const [line, move] of movesOf(record)) {
    const next = moved(moment, move);
    if ("fault" in next) return { ...next, line };
    const told = record.log[line];
    if (told?.type === "act" && move.type === "act" && !isTold(told, moment, next)) {
      return { fault: "it is not told as it was", line };
    }
    moment = next;
  }
  return moment;
}

/** Whether an act in the log matches what it did: a check is not a call, a bet is not a raise, and the amounts are right. */
function isTold({ player, act: told, to }: LogLine & { type: "act" }, before: Moment, after: Moment): boolean {
  const [was, is] = [before.betting.stakes[player], after.betting.stakes[player]];
  if (was === undefined || is === undefined || is.bet !== to) return false;
  const paid = is.bet - was.bet;
  switch (told.type) {
    case "fold":
      return is.folded;
    case "check":
      return !is.folded && paid === 0;
    case "call":
      return paid > 0 && told.amount === paid && told.allIn === (is.stack === 0);
    case "bet":
    case "raise": {
      const type = before.betting.price === 0 ? "bet" : "raise";
      return told.type === type && told.amount === to && told.allIn === (is.stack === 0);
    }
    case "post":
    case "straddle":
      return false;
    default:
      told satisfies never;
      return false;
  }
}
