import { setTimeout as pause } from "node:timers/promises";
import { cardText, CATEGORIES, poker, type Poker } from "../../../rooms/rules.ts"; // in your own project: "croupier/rules"
import { ApiError, Croupier, type Known } from "../index.ts"; // in your own project: "croupier/client"

/** `node src/client/examples/poker-bot.ts [URL] [HANDS] [ROOM]`: a guest who plays Hold'em by `strategy`. Ctrl-C ends it. */

type Spot = {
  /** The hole cards. A card is 4 times its rank (0 is the two) plus its suit. */
  readonly cards: readonly number[];
  readonly board: readonly number[];
  /** The category of the best hand, "two pair". */
  readonly holding: string | null;
  readonly toCall: number;
  readonly pot: number;
  /** The limits of a raise, as the total bet to raise to; null: no raise is allowed. */
  readonly raise: { readonly least: number; readonly most: number } | null;
};
type Act = { readonly type: "check" | "fold" | "call" } | { readonly type: "raise"; readonly to: number };

/** Write your own. */
function strategy({ cards, board, holding, toCall, pot, raise }: Spot): Act {
  const [high = 0, low = 0] = cards.map((card) => card >> 2).sort((a, b) => b - a);
  const made = (CATEGORIES as readonly (string | null)[]).indexOf(holding); // 1 is a pair
  const strong = board.length === 0 ? high === low || low >= 9 : made >= 2;
  const fair = board.length === 0 ? high >= 9 : made === 1;
  if (strong && raise !== null) return { type: "raise", to: Math.min(Math.max(raise.least, pot), raise.most) };
  if (toCall === 0) return { type: "check" };
  return strong || (fair && toCall <= pot / 2) ? { type: "call" } : { type: "fold" };
}

type Now = Known<Poker.View, Poker.Seat>;

/** The next command to send; null: wait. */
function next({ view, seat: mine }: Now): Poker.Command | null {
  const { config, seats, hand, phase } = view;
  const free = seats.indexOf(null);
  const bigBlinds = Math.min(Math.max(40, config.minBuyInBigBlinds), config.maxBuyInBigBlinds);
  const buyIn = Math.max(bigBlinds * config.bigBlind, mine?.rejoin?.stack ?? 0);
  const me = mine?.seat == null ? null : (seats[mine.seat] ?? null);
  if (mine === null || me === null) return free < 0 ? null : { type: "sit", seat: free, buyIn, posts: true };
  if (hand?.turn != null && hand.turn.seat === mine.seat) {
    const { toCall, raise } = hand.turn;
    const pot = seats.reduce((sum, one) => sum + (one?.put ?? 0), 0);
    const cards = mine.cards.map(({ card }) => card);
    const act = strategy({ cards, board: hand.board, holding: mine.holding, toCall, pot, raise });
    // Names the hand, street and amount it is meant for, so that a late command is refused and does nothing.
    const meant = { hand: hand.hand, street: hand.street };
    return act.type === "check" ? { type: "check", ...meant } : { ...act, ...meant, amount: toCall };
  }
  if (me.waiting === "broke") return { type: "topUp", amount: buyIn };
  if (me.waiting === "sittingOut") return { type: "sitIn" };
  // With too few players for a game, add a bot of the house.
  return phase.name === "waiting" && view.house !== null && free >= 0 ? { type: "addBot", seat: free } : null;
}

/** Refusals that a retry will not change. */
const FINAL = new Set([
  "above_house_stakes",
  "excluded",
  "house_budget_spent",
  "insufficient_funds",
  "invalid_command",
  "limit_loss",
  "limit_session",
  "limit_stake",
]);
const WAIT_MS = 1_000;

const [url = "http://localhost:8787", hands = "10", room = "main"] = process.argv.slice(2);
const end = new AbortController();
const { signal } = end;
process.once("SIGINT", () => end.abort());

async function play(): Promise<void> {
  const { house, player } = await new Croupier({ url }).guest();
  console.log(`${player.username} plays ${hands} hands`);
  const table = house.room(poker, room);
  try {
    let seen = 0;
    const over = ({ view: { hand } }: Now): boolean => hand?.awards != null && hand.hand > seen;
    for (let played = 0; played < Number(hands);) {
      const now = await table.until((one) => over(one) || next(one) !== null, signal);
      const { view, seat: mine } = now;
      if (over(now)) {
        seen = view.hand?.hand ?? 0;
        if (mine === null || mine.cards.length === 0) continue;
        played += 1;
        const won = (view.hand?.awards ?? []).flatMap(({ wins }) => wins).filter((win) => win.seat === mine.seat);
        const sum = won.reduce((all, { chips }) => all + chips, 0);
        console.log(`hand ${seen}: ${mine.cards.map(({ card }) => cardText(card)).join(" ")}, won ${sum}`);
        continue;
      }
      const command = next(now);
      const answer = command === null ? null : await table.send(command);
      if (answer?.ok !== false) continue;
      console.log(`${command?.type}: ${answer.code}: ${answer.message}`);
      if (FINAL.has(answer.code)) break;
      await pause(WAIT_MS, undefined, { signal });
    }
  } finally {
    // During a hand this is refused. Then the hand is folded when time runs out, and the chips return when the seat is freed.
    await table.send({ type: "stand" });
    await table.send({ type: "leave" });
    table.close();
  }
}

try {
  await play();
} catch (error) {
  if (error instanceof ApiError) {
    console.error(`${error.code}: ${error.message}`);
    process.exitCode = 1;
  } else if (!signal.aborted) throw error;
}
