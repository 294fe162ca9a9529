import { counted, parseAs } from "../fair/check.ts";
import type { DeckChecker, DeckRound, Fact, Step } from "../fair/check.ts";
import { opens, type DealtCard, type Pick } from "../fair/deck.ts";
import { cardText, HOLE_CARDS } from "./cards.ts";
import { courseOf, sharedCards, startOf, type Moment } from "./course.ts";
import { over, settled } from "./run.ts";
import { CATEGORIES, categoryOf, evaluate } from "./evaluate.ts";
import { uncontested, type Award } from "./hand.ts";
import { recordSchema } from "./record-schema.ts";
import type { HandRecord } from "./record.ts";
import { clockwise } from "./state.ts";
import type { AwardView } from "./types.ts";

/**
 * Verifies a hand from what its viewer was shown [P17] [P21]: that each of those cards is in the committed deck where the deal
 * takes it from, that every act was legal, and that the pots went where the cards say. Cards that were folded or mucked stay
 * secret, also for the verifier: it can only say that they were fixed before the client seeds came.
 */

/** Throws `NotARecord` when it is not a hand of poker; null when a fault ended the round. */
export function outcomeOf({ outcome }: { readonly outcome?: unknown }): HandRecord | null {
  return outcome === null ? null : parseAs(recordSchema, outcome, "outcome");
}

export const checker: DeckChecker = {
  scheme: "deck",
  check(round, pick) {
    const hand = outcomeOf(round);
    if (hand === null) return { headline: "ended by a fault", steps: [faulted(round)] };
    const last = courseOf(hand);
    const moment = "fault" in last ? null : last;
    return {
      headline: headlineOf(hand),
      steps: [
        madeUp(round, hand),
        cards(round, hand, pick),
        play(hand, "fault" in last ? `line ${last.line + 1} of the log: ${last.fault}` : null, moment),
        hand.void === null ? paid(hand, moment) : givenBack(round, hand),
      ],
    };
  },
};

function headlineOf({ void: reason, awards, players }: HandRecord): string {
  if (reason !== null) return "void";
  const won = new Map<number, number>();
  for (const { seat, chips } of awards.flatMap(({ wins }) => wins)) won.set(seat, (won.get(seat) ?? 0) + chips);
  const seats = [...won.keys()].sort((a, b) => a - b).map((seat) => `seat ${seat + 1}`);
  return `${counted(players.length, "player")}, won by ${seats.join(" and ")}`;
}

/** A hand that the table could not finish has no record; stacks are restored to its start. */
function faulted(round: DeckRound): Step {
  return {
    id: "fault",
    title: "The table stopped in this hand",
    ok: round.void,
    says: "It could not go on and gave everybody back what they had. The record holds no hand to check.",
    facts: [],
  };
}

function madeUp({ round, void: isVoid, startedAt, endedAt, proof }: DeckRound, hand: HandRecord): Step {
  const { players, button, seats } = hand;
  const order = clockwise(seats, button).filter((seat) => players.some((one) => one.seat === seat));
  const faults = [
    ...(hand.hand === round ? [] : [`the hand is number ${hand.hand}`]),
    ...((hand.void !== null) === isVoid ? [] : ["it is void in one part and not in the other"]),
    ...(proof.deck === null ? ["a hand was dealt, and no deck was picked"] : []),
    ...(startedAt <= hand.startedAt && hand.startedAt <= endedAt ? [] : ["it was dealt outside its round"]),
    ...(new Set(players.map(({ player }) => player)).size === players.length ? [] : ["a player is there twice"]),
    ...(order.length === players.length && order.every((seat, i) => players[i]?.seat === seat)
      ? []
      : ["the players are not in the order of their seats, from the left of the button"]),
  ];
  return {
    id: "hand",
    title: "The hand is of this round",
    ok: faults.length === 0,
    says: faults.length === 0 ? "Its number, its players and its decks go together." : `Wrong: ${faults.join("; ")}.`,
    facts: players.map(({ seat, player, bot, start }) => ({
      name: `seat ${seat + 1}`,
      value: `${player}${bot ? ", a house player" : ""}, with ${start}`,
    })),
  };
}

// ---- the cards ----

/**
 * Checks the position of each card. The n-th card of the player at index p is at n times the players plus p, as it goes round the
 * table; then comes the board, in the order it was dealt. Run twice, the second board follows the whole first one or, in older
 * hands, each of its streets: the log tells which.
 */
