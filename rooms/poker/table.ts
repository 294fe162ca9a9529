import type { Decision, Facts, Ms, PlayerId, Refusal } from "../game.ts";
import { later } from "../kit/time.ts";
import { enough, ready } from "./blinds.ts";
import { canBuyButton } from "./button.ts";
import type { Event, EventOf, Flags } from "./events.ts";
import { evolve } from "./evolve.ts";
import { HOUSE_STAKES, houseLeft, houseView } from "./house.ts";
import {
  inHand,
  isBusy,
  isCandidate,
  keptUntil,
  placeIn,
  QUEUE_MAX,
  seatOf,
  stackOf,
  STRIKES_MAX,
  type Sitting,
  type State,
} from "./state.ts";
import type { Command, Config, SeatNo } from "./types.ts";

/** Seats and the waiting list: everything at the table that is not a hand. */

const NOT_SEATED: Refusal = { refused: "not_seated", message: "Take a seat first." };
const IN_HAND: Refusal = { refused: "in_hand", message: "Not while a hand is on: wait until it is over." };
const PAUSED: Refusal = { refused: "paused", message: "The table is paused: it takes no chips now." };
const RESERVED: Refusal = {
  refused: "seat_reserved",
  message: "This seat is reserved for the player who waited for it.",
};
const NO_CHIPS: Refusal = { refused: "no_chips", message: "Top up first: you have no chips in front of you." };
/** How long a free seat is reserved for the first player on the waiting list. */
const OFFER_MS = 20_000;

export const minBuyIn = ({ minBuyInBigBlinds, bigBlind }: Config): number => minBuyInBigBlinds * bigBlind;
export const maxBuyIn = ({ maxBuyInBigBlinds, bigBlind }: Config): number => maxBuyInBigBlinds * bigBlind;

/** The id of a house player: no account has a colon in its id. */
export const botId = (seat: SeatNo, n: number): PlayerId => `bot:${seat}:${n}` as PlayerId;

const people = (taken: State["seats"]): boolean => taken.some((one) => one !== null && !one.bot);

type TableCommand = Extract<
  Command,
  {
    type:
      | "sit"
      | "stand"
      | "topUp"
      | "sitOut"
      | "sitIn"
      | "postBlinds"
      | "buyButton"
      | "straddle"
      | "runItTwice"
      | "queue"
      | "addBot"
      | "removeBot";
  }
>;

export function decideTable(state: State, player: PlayerId, command: TableCommand, facts: Facts): Decision<Event> {
  const seat = seatOf(state, player);
  const sitting = seat === null ? null : (state.seats[seat] ?? null);
  switch (command.type) {
    case "sit":
      return sit(state, player, command, facts);
    case "queue":
      return queue(state, player, command.on, facts);
    case "addBot":
      return seat === null ? NOT_SEATED : addBot(state, command.seat, facts);
    case "removeBot": {
      if (seat === null) return NOT_SEATED;
      const bot = state.seats[command.seat];
      if (bot?.bot !== true) return { refused: "no_bot", message: "There is no house player in this seat." };
      return isBusy(state, bot.player) ? IN_HAND : leave(state, command.seat, facts);
    }
    default:
  }
  if (seat === null || sitting === null) return NOT_SEATED;
  const flag = (set: Flags): Decision<Event> => arranged(state, [{ type: "flagged", seat, why: "player", set }], facts);
  switch (command.type) {
    case "stand":
      return isBusy(state, player) ? IN_HAND : leave(state, seat, facts);
    case "topUp":
      return topUp(state, seat, sitting, command.amount, facts);
    case "sitOut":
      return flag(
        command.when === "nextBigBlind" ? { outNext: true } : { out: true, outNext: false, posts: false, buys: false },
      );
    case "sitIn":
      return isBroke(state, sitting) ? NO_CHIPS : flag({ out: false, outNext: false, orbits: 0, strikes: 0 });
    case "postBlinds":
      if (!sitting.entering) return { refused: "nothing_owed", message: "You owe no blinds." };
      return isBroke(state, sitting) ? NO_CHIPS : flag({ posts: true, out: false });
    case "buyButton":
      if (!sitting.entering) return { refused: "nothing_owed", message: "You are in the game already." };
      if (!canBuyButton(state, seat))
        return { refused: "no_button_to_buy", message: "The button is not about to pass you: post, or wait." };
      return isBroke(state, sitting) ? NO_CHIPS : flag({ buys: true, out: false });
    case "straddle":
      if (state.config.straddle === "off") return { refused: "no_straddle", message: "This table has no straddle." };
      return flag({ straddles: command.on });
    case "runItTwice":
      if (!state.config.runItTwice)
        return { refused: "no_run_it_twice", message: "This table deals every board once." };
      return flag({ twice: command.on });
    default:
      command satisfies never;
      return NOT_SEATED;
  }
}

