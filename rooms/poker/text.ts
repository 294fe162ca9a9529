import type { Viewer } from "../game.ts";
import { utcOf } from "./calendar.ts";
import { cardText, type Card } from "./cards.ts";
import { courseOf } from "./course.ts";
import { returned } from "./hand.ts";
import type { NameOf } from "./house-names.ts";
import type { HandRecord } from "./record.ts";
import { replay, type Picture } from "./replay.ts";
import type { ActView, AwardView, SeatNo } from "./types.ts";

/**
 * A hand as text, as the viewer of this record may read it: without cards that they were not shown. `nameOf` gives the players'
 * names; without it they are their ids. [P18]
 */
export function textOf(record: HandRecord, room: string, viewer: Viewer, nameOf: NameOf = (player) => player): string {
  const seat = record.players.find(({ player }) => player === viewer)?.seat ?? null;
  const tale: Tale = { record, you: seat };
  const lines = [
    ...headOf(record, room, viewer, nameOf),
    "",
    ...postsOf(tale),
    ...courseLines(tale),
    "",
    ...bySeat(record).map(({ seat, start, end }) => `Seat ${seat + 1}: ${end} chips (${signed(end - start)})`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

type Tale = {
  readonly record: HandRecord;
  /** The viewer's own seat. */
  readonly you: SeatNo | null;
};

const bySeat = ({ players }: HandRecord): HandRecord["players"] => [...players].sort((a, b) => a.seat - b.seat);
const two = (n: number): string => String(n).padStart(2, "0");
const signed = (n: number): string => (n < 0 ? String(n) : `+${n}`);
const texts = (cards: readonly Card[]): string => cards.map(cardText).join(" ");

/** "Seat 3 folds", "You fold". */
function does({ you }: Tale, seat: SeatNo, verb: string): string {
  return seat === you ? `You ${verb}` : `Seat ${seat + 1} ${verb}s`;
}

function headOf(record: HandRecord, room: string, viewer: Viewer, nameOf: NameOf): string[] {
  const { hand, blinds, startedAt, seats, button } = record;
  const { year, month, day, time } = utcOf(startedAt);
  const ante = blinds.ante === 0 ? "" : `, ante ${blinds.ante}`;
  return [
    `${room}, hand ${hand}: No-Limit Hold'em, blinds ${blinds.small}/${blinds.big}${ante}`,
    `${year}-${two(month)}-${two(day)} ${time} UTC, ${seats} seats, the button at seat ${button + 1}`,
    ...bySeat(record).map(({ seat, player, bot, start }) => {
      const mark = player === viewer ? " (you)" : bot ? " (house player)" : "";
      return `Seat ${seat + 1}: ${nameOf(player)}${mark}, ${start} chips`;
    }),
  ];
}

/** The log says what was due; nobody posts more than the stack. */
function postsOf(tale: Tale): string[] {
  const { log, players } = tale.record;
  const stacks = players.map(({ start }) => Number(start));
  return log.flatMap((line): string[] => {
    if (line.type !== "post") return [];
    const { player, what } = line;
    const left = stacks[player] ?? 0;
    const dead = Math.min(line.dead, left);
    const live = Math.min(line.live, left - dead);
    stacks[player] = left - dead - live;
    const amount = dead === 0 || live === 0 ? String(live + dead) : `${live} and ${dead} dead`;
    const name = what === "missed blinds" ? "what was missed" : `the ${what}`;
    const all = stacks[player] === 0 && left > 0 ? ", all-in" : "";
    return left === 0 ? [] : [`${does(tale, players[player]?.seat ?? 0, "post")} ${name}, ${amount}${all}`];
  });
}

function courseLines(tale: Tale): string[] {
  const { record, you } = tale;
  const own = record.players.find(({ seat }) => seat === you)?.cards ?? null;
  const clocks = record.log.flatMap((line) => (line.type === "act" ? [line.by === "clock"] : []));
  let acts = 0;
  return replay(record).flatMap(({ did, view }, i, pictures): string[] => {
    const before = pictures[i - 1];
    switch (did.type) {
      case "dealt":
        return ["", "Before the flop", ...(own === null ? [] : [`Your cards: ${texts(own.map(({ card }) => card))}`])];
      case "acted":
        return [`${actOf(tale, did.seat, did.act)}${clocks[acts++] === true ? " (out of time)" : ""}`];
      case "street": {
        const board = did.board === 1 ? view.hand?.board : view.hand?.board2;
        const which = view.hand?.board2 === null ? "" : did.board === 1 ? ", first board" : ", second board";
        return ["", `${did.street.charAt(0).toUpperCase()}${did.street.slice(1)}${which}: ${texts(board ?? [])}`];
      }
      case "shown":
        return shownOf(tale, before, view);
      case "won":
        return ["", ...shownOf(tale, before, view), ...mucked(tale, view), ...paidOf(tale, did.awards)];
      case "voided":
        return ["", `The hand was void: ${did.reason}. Everybody has what they began with.`];
      default:
        return [];
    }
  });
}

function actOf(tale: Tale, seat: SeatNo, act: ActView): string {
  if (!("amount" in act)) return does(tale, seat, act.type);
  const amount = `${act.type === "raise" ? "to " : ""}${act.amount}`;
  return `${does(tale, seat, act.type)} ${amount}${act.allIn ? ", all-in" : ""}`;
}

/** Cards that are face up now, and were not before. */
function shownOf(tale: Tale, before: Picture | undefined, { seats }: Picture["view"]): string[] {
  return seats.flatMap((one, seat) => {
    const known = Array.isArray(before?.view.seats[seat]?.cards);
    return one === null || known || !Array.isArray(one.cards)
      ? []
      : [`${does(tale, seat, "show")} ${texts(one.cards as readonly Card[])}`];
  });
}

/** Players who came to a showdown and did not show. */
function mucked(tale: Tale, { seats }: Picture["view"]): string[] {
  const left = seats.flatMap((one, seat) => (one?.cards === "hidden" ? [seat] : []));
  const alone = left.length === 1 && !seats.some((one) => Array.isArray(one?.cards));
  return alone ? [] : left.map((seat) => does(tale, seat, "muck"));
}

function paidOf(tale: Tale, awards: readonly AwardView[]): string[] {
  const { record } = tale;
  const last = courseOf(record);
  const back = "fault" in last ? null : returned(last.betting).back;
  const pots = Math.max(0, ...awards.map(({ pot }) => pot)) + 1;
  const seatOf = (place: number): SeatNo => record.players[place]?.seat ?? 0;
  return [
    ...(back === null ? [] : [`${does(tale, seatOf(back.player), "get")} back ${back.chips} that nobody called`]),
    ...awards.flatMap(({ pot, board, wins, with: hand }) => {
      const name =
        pots === 1 ? "the pot" : pot === 0 ? "the main pot" : pots === 2 ? "the side pot" : `side pot ${pot}`;
      const which = record.board2 === null ? "" : board === 1 ? " on the first board" : " on the second board";
      const how = hand === null ? "" : ` (${hand})`;
      return wins.map(({ seat, chips }) => `${does(tale, seat, "win")} ${chips} from ${name}${which}${how}`);
    }),
    ...(record.rake === 0 ? [] : [`The house takes ${record.rake}`]),
  ];
}
