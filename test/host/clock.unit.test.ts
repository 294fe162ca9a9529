import { describe, expect, test } from "vitest";
import { JUMP_MS, RoomClock } from "../../rooms/host/clock.ts";

const HOUR = 3_600_000;

/** A room's clock over a host's that the test sets. */
function clock(at = 1_000_000_000): { room: RoomClock; host: { at: number } } {
  const host = { at };
  return { room: new RoomClock(() => host.at), host };
}

describe("A room's clock", () => {
  test("shows the host's time as long as nothing is wrong with that", () => {
    const { room, host } = clock();
    room.promised(true);
    for (const step of [0, 1, 250, 60_000]) {
      host.at += step;
      expect(room.now()).toBe(host.at);
    }
    expect(room.toWall(room.now())).toBe(host.at);
  });

  test("never goes back, and stands still for a small correction", () => {
    const { room, host } = clock();
    room.promised(true);
    const before = room.now();
    host.at -= JUMP_MS;
    expect(room.now()).toBe(before);
    host.at += JUMP_MS + 5;
    expect(room.now()).toBe(before + 5);
  });

  test("goes on from where it was when the host's jumps back, so that what was promised is kept", () => {
    const { room, host } = clock();
    room.promised(true);
    host.at += HOUR;
    const closes = room.now() + 10_000;
    host.at -= HOUR;
    const resumed = room.now();
    expect(closes - resumed).toBe(10_000);
    expect(room.toWall(closes)).toBe(host.at + 10_000);
    host.at += 10_000;
    expect(room.now()).toBe(closes);
    expect(room.fromWall(host.at)).toBe(closes);
  });

  test("takes the host's again when that jumps ahead a second time, past what it has shown", () => {
    const { room, host } = clock();
    room.promised(true);
    host.at += HOUR;
    room.now();
    host.at -= HOUR;
    room.now();
    host.at += 2 * HOUR;
    expect(room.now()).toBe(host.at);
    expect(room.toWall(room.now())).toBe(host.at);
  });

  test("does so too after a restart, which knows its last stamp alone", () => {
    const { room, host } = clock();
    room.seen(host.at + HOUR);
    room.promised(true);
    const resumed = room.now();
    expect(resumed).toBe(host.at + HOUR);
    host.at += 700;
    expect(room.now()).toBe(resumed + 700);
  });

  test("is the host's again, or waits for it, once nothing is promised", () => {
    const { room, host } = clock();
    room.promised(true);
    host.at += HOUR;
    const ahead = room.now();
    host.at -= HOUR;
    room.now();
    room.promised(false);
    host.at += 5_000;
    expect(room.now()).toBe(ahead);
    host.at += HOUR;
    expect(room.now()).toBe(host.at);
  });
});