const isBroke = (state: State, { stack, player }: Sitting): boolean => stack === 0 && !isBusy(state, player);

/** For a player who may no longer play: leaves the seat or, in a hand, sits out; leaves the waiting list. */
export function standDown(state: State, player: PlayerId): readonly Command[] {
  if (seatOf(state, player) === null) return [{ type: "queue", on: false }];
  return isBusy(state, player) ? [{ type: "sitOut", when: "now" }] : [{ type: "stand" }];
}

/** [P14] [P13] A player who comes back soon brings what they left with, even above the maximum buy-in. */
function sit(
  state: State,
  player: PlayerId,
  { seat, buyIn, posts = false }: Extract<Command, { type: "sit" }>,
  facts: Facts,
): Decision<Event> {
  const { config } = state;
  const { now } = facts;
  if (seat >= config.seats) return { refused: "no_such_seat", message: `The seats are 0 to ${config.seats - 1}.` };
  if (seatOf(state, player) !== null) return { refused: "already_seated", message: "You have a seat here." };
  if (state.seats[seat] !== null) return { refused: "seat_taken", message: "This seat is taken." };
  if (facts.table === "paused") return PAUSED;
  if (state.offer?.player !== player && isReserved(state)) return RESERVED;
  const left = state.left.find((one) => one.player === player && now - one.at < config.rejoinMs);
  const least = Math.max(minBuyIn(config), left?.stack ?? 0);
  const most = Math.max(maxBuyIn(config), left?.stack ?? 0);
  if (left !== undefined && buyIn < left.stack) {
    return { refused: "rejoin_stack", message: `You left with ${left.stack} a while ago: bring at least that.` };
  }
  if (buyIn < least) return { refused: "buy_in_too_small", message: `Bring at least ${least}.` };
  if (buyIn > most) return { refused: "buy_in_too_big", message: `Bring at most ${most}.` };
  return arranged(state, seated(state, { seat, player, bot: false, stack: buyIn }, posts), facts);
}

/** A player who comes while a game is on waits for the big blind, or posts and is in the next hand. [P11] */
function seated(state: State, one: Omit<EventOf<"sat">, "type" | "entering">, posts: boolean): readonly Event[] {
  const entering = enters(state);
  const sat: Event = { type: "sat", ...one, entering };
  return entering && posts ? [sat, { type: "flagged", seat: one.seat, why: "player", set: { posts } }] : [sat];
}

/** Whether the last free seat is reserved for the first player on the waiting list. */
function isReserved({ offer, seats }: State): boolean {
  return offer !== null && seats.filter((one) => one === null).length === 1;
}

/** Whether a new player has to wait for the big blind: a game is on, with at least one person in it. [P11] */
function enters(state: State): boolean {
  const playing = ready(state).filter(({ entering }) => !entering);
  return state.blinds !== null && playing.length >= 2 && people(playing);
}

