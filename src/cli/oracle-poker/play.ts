import type { Card } from "../../../rooms/poker/cards.ts";
import { moved, over, settled, started, type Move, type Moment, type Start } from "../../../rooms/poker/course.ts";
import type { Rake } from "../../../rooms/poker/rake.ts";
import { legal, type Legal } from "../../../rooms/poker/street.ts";
import { allInsAfter, forcedCheck, mergedPots, reopened, type Rule } from "./rulings.ts";

/** A hand as somebody else tells it, and what of it is the same here. */

export type Told = {
  readonly start: Start;
  /** Null: not known, or not shown when it had to be. */
  readonly holes: readonly (readonly Card[] | null)[];
  readonly rake: Rake;
  readonly moves: readonly ToldMove[];
  /** Null: not told. */
  readonly final: readonly number[] | null;
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
/** A difference in which a rule book is on our side: told, and no disagreement. The hand goes on as it was played. */
export type Ruling = Difference & { readonly rule: Rule };

export type Played = {
  /** Null: it did not get so far, or nobody who could win has shown cards. */
  readonly final: readonly number[] | null;
  readonly steps: readonly Bounds[];
  readonly ok: boolean;
  readonly difference?: Difference;
  readonly rulings?: readonly Ruling[];
};

export function played(told: Told): Played {
  const steps: Bounds[] = [];
  const rulings: Ruling[] = [];
  const result = (rest: Pick<Played, "final" | "ok" | "difference">): Played => {
    const { final, ...more } = rest;
    return { final, steps, ...more, ...(rulings.length === 0 ? {} : { rulings }) };
  };
  const differs = (difference: Difference): Played => result({ final: null, ok: false, difference });
  let moment = started(told.start);
  let allIns = 0;
  for (const move of told.moves) {
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
      const open = raises && may.raise === null ? reopened(moment, allIns) : null;
      if (open !== null) {
        rulings.push({ step, field: "can_raise", expected: true, got: false, rule: open.rule });
        moment = open.moment;
      }
      const theirs = open === null ? bounds : boundsOf(legal(moment.betting, turn) ?? may, told.unit);
      const other = otherIn(move, theirs);
      if (other !== null) return differs(other);
    }
    const next = moved(moment, move);
    if ("fault" in next) return differs({ step, field: move.type, expected: "a legal move", got: next.fault });
    allIns = allInsAfter(allIns, moment, move);
    moment = next;
  }
  return result(ended(told, moment, rulings));
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

type Ended = Pick<Played, "final" | "ok" | "difference">;

function ended(told: Told, moment: Moment, rulings: Ruling[]): Ended {
  const { unit, final: expected } = told;
  const { betting } = moment;
  const units = (chips: readonly number[]): number[] => chips.map((n) => n / unit);
  if (!over(moment)) {
    const got = betting.turn === null ? "cards are due" : `player ${betting.turn + 1} is to act`;
    if (told.whole) return { final: null, ok: false, difference: { field: "end", expected: "the hand is over", got } };
    return compared(units(betting.stakes.map(({ stack }) => stack)), expected);
  }
  const { stacks, awards, rake } = settled(moment, told.holes, told.rake);
  const contested = betting.stakes.filter(({ folded }) => !folded).length > 1;
  const unknown = awards.some(({ wins }) => wins.some(({ player }) => told.holes[player] == null));
  // Somebody who did not show may be the winner.
  if (contested && unknown) return { final: null, ok: true };
  const [before, after] = [sum(told.start.stacks), sum(stacks) + rake];
  const final = units(stacks);
  if (before !== after)
    return { final, ok: false, difference: { field: "chips", expected: before / unit, got: after / unit } };
  const result = compared(final, expected);
  if (result.ok || expected === null) return result;
  if (compared(units(mergedPots(stacks, awards)), expected).ok) {
    rulings.push({ field: "final", expected, got: final, rule: "P8 (TR 73-74, LA 148-149)" });
    return { final, ok: true };
  }
  return result;
}

function compared(final: readonly number[], expected: readonly number[] | null): Ended {
  const same = expected === null || expected.every((chips, i) => chips === final[i]);
  return same ? { final, ok: true } : { final, ok: false, difference: { field: "final", expected, got: final } };
}

const sum = (chips: readonly number[]): number => chips.reduce((total, n) => total + n, 0);