function cards({ proof }: DeckRound, hand: HandRecord, pick: Pick | null): Step {
  const root = proof.deck === null ? null : (proof.roots[proof.deck] ?? null);
  const lies = (dealt: DealtCard, position: number): string | null => {
    if (pick === null || root === null) return "without the deck it cannot be told";
    if (dealt.opening.position !== position) return `it has to lie at ${position}, not ${dealt.opening.position}`;
    return opens(dealt, root, pick) ? null : "its salt and path do not lead to the root of the deck that was played";
  };
  const facts = [...holeFacts(hand, lies), ...boardFacts(hand, lies)];
  const shown = facts.filter(({ ok }) => ok !== undefined).length;
  const closed = 2 * hand.players.filter((one) => one.cards === null).length;
  const wrong = facts.filter(({ ok }) => ok === false).length;
  return {
    id: "cards",
    title: "The cards that were shown",
    ok: wrong === 0,
    says:
      wrong > 0
        ? `${wrong} of ${counted(shown, "card")} cannot have come from that deck in that place.`
        : `Each of ${counted(shown, "card")} lies in the deck, at the place from which the deal takes it. ${
            closed === 0
              ? "None stays closed."
              : `${closed} stay closed for good: nobody learns what was folded or mucked.`
          }`,
    facts,
  };
}

type Lies = (dealt: DealtCard, position: number) => string | null;

function factOf(name: string, dealt: DealtCard, fault: string | null): Fact {
  const what = `${cardText(dealt.card)}, at ${dealt.opening.position}`;
  return { name, value: fault === null ? what : `${what}: ${fault}`, ok: fault === null };
}

function holeFacts({ players }: HandRecord, lies: Lies): Fact[] {
  return players.flatMap(({ seat, cards: own, shown }, place): Fact[] => {
    const name = `seat ${seat + 1}`;
    if (own === null) return [{ name, value: "closed", ...(shown ? { ok: false } : {}) }];
    return own.map((dealt, n) => factOf(name, dealt, lies(dealt, n * players.length + place)));
  });
}

function boardFacts({ players, board, board2, log }: HandRecord, lies: Lies): Fact[] {
  let position = HOLE_CARDS * players.length;
  const facts: Fact[] = [];
  const first = sharedCards({ board2, log });
  const dealt = { 1: 0, 2: first };
  for (const line of log) {
    if (line.type !== "board") continue;
    for (const card of line.cards) {
      const n = dealt[line.board]++;
      const told = (line.board === 1 ? board : (board2 ?? []))[n];
      const name = line.board === 1 ? "board" : "second board";
      if (told === undefined) facts.push({ name, value: `${cardText(card)}: it is not on the board`, ok: false });
      else if (told.card !== card) facts.push(factOf(name, told, `the log says ${cardText(card)}`));
      else facts.push(factOf(name, told, lies(told, position)));
      position += 1;
    }
  }
  const shared = (board2 ?? []).slice(0, first);
  const same = shared.every((dealt, i) => JSON.stringify(plainCard(dealt)) === JSON.stringify(plainCard(board[i])));
  const whole = dealt[1] === board.length && (board2 === null ? dealt[2] === 0 : dealt[2] === board2.length);
  if (!whole || !same) facts.push({ name: "boards", value: "they are not what the log says was dealt", ok: false });
  return facts;
}

const plainCard = (dealt: DealtCard | undefined): unknown =>
  dealt === undefined ? null : [dealt.card, dealt.opening.position, dealt.opening.salt, dealt.opening.path];

// ---- the play ----

function play(hand: HandRecord, fault: string | null, moment: Moment | null): Step {
  const { log } = hand;
  const posts = postFaults(hand);
  const early = moment !== null && hand.void === null && !over(moment) ? "it was paid before it was over" : null;
  const late = moment !== null && hand.void !== null && hand.awards.length > 0 ? "it was paid, and void" : null;
  const why = fault ?? posts ?? early ?? late;
  const acts = log.filter(({ type }) => type === "act").length;
  const clocks = log.filter((line) => line.type === "act" && line.by === "clock").length;
  return {
    id: "play",
    title: "The play",
    ok: why === null,
    says:
      why === null
        ? `Played again from the blinds: ${counted(acts, "act")}, each by whose turn it was and within what they could do.`
        : `Wrong: ${why}.`,
    facts: [
      { name: "blinds", value: `${hand.blinds.small} and ${hand.blinds.big}` },
      { name: "ante", value: String(hand.blinds.ante) },
      { name: "by the clock", value: String(clocks) },
    ],
  };
}

/** Checks the posts against the blinds. Blinds owed from earlier hands are not in this record. */
function postFaults(hand: HandRecord): string | null {
  const { players, log } = hand;
  const posts = log.flatMap((line) => (line.type === "post" ? [line] : []));
  if (log.slice(posts.length).some(({ type }) => type === "post")) return "somebody posts when the hand has begun";
  if (posts.some(({ player }) => player >= players.length)) return "somebody posts who was not dealt in";
  const of = (what: string) => posts.filter((post) => post.what === what);
  if (of("big blind").length !== 1) return "there is one big blind in a hand";
  if (of("small blind").length > 1 || of("straddle").length > 1) return "two post the same";
  const due = startOf(hand).posts;
  for (const [place, { seat }] of players.entries()) {
    const { ante = 0, dead = 0, live = 0 } = due[place] ?? {};
    const mine = posts.filter(({ player }) => player === place);
    const antes = mine.filter(({ what }) => what === "ante");
    const blind = mine.filter(({ what }) => what !== "ante");
    const anted =
      ante === 0 ? antes.length === 0 : antes.length === 1 && antes[0]?.dead === ante && antes[0].live === 0;
    const mayBeDead = blind.some(({ what }) => what === "big blind" || what === "missed blinds");
    const posted = blind.every((post) => post.live === live && post.dead === dead) && blind.length <= 1;
    if (!anted || !posted || (dead > 0 && !mayBeDead)) return `seat ${seat + 1} did not post what was due`;
  }
  return null;
}