/** [P20] Seats a house player with the maximum buy-in, or with what the day's budget has left, in whole big blinds. */
function addBot(state: State, seat: SeatNo, facts: Facts): Decision<Event> {
  const { config, seats } = state;
  const { now } = facts;
  if (seat >= config.seats) return { refused: "no_such_seat", message: `The seats are 0 to ${config.seats - 1}.` };
  if (seats[seat] !== null) return { refused: "seat_taken", message: "This seat is taken." };
  if (facts.table === "paused") return PAUSED;
  if (isReserved(state)) return RESERVED;
  if (seats.filter((one) => one?.bot === true).length >= config.maxBots) {
    return { refused: "too_many_bots", message: `At most ${config.maxBots} house players sit here.` };
  }
  const house = houseView(config, state.lent);
  if (house === null) {
    const { bigBlind, buyIn } = HOUSE_STAKES;
    return {
      refused: "above_house_stakes",
      message: `House players sit where the big blind is at most ${bigBlind}, nobody brings more than ${buyIn}, and there is no ante and no straddle.`,
    };
  }
  const left = Math.floor(houseLeft(house, now) / config.bigBlind) * config.bigBlind;
  if (left < minBuyIn(config)) {
    return {
      refused: "house_budget_spent",
      message: `House players have brought what they may in a day at this table: ${house.budget}.`,
    };
  }
  const stack = Math.min(left, maxBuyIn(config));
  const player = botId(seat, state.round);
  return arranged(state, seated(state, { seat, player, bot: true, stack, at: now }, true), facts);
}

function topUp(state: State, seat: SeatNo, sitting: Sitting, amount: number, facts: Facts): Decision<Event> {
  if (inHand(state, sitting.player)) return IN_HAND;
  if (facts.table === "paused") return PAUSED;
  const most = maxBuyIn(state.config);
  // The stack of a player who has folded is in the hand; chips that are brought now are kept apart until it is over.
  const front = isBusy(state, sitting.player) ? stackOf(state, seat) + sitting.stack : sitting.stack;
  if (front + amount > most) {
    return {
      refused: "buy_in_too_big",
      message: `With at most ${most} in front: ${Math.max(0, most - front)} more.`,
    };
  }
  const broke = front === 0;
  if (broke && amount < minBuyIn(state.config)) {
    return { refused: "buy_in_too_small", message: `Bring at least ${minBuyIn(state.config)}.` };
  }
  const back: readonly Event[] = broke ? [{ type: "flagged", seat, why: "player", set: { out: false } }] : [];
  return arranged(state, [{ type: "toppedUp", seat, amount }, ...back], facts);
}

function leave(state: State, seat: SeatNo, facts: Facts): Decision<Event> {
  return arranged(state, [{ type: "stood", seat, at: facts.now }], facts);
}

function queue(state: State, player: PlayerId, on: boolean, facts: Facts): Decision<Event> {
  const waits = state.queue.includes(player);
  if (on && seatOf(state, player) !== null) return { refused: "already_seated", message: "You have a seat here." };
  if (on && state.seats.includes(null) && state.offer === null) {
    return { refused: "seat_free", message: "There is a free seat: take it." };
  }
  if (on && !waits && state.queue.length >= QUEUE_MAX)
    return { refused: "queue_full", message: "Too many are waiting." };
  if (on && waits) return { refused: "already_queued", message: "You are on the list." };
  if (!on && !waits) return { refused: "not_queued", message: "You are not on the list." };
  return arranged(state, [{ type: "queued", player, on }], facts);
}

/** A player who loses the connection keeps the seat for a while, but not a place on the waiting list. */
export function decidePresence(state: State, player: PlayerId, online: boolean, facts: Facts): Decision<Event> {
  const events: Event[] = [];
  const seat = seatOf(state, player);
  const known = seat === null ? null : state.seats[seat]?.awaySince === null;
  if (seat !== null && known !== online) {
    events.push({ type: "flagged", seat, why: "presence", set: { awaySince: online ? null : facts.now } });
  }
  if (!online && state.queue.includes(player)) events.push({ type: "queued", player, on: false });
  return events.length === 0 ? { events } : arranged(state, events, facts);
}

/** These events and their consequences for the seats, the waiting list, and the next deal. */
export function arranged(state: State, events: readonly Event[], facts: Facts): { events: readonly Event[] } {
  const { now } = facts;
  const all = [...events];
  let next = events.reduce(evolve, state);
  const then = (more: readonly Event[]): void => {
    all.push(...more);
    next = more.reduce(evolve, next);
  };
  then(botsLeaving(state, next, now));
  then(clocked(next, now));
  then(madeRoom(next, facts));
  then(offered(next, now));
  then(starting(next, facts));
  return { events: all };
}

