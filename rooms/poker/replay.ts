import { chips } from "../game.ts";
import type { Card } from "./cards.ts";
import type { Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { begin, returned, runsOut, uncontested } from "./hand.ts";
import { sharedCards, startOf } from "./course.ts";
import type { HandRecord } from "./record.ts";
import { publicDelta } from "./deltas.ts";
import { initial, newcomer, type Dealt, type Hand, type LogLine, type Posted, type State } from "./state.ts";
import { stored, type ActView, type Did, type SeatNo, type View } from "./types.ts";
import { view } from "./view.ts";

/**
 * Replays a finished hand as pictures [P18]: turns its record into the events of the table, and applies them with the table's own
 * `evolve` and `view`. A picture is what a spectator saw then, but its clock times are not the original ones.
 */

export type Picture = {
  /** The act that led to this picture. The last two are "won" and, when somebody showed their cards after it, "shown". */
  readonly did: Did;
  readonly view: View;
};

/** From the deal to the end; a void hand ends with `voided`, its stacks as they began. */
export function replay(record: HandRecord): readonly Picture[] {
  const pictures: Picture[] = [];
  let state = tableOf(record);
  const go = (event: Event): void => {
    const after = evolve(state, event);
    const did = publicDelta({ before: state, event, after })?.did ?? { type: "other" };
    state = after;
    pictures.push({ did, view: view(state) });
  };
  go({ type: "dealt", hand: handOf(record) });
  const dealt = { 1: 0, 2: sharedCards(record) };
  const shows = record.log.filter((line) => line.type === "show");
  for (const line of record.log) {
    if (line.type === "act") go({ ...line, type: "acted", at: record.startedAt });
    if (line.type === "board") {
      const all = (line.board === 1 ? record.board : record.board2) ?? [];
      const from = dealt[line.board];
      dealt[line.board] = from + line.cards.length;
      go({ type: "street", board: line.board, cards: all.slice(from, dealt[line.board]), at: record.startedAt });
    }
    if (turnsFaceUp(state.hand)) go({ type: "facedUp", twice: record.board2 !== null, at: record.startedAt });
  }
  if (record.void !== null) {
    go({ type: "voided", round: record.hand, reason: record.void });
    return pictures;
  }
  go(wonOf(record, state, shows));
  for (const { player } of shows) go({ type: "showed", player });
  return pictures;
}

/** The cards in this record, by seat: the viewer's own, and those that were shown. A replayer may show them from the start. */
export function knownCards({ players }: HandRecord): Readonly<Record<SeatNo, readonly Card[]>> {
  return Object.fromEntries(
    players.flatMap(({ seat, cards }) => (cards === null ? [] : [[seat, cards.map(({ card }) => card)]])),
  );
}

/** The table just before the deal, with only the players who were dealt in. */
function tableOf({ hand, seats, blinds, rules, players }: HandRecord): State {
  const { small, big, ante } = blinds;
  const empty = initial(stored.parse({ seats, smallBlind: small, bigBlind: big, ante, ...rules }));
  const sitting = players.map(({ seat, player, bot, start }) => [
    seat,
    newcomer(player, bot, start, false, empty.config),
  ]);
  const bySeat = new Map(sitting as [SeatNo, ReturnType<typeof newcomer>][]);
  return { ...empty, round: hand, seats: empty.seats.map((_, seat) => bySeat.get(seat) ?? null) };
}

function handOf(record: HandRecord): Hand {
  const posts = record.log.filter((line) => line.type === "post");
  const seatWith = (what: Posted): SeatNo | undefined =>
    record.players[posts.find((line) => line.what === what)?.player ?? -1]?.seat;
  const start = startOf(record);
  const betting = begin(start.stacks, start.posts, start.table);
  const small = seatWith("small blind");
  return {
    players: record.players.map(({ seat, player, bot, start, cards }, place): Dealt => {
      const { bet = 0, stack = 0 } = betting.stakes[place] ?? {};
      const straddles = posts.some((line) => line.player === place && line.what === "straddle");
      const last: ActView = { type: straddles ? "straddle" : "post", amount: chips(bet), allIn: stack === 0 };
      return { seat, player, bot, start, cards: cards ?? [], shown: false, last: bet === 0 ? null : last };
    }),
    blinds: { button: record.button, small: small ?? record.button, big: seatWith("big blind") ?? record.button },
    smallPosted: small !== undefined,
    betting,
    street: 0,
    board: [],
    board2: null,
    aggressor: null,
    faceUp: false,
    at: record.startedAt,
    startedAt: record.startedAt,
    log: posts,
    end: null,
  };
}

/** Nobody can bet any more, and there are cards to come. (TR 70) */
function turnsFaceUp(hand: Hand | null): boolean {
  if (hand === null || hand.faceUp || hand.street === 3) return false;
  return uncontested(hand.betting) === null && runsOut(hand.betting);
}

function wonOf(record: HandRecord, { hand }: State, shows: readonly LogLine[]): Event {
  const later = new Set(shows.map((line) => (line.type === "show" ? line.player : -1)));
  const back = hand === null ? null : returned(hand.betting).back;
  return {
    type: "won",
    end: { awards: record.awards, rake: record.rake, back },
    shows: record.players.flatMap(({ shown }, place) => (shown && !later.has(place) ? [place] : [])),
    nextAt: record.startedAt,
  };
}
