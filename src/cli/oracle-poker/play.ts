import type { Card } from "../../../rooms/poker/cards.ts";
import { moved, started, type Move, type Moment, type Start } from "../../../rooms/poker/course.ts";
import type { Rake } from "../../../rooms/poker/rake.ts";
import { legal, type Legal } from "../../../rooms/poker/street.ts";
import { ended } from "./ended.ts";
import { forcedCheck, pricedShort, reopened, unanswerable, type Rule } from "./rulings.ts";

/** A hand as somebody else tells it, and what of it is the same here. */

export type Told = {
  readonly start: Start;
  /** Null: not known, or not shown when it had to be. */
  readonly holes: readonly (readonly Card[] | null)[];
  readonly rake: Rake;
  readonly moves: readonly ToldMove[];
  /** Null: not told. */
  readonly final: readonly number[] | null;
  /** What each took out of the pots. Null: not told. */
  readonly winnings: readonly number[] | null;
  /** Whether it is told to its end. */
  readonly whole: boolean;
  /** Chips here to one unit there: amounts may be told in hundredths. */
  readonly unit: number;
};

export type ToldMove = Move & {
  /** Its place in what was told, from 1. */
  readonly step: number;
  readonly expects?: Expected;
};

/** What a player may do on their turn. */
export type Bounds = {
  readonly to_call: number;
  readonly can_raise: boolean;
  readonly min_to?: number;
  readonly max_to?: number;
};
type Expected = { readonly [Field in keyof Bounds]?: Bounds[Field] | undefined };

export type Difference = {
  /** The step where it shows; absent: at the end. */
  readonly step?: number;
  readonly field: string;
  readonly expected: unknown;
  readonly got: unknown;
};
/** A difference that is explained, nearly always by a rule book that is on our side: told, and no disagreement. The hand goes on as it was played. */
export type Ruling = Difference & { readonly rule: Rule };

export type Played = {
  /** Null: it did not get so far, or nobody who could win has shown cards. */
  readonly final: readonly number[] | null;
  readonly steps: readonly Bounds[];
  readonly ok: boolean;
  readonly difference?: Difference;
  readonly rulings?: readonly Ruling[];
};

/** As the books have it; where a blind was posted short, also as that engine prices it. [LA 150] */
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
  /** What that engine lets the player do. */
  readonly bounds: Bounds;
};

/** A raise that is not open here, and is there: how the hand goes on as it was played. Null: nothing explains it. */
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

/** The first bound that was told otherwise. */
function otherIn({ step, expects = {} }: ToldMove, got: Bounds): Difference | null {
  const field = BOUNDS.find((name) => expects[name] !== undefined && expects[name] !== got[name]);
  return field === undefined ? null : { step, field, expected: expects[field], got: got[field] ?? null };
}

function boundsOf({ toCall, raise }: Legal, unit: number): Bounds {
  const to_call = toCall / unit;
  if (raise === null) return { to_call, can_raise: false };
  return { to_call, can_raise: true, min_to: raise.least / unit, max_to: raise.most / unit };
}
