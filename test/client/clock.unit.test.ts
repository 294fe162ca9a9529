import { afterEach, describe, expect, test, vi } from "vitest";
import { Clock } from "../../src/client/clock.ts";

const START = 1_790_000_000_000;

function device(): { clock: Clock; pass: (ms: number) => void; sent: (late?: number) => number } {
  let monotone = 5_000;
  let server = START;
  return {
    clock: new Clock(() => monotone),
    pass: (ms) => {
      monotone += ms;
      server += ms;
    },
    sent: (late = 0) => server - late,
  };
}

afterEach(() => vi.useRealTimers());

describe("The server's clock as the page guesses it", () => {
  test("is the best of what the frames say, however late some are", () => {
    const { clock, pass, sent } = device();
    for (const late of [400, 30, 900, 80]) {
      clock.observe(sent(late));
      pass(250);
    }
    expect(sent() - clock.now()).toBe(30);
  });

  test("does not follow this device's date when that is set", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: START });
    const { clock, pass, sent } = device();
    clock.observe(sent(20));
    vi.setSystemTime(START + 86_400_000);
    pass(1_000);
    expect(sent() - clock.now()).toBe(20);
    vi.setSystemTime(START - 86_400_000);
    pass(1_000);
    expect(sent() - clock.now()).toBe(20);
  });

  test("makes up for a sleep of the device with the first frame after it", () => {
    const { clock, sent } = device();
    clock.observe(sent(20));
    const hour = 3_600_000;
    clock.observe(sent(20) + hour);
    expect(sent() + hour - clock.now()).toBe(20);
  });

  test("takes one late frame for late, and three in a row for a server's clock that was put back", () => {
    const { clock, sent } = device();
    clock.observe(sent(20));
    clock.observe(sent(60_000));
    expect(sent() - clock.now()).toBe(20);
    clock.observe(sent(60_010));
    clock.observe(sent(60_020));
    expect(sent() - clock.now()).toBe(60_000);
  });
});