/** Notes since when players sit out. */
function clocked({ seats }: State, now: Ms): readonly Event[] {
  return seats.flatMap((one, seat): Event[] => {
    if (one === null || one.out === (one.outSince != null)) return [];
    return [{ type: "flagged", seat, why: "round", set: { outSince: one.out ? now : null } }];
  });
}

/** A house player who is in no hand leaves when somebody waits for a seat: one seat at a time. */
function madeRoom(state: State, { now, table }: Facts): readonly Event[] {
  const { seats, queue: waiting, offer } = state;
  if (waiting.length === 0 || offer !== null || table === "paused" || seats.includes(null)) return [];
  const seat = seats.findIndex((one) => one?.bot === true && placeIn(state, one.player) === null);
  return seat < 0 ? [] : [{ type: "stood", seat, at: now }];
}

/** The deal starts when enough are ready, at least one a person: house players do not play alone. [P19] [P20] */
function starting(state: State, { now, table }: Facts): readonly Event[] {
  const { phase, config, seats } = state;
  const person = seats.some((one) => isCandidate(one) && !one.bot);
  const start = table === "running" && person && ready(state).length >= enough(state);
  if (phase.name === "waiting" && start) return [{ type: "starting", dealAt: later(now, config.dealMs) }];
  return phase.name === "starting" && !start ? [{ type: "starting", dealAt: null }] : [];
}

/** House players leave with the last person. [P20] */
function botsLeaving(before: State, { seats, hand }: State, at: Ms): readonly Event[] {
  if (people(seats) || !people(before.seats) || (hand !== null && hand.end === null)) return [];
  return seats.flatMap((one, seat): Event[] => (one === null ? [] : [{ type: "stood", seat, at }]));
}

function offered({ seats, queue: waiting, offer }: State, now: Ms): readonly Event[] {
  const [first] = waiting;
  const free = seats.includes(null);
  if (free && offer === null && first !== undefined) {
    return [{ type: "offered", offer: { player: first, until: later(now, OFFER_MS) } }];
  }
  return !free && offer !== null ? [{ type: "offered", offer: null }] : [];
}

/** The player did not take the seat that was offered: it is offered to the next one. */
export function passOffer(state: State, facts: Facts): readonly Event[] {
  const { offer } = state;
  if (offer === null) return [];
  return arranged(state, [{ type: "queued", player: offer.player, on: false }], facts).events;
}

/** Players who are away, or sit out, for too long leave, unless they are in a hand. */
export function gone(state: State, facts: Facts): readonly Event[] {
  const stood = state.seats.flatMap((one, seat): Event[] => {
    const until = one === null ? null : keptUntil(state, one);
    return until === null || until > facts.now ? [] : [{ type: "stood", seat, at: facts.now }];
  });
  return stood.length === 0 ? [] : arranged(state, stood, facts).events;
}

/** Clears a hand away. Players who timed out too often or are broke sit out; those who missed too many big blinds leave. */
export function putAway(state: State, facts: Facts): readonly Event[] {
  const events: Event[] = [{ type: "ended", round: state.round }];
  for (const [seat, sitting] of state.seats.entries()) {
    if (sitting === null) continue;
    const broke = sitting.stack === 0;
    if (sitting.orbits >= state.config.orbitsOut || (sitting.bot && broke)) {
      events.push({ type: "stood", seat, at: facts.now });
    } else if (!sitting.out && (broke || sitting.strikes >= STRIKES_MAX)) {
      events.push({ type: "flagged", seat, why: "round", set: { out: true, outNext: false } });
    } else if (sitting.bankMs < state.config.timeBankMs) {
      const back = Math.ceil(state.config.timeBankMs / 20);
      const bankMs = Math.min(state.config.timeBankMs, sitting.bankMs + back);
      events.push({ type: "flagged", seat, why: "round", set: { bankMs } });
    }
  }
  return arranged(state, events, facts).events;
}
