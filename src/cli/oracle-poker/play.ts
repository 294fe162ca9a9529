import type { Card } from "../../../rooms/poker/cards.ts";
import { moved, started, type Move, type Moment, type Start } from "../../../rooms/poker/course.ts";
import type { Rake } from "../../../rooms/poker/rake.ts";
import { legal, type Legal } from "../../../rooms/poker/street.ts";
import { ended } from "./ended.ts";
import { forcedCheck, pricedShort, reopened, unanswerable, type Rule } from "./rulings.ts";

/** Replays a hand from another source with our rules, and compares. */

export type Told = {
  readonly start: Start;
  /** Null: unknown, or not shown at a showdown. */
  readonly holes: readonly (readonly Card[] | null)[];
  readonly rake: Rake;
  readonly moves: readonly ToldMove[];
  /** Final stacks; null: not stated. */
  readonly final: readonly number[] | null;
  /** Each player's takings from the pots; null: not stated. */
  readonly winnings: readonly number[] | null;
  /** Whether the hand is recorded to its end. */
  readonly whole: boolean;
  /** Our chips in one unit of the source, which may use hundredths. */
  readonly unit: number;
};

export type ToldMove = Move & {
  /** Its position in the source, from 1. */
  readonly step: number;
  readonly expects?: Expected;
};

/** A player's options on their turn. */
export type Bounds = {
  readonly to_call: number;
  readonly can_raise: boolean;
  readonly min_to?: number;
  readonly max_to?: number;
};
type Expected = { readonly [Field in keyof Bounds]?: Bounds[Field] | undefined };

export type Difference = {
  /** The step where it shows; absent: at the end of the hand. */
  readonly step?: number;
  readonly field: string;
  readonly expected: unknown;
  readonly got: unknown;
};
/** A difference explained by a rule: reported, but not counted as a disagreement. The replay goes on as the source played. */
export type Ruling = Difference & { readonly rule: Rule };

export type Played = {
  /** Null: the replay did not reach the end, or no possible winner has shown cards. */
  readonly final: readonly number[] | null;
  readonly steps: readonly Bounds[];
  readonly ok: boolean;
  readonly difference?: Difference;
  readonly rulings?: readonly Ruling[];
};

/** Replays by the rule books. A difference after a short blind is also tried with the other engine's price of it. [LA 150] */
export function played(told: Told): Played {
  const ours = playedFrom(told);
  const short = ours.difference === undefined ? null : pricedShort(told.start);
  const theirs = short === null ? null : playedFrom({ ...told, start: short });
  const { difference, ...line } = ours;
  if (difference === undefined || theirs?.ok !== true) return ours;
  const rulings = [{ ...difference, rule: "LA 150" } as const, ...(theirs.rulings ?? [])];
  if (difference.step === undefined) return { ...line, ok: true, rulings };
  return { ...theirs, steps: [...ours.steps, ...theirs.steps.slice(ours.steps.length)], rulings };
}

function playedFrom(told: Told): Played {
  const steps: Bounds[] = [];
  const rulings: Ruling[] = [];
  const result = (rest: Pick<Played, "final" | "ok" | "difference">): Played => {
    const { final, ...more } = rest;
    return { final, steps, ...more, ...(rulings.length === 0 ? {} : { rulings }) };
  };
  const differs = (difference: Difference): Played => result({ final: null, ok: false, difference });
  let moment = started(told.start);
  for (const one of told.moves) {
    let move = one;
    const { step } = move;
    if (move.type === "act") {
      if (forcedCheck(moment, move)) {
        const nothing = { to_call: 0, can_raise: false };
        steps.push(nothing);
        const other = otherIn(move, nothing);
        if (other !== null) return differs(other);
        continue;
      }
      const { turn } = moment.betting;
      const may = turn === null ? null : legal(moment.betting, turn);
      if (turn !== move.player || may === null) return differs({ step, field: "p", expected: move.player, got: turn });
      const bounds = boundsOf(may, told.unit);
      steps.push(bounds);
      const raises = move.action.type === "raise" || move.expects?.can_raise === true;
      const open = raises && may.raise === null ? opened(moment, move, told.unit) : null;
      if (open !== null) {
        rulings.push({ step, field: "can_raise", expected: true, got: false, rule: open.rule });
        ({ moment, move } = open);
      }
      const other = otherIn(one, open?.bounds ?? bounds);
      if (other !== null) return differs(other);
    }
    const next = moved(moment, move);
    if ("fault" in next) return differs({ step, field: move.type, expected: "a legal move", got: next.fault });
    moment = next;
  }
  return result(ended(told, moment, rulings));
}

type Opened = {
  readonly rule: Rule;
  readonly moment: Moment;
  readonly move: ToldMove;
  /** The options that the other engine gives the player. */
  readonly bounds: Bounds;
};

/** How to continue after a raise that is legal in the source but not here. Null: no known rule explains it. */
function opened(moment: Moment, move: ToldMove & { readonly type: "act" }, unit: number): Opened | null {
  const open = reopened(moment);
  const may = open === null ? null : legal(open.betting, move.player);
  if (open !== null && may !== null) {
    return { rule: "P3 (LA 171, TR 96)", moment: open, move, bounds: boundsOf(may, unit) };
  }
  const raise = unanswerable(moment);
  const { action } = move;
  const within = action.type !== "raise" || (raise !== null && action.to >= raise.least && action.to <= raise.most);
  if (raise === null || !within) return null;
  const toCall = legal(moment.betting, move.player)?.toCall ?? 0;
  return {
    rule: "P6 (nobody can answer)",
    moment,
    move: action.type === "raise" ? { ...move, action: { type: "call" } } : move,
    bounds: boundsOf({ toCall, raise }, unit),
  };
}

const BOUNDS = ["to_call", "can_raise", "min_to", "max_to"] as const;

/** The first option that differs from the source. */
function otherIn({ step, expects = {} }: ToldMove, got: Bounds): Difference | null {
  const field = BOUNDS.find((name) => expects[name] !== undefined && expects[name] !== got[name]);
  return field === undefined ? null : { step, field, expected: expects[field], got: got[field] ?? null };
}

function boundsOf({ toCall, raise }: Legal, unit: number): Bounds {
  const to_call = toCall / unit;
  if (raise === null) return { to_call, can_raise: false };
  return { to_call, can_raise: true, min_to: raise.least / unit, max_to: raise.most / unit };
}
