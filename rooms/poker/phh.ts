import type { DealtCard } from "../fair/deck.ts";
import { utcOf } from "./calendar.ts";
import { cardText } from "./cards.ts";
import { startOf } from "./course.ts";
import type { NameOf } from "./house-names.ts";
import type { HandRecord } from "./record.ts";
import type { LogLine } from "./state.ts";

/**
 * A hand in PHH, the poker hand history format (TOML), as the viewer of this record may read it: cards that they were not shown
 * are "????". [P18] A big blind that was posted out of turn is negative among the blinds: it does not change the first to act.
 *
 * Facts that the format cannot express are in fields of our own, which begin with an underscore: the first to act, if not the
 * player after the last of the highest blinds (`_first`, from 1); the minimum raise before the flop, if not a big blind; the
 * rake; the house players; the reason of a void. Missed small blinds are among the antes; `_dead` tells which they are. Cards of
 * a second board are in `_second_board`, street by street: among the actions they would be too many for one board. `nameOf` gives
 * the players' names; without it they are their ids.
 */
export function phhOf(record: HandRecord, room: string, nameOf: NameOf = (player) => player): string {
  const { players, hand, seats, startedAt, rules } = record;
  const n = players.length;
  const { stacks, posts, table } = startOf(record);
  // Heads-up the format has antes and blinds in reverse order.
  const turned = (list: readonly number[]): readonly number[] => (n === 2 ? [...list].reverse() : list);
  const dead = posts.some((post) => post.dead > 0);
  const outOfTurn = new Set(
    record.log.flatMap((line) => (line.type === "post" && line.what === "missed blinds" ? [line.player] : [])),
  );
  const live = posts.map((post, place) => (outOfTurn.has(place) && post.live > 0 ? -post.live : post.live));
  const { year, month, day, time } = utcOf(startedAt);
  const raked = rules.rakeX10000 > 0 && rules.rakeCap > 0;
  const fields: readonly (readonly [string, string] | null)[] = [
    ["variant", text("NT")],
    ["ante_trimming_status", String(!dead)],
    ["antes", list(turned(posts.map(({ ante = 0, dead }) => ante + dead)))],
    dead ? ["_dead", list(turned(posts.map((post) => post.dead)))] : null,
    ["blinds_or_straddles", list(turned(live))],
    ["min_bet", String(table.bigBlind)],
    ["starting_stacks", list(stacks)],
    [
      "actions",
      `[\n${actionsOf(record)
        .map((action) => `  ${text(action)},\n`)
        .join("")}]`,
    ],
    record.void === null ? ["finishing_stacks", list(players.map(({ end }) => end))] : null,
    ["players", list(players.map(({ player }) => text(nameOf(player))))],
    ["seats", list(players.map(({ seat }) => seat + 1))],
    ["seat_count", String(seats)],
    ["table", text(room)],
    ["hand", String(hand)],
    ["year", String(year)],
    ["month", String(month)],
    ["day", String(day)],
    ["time", time],
    ["time_zone", text("UTC")],
    table.first === (live.lastIndexOf(Math.max(...live)) + 1) % n ? null : ["_first", String(table.first + 1)],
    table.raise === table.bigBlind ? null : ["_least_raise", String(table.raise)],
    record.board2 === null ? null : ["_second_board", list(secondBoard(record.log).map(text))],
    raked ? ["_rake_x10000", String(rules.rakeX10000)] : null,
    raked ? ["_rake_cap", String(rules.rakeCap)] : null,
    raked ? ["_rake", String(record.rake)] : null,
    players.some(({ bot }) => bot) ? ["_house_players", list(players.map(({ bot }) => bot))] : null,
    record.void === null ? null : ["_void", text(record.void)],
  ];
  return fields.map((field) => (field === null ? "" : `${field[0]} = ${field[1]}\n`)).join("");
}

const list = (items: readonly (number | string | boolean)[]): string => `[${items.join(", ")}]`;

/** A basic string of TOML: as in JSON, but U+007F is escaped, and lone surrogates, which TOML forbids, are replaced. */
function text(value: string): string {
  return JSON.stringify(value.toWellFormed()).replaceAll("\u007f", "\\u007f");
}

const cards = (dealt: readonly DealtCard[] | null): string =>
  dealt === null || dealt.length === 0 ? "????" : dealt.map(({ card }) => cardText(card)).join("");

function actionsOf(record: HandRecord): string[] {
  const { players, log, awards } = record;
  const actions = players.map(({ cards: dealt }, i) => `d dh p${i + 1} ${cards(dealt)}`);
  const later = log.flatMap((line) => (line.type === "show" ? [line.player] : []));
  const folded = new Set<number>();
  // Hands are shown when the betting is over, so before the cards of a run-out.
  const lastAct = log.findLastIndex(({ type }) => type === "act");
  const showdown = (): string[] => {
    if (record.void !== null || players.length - folded.size < 2) return [];
    const order = players.map((_, i) => (firstToShow(log) + i) % players.length).filter((place) => !folded.has(place));
    return order.map((place) => {
      const one = players[place];
      const shows = one !== undefined && one.shown && !later.includes(place);
      return `p${place + 1} sm${shows ? ` ${cards(one.cards)}` : ""}`;
    });
  };
  const facesUp = log.slice(lastAct + 1).some(({ type }) => type === "board");
  // When the blinds alone put players all-in, there is no act to wait for.
  if (lastAct < 0 && facesUp && awards.length > 0) actions.push(...showdown());
  for (const [i, line] of log.entries()) {
    if (line.type === "act") {
      if (line.act.type === "fold") folded.add(line.player);
      actions.push(actOf(line));
    }
    if (line.type === "board" && line.board === 1) actions.push(`d db ${line.cards.map(cardText).join("")}`);
    if (i === lastAct && facesUp && awards.length > 0) actions.push(...showdown());
  }
  if (!facesUp) actions.push(...showdown());
  // The format has no action for cards that are shown after the hand.
  for (const place of later) actions.push(`# p${place + 1} shows ${cards(players[place]?.cards ?? null)}`);
  return actions;
}

function secondBoard(log: HandRecord["log"]): string[] {
  return log.flatMap((line) => (line.type === "board" && line.board === 2 ? [line.cards.map(cardText).join("")] : []));
}

const WHO = { player: "", clock: " # out of time", preAction: "" } as const;

function actOf({ player, act, to, by }: LogLine & { type: "act" }): string {
  const what = act.type === "fold" ? "f" : act.type === "bet" || act.type === "raise" ? `cbr ${to}` : "cc";
  return `p${player + 1} ${what}${WHO[by]}`;
}

/** The last to bet or raise on the river, otherwise the first left of the button. [P9] */
function firstToShow(log: readonly LogLine[]): number {
  const lastBoard = log.findLastIndex(({ type }) => type === "board");
  const bets = log
    .slice(lastBoard + 1)
    .flatMap((line) =>
      line.type === "act" && (line.act.type === "bet" || line.act.type === "raise") ? [line.player] : [],
    );
  return bets.at(-1) ?? 0;
}
