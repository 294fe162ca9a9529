import { expect, test } from "vitest";
import type { Ms } from "../../rooms/game.ts";
import { wheelOrder, type Wheel } from "../../rooms/roulette/wheel.ts";
import { hasLanded, poseAt, stillPose, type Pose, type Spin } from "../../web/roulette/wheel/motion.ts";

const WHEELS: readonly Wheel[] = ["european", "french", "american"];
const AT = 1_795_212_549_024;
const TURN = Math.PI * 2;

function spin(result: string, lengthMs: number, at = AT): Spin {
  return { name: "spinning", result, spunAt: at as Ms, settleAt: (at + lengthMs) as Ms };
}

/** Where the ball is as the rotor sees it: the pocket that it is over, as a fraction of the order. */
function pocketUnder({ rotor, ball }: Pose, pockets: number): number {
  if (ball === null) throw new Error("there is no ball");
  const turns = (ball.angle - rotor) / TURN;
  return (((turns % 1) + 1) % 1) * pockets;
}

const near = (a: number, b: number, pockets: number): boolean => {
  const gap = Math.abs(a - b) % pockets;
  return Math.min(gap, pockets - gap) < 1e-6;
};

test("the ball comes to rest in the pocket that was drawn, on every wheel and in spins of every length", () => {
  for (const wheel of WHEELS) {
    const order = wheelOrder(wheel);
    order.forEach((pocket, i) => {
      for (const length of [100, 900, 6_000, 60_000]) {
        const phase = spin(pocket, length, AT + i * 7_919);
        for (const at of [phase.settleAt, phase.spunAt + length * 0.93]) {
          expect(near(pocketUnder(poseAt(phase, order, at, null), order.length), i, order.length)).toBe(true);
        }
      }
    });
  }
});

test("a spin adds whole turns, so that the wheel goes on from where it would have been", () => {
  const order = wheelOrder("european");
  for (const length of [900, 6_000, 11_000]) {
    const turns = poseAt(spin("17", length), order, AT + length, null).rotor / TURN;
    expect(Math.abs(turns - Math.round(turns))).toBeLessThan(1e-9);
  }
});

test("nothing jumps: from one millisecond to the next, ball and rotor move by less than a pocket", () => {
  const order = wheelOrder("european");
  for (let round = 0; round < 40; round++) {
    const phase = spin(order[round % order.length] ?? "0", 6_000, AT + round * 104_729);
    let before = poseAt(phase, order, phase.spunAt, null);
    for (let t = 1; t <= 6_000; t++) {
      const pose = poseAt(phase, order, phase.spunAt + t, null);
      const step = pocketUnder(pose, order.length) - pocketUnder(before, order.length);
      const wrapped = Math.abs(step - order.length * Math.round(step / order.length));
      expect(wrapped).toBeLessThan(1);
      expect(Math.abs((pose.ball?.radius ?? 0) - (before.ball?.radius ?? 0))).toBeLessThan(0.02);
      before = pose;
    }
  }
});

test("the number is told only once the ball rests", () => {
  const phase = spin("32", 6_000);
  expect(hasLanded(phase, phase.spunAt + 5_000)).toBe(false);
  expect(hasLanded(phase, phase.settleAt)).toBe(true);
});

test("without motion the pocket lies on top", () => {
  const order = wheelOrder("american");
  const { rotor, ball } = stillPose(order, "00");
  expect(near(((ball?.angle ?? 1) / TURN) * order.length, 0, order.length)).toBe(true);
  expect(near(pocketUnder({ rotor, ball }, order.length), order.indexOf("00"), order.length)).toBe(true);
});