// ---- the money ----

function paid(hand: HandRecord, moment: Moment | null): Step {
  const { players } = hand;
  const result = moment === null || !over(moment) ? null : settled(moment, holes(hand), hand.rules);
  const facts = players.map(({ seat, start, end }, place): Fact => {
    const due = result?.stacks[place];
    const name = `seat ${seat + 1}`;
    const value = `${start} before, ${end} after`;
    if (due === undefined) return { name, value };
    return due === end ? { name, value, ok: true } : { name, value: `${value}; ${due} are due`, ok: false };
  });
  const why =
    moment === null || result === null ? "without the play it cannot be told" : moneyFault(hand, moment, result);
  const wrong = facts.filter((fact) => fact.ok === false).length;
  const ok = why === null && wrong === 0;
  return {
    id: "paid",
    title: "What was paid",
    ok,
    says: ok
      ? `By the cards that were shown every pot went where it had to go, to the chip${hand.rake === 0 ? "" : `, less ${hand.rake} of rake`}.`
      : `Wrong: ${why ?? `${wrong} of ${counted(players.length, "player")} have not what they had to get`}.`,
    facts: [...facts, { name: "rake", value: String(hand.rake) }],
  };
}

/** Every card that this viewer knows, also their own that were not shown: a winner cannot be told that they lost. */
const holes = ({ players }: HandRecord) => players.map((one) => one.cards?.map(({ card }) => card) ?? null);

function moneyFault(hand: HandRecord, moment: Moment, result: ReturnType<typeof settled>): string | null {
  const { players, awards, rake } = hand;
  const { stakes } = moment.betting;
  const left = players.flatMap((_, place) => (stakes[place]?.folded === false ? [place] : []));
  const contested = uncontested(moment.betting) === null;
  const open = (place: number): boolean => players[place]?.shown === true && players[place].cards !== null;
  if (contested && left.some((place) => stakes[place]?.stack === 0) && !left.every(open)) {
    return "somebody was all-in, and not all hands were turned face up (TR 70)";
  }
  const winners = result.awards.flatMap(({ wins }) => wins.map(({ player }) => player));
  if (contested && !winners.every(open)) return "a pot was won by a hand that was not shown";
  if (result.rake !== rake) return `the rake is ${result.rake} by the rules of the table`;
  const due = result.awards.map((award) => viewOf(hand, moment, award, contested));
  return JSON.stringify(due) === JSON.stringify(awards.map(plain))
    ? null
    : "the pots were given to others, or as other hands";
}

function viewOf(hand: HandRecord, moment: Moment, { pot, board, wins }: Award, contested: boolean): object {
  const [winner] = wins;
  const cards = hand.players[winner?.player ?? -1]?.cards ?? [];
  const table = (board === 0 ? moment.board : moment.board2) ?? [];
  const strength = evaluate([...cards.map(({ card }) => card), ...table]);
  return {
    pot,
    board: board + 1,
    wins: wins.map(({ player, chips }) => ({ seat: hand.players[player]?.seat ?? -1, chips })),
    with: contested ? (CATEGORIES[categoryOf(strength)] ?? null) : null,
  };
}

/** The same with its keys in a fixed order, to be compared as JSON. */
const plain = ({ pot, board, wins, with: hand }: AwardView): object => ({
  pot,
  board,
  wins: wins.map(({ seat, chips }) => ({ seat, chips })),
  with: hand,
});

/** A hand may be declared void until it is paid. */
function givenBack(round: DeckRound, hand: HandRecord): Step {
  const facts = hand.players.map(({ seat, start, end }): Fact => {
    const ok = start === end;
    return { name: `seat ${seat + 1}`, value: ok ? `${start}, as before` : `${start} before, ${end} after`, ok };
  });
  const marked = round.void && hand.awards.length === 0 && hand.rake === 0;
  const ok = marked && facts.every((fact) => fact.ok !== false);
  return {
    id: "paid",
    title: "The hand was void",
    ok,
    says: ok
      ? "It was called off before it was paid: everybody has what they began with. What was not shown stays closed."
      : "It is void, and something was paid.",
    facts: [{ name: "reason", value: hand.void ?? "" }, ...facts],
  };
}
