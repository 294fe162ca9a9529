import { expect, test, vi } from "vitest";
import { Random } from "../../kit/random.ts";
import { Walk } from "./walk.ts";

/** WALK_HANDS: how many in all; 100,000 is the long form. */
const { WALK_HANDS = "100000", WALK_SEED = "1" } = process.env;
const hands = Math.ceil(Number(WALK_HANDS) / 8);

vi.setConfig({ testTimeout: 60_000 + Number(WALK_HANDS) * 10 });

test.each([2, 3, 4, 5, 6, 7, 8, 9])(
  "[P1] [P10] [P11] %i seats, hands with people coming, posting, buying the button and going: button, blinds and order are right (LA 151-157, TR 85-87)",
  (seats) => {
    const straddle = seats % 3 === 0 ? "underTheGun" : seats % 3 === 1 ? "button" : "off";
    const walk = new Walk(new Random(Number(WALK_SEED) * 100 + seats), {
      seats,
      straddle,
      minPlayers: seats > 6 ? 3 : 2,
    });
    walk.hands(hands);
    const { straddled, ...seen } = walk.seen;
    expect([straddled > 0, seen.heads > 0]).toEqual([seats > 2 && straddle !== "off", true]);
    if (seats > 3) for (const [what, times] of Object.entries(seen)) expect([what, times > 0]).toEqual([what, true]);
  },
);
