import { describe, expect, test } from "vitest";
import type { RoomLine } from "../../web/api/shapes.ts";
import { bestRoom, isQuickSeat, QUICK_SEAT } from "../../web/lobby/quick-seat.ts";

type Parts = Partial<Omit<RoomLine, "summary">> & { readonly summary?: Partial<RoomLine["summary"]> };

const room = (id: string, { summary = {}, ...rest }: Parts = {}): RoomLine => ({
  game: "roulette",
  id,
  private: false,
  online: 0,
  status: "running",
  ...rest,
  summary: { phase: "waiting", players: 0, minStake: 1, maxStake: 100, note: null, ...summary },
});
const poker = (id: string, seats: number, taken: number, more: Parts = {}): RoomLine =>
  room(id, { game: "poker", ...more, summary: { players: taken, ...more.summary, note: { seats, taken } } });
const idOf = (...of: Parameters<typeof bestRoom>): string | null => bestRoom(...of)?.id ?? null;

describe("the quick seat (6.3)", () => {
  test("is where most people play, of the chosen game", () => {
    const rooms = [
      room("quiet"),
      room("busy", { summary: { players: 3 } }),
      room("busier", { game: "crash", summary: { players: 9 } }),
    ];
    expect(idOf(rooms, "roulette", 1_000)).toBe("busy");
    expect(idOf(rooms, "crash", 1_000)).toBe("busier");
    expect(idOf(rooms, null, 1_000)).toBe("busier");
    expect(idOf(rooms, "poker", 1_000)).toBeNull();
  });

  test("of equals it is where more are looking on, then the one listed first", () => {
    expect(idOf([room("a"), room("b", { online: 2 }), room("c", { online: 2 })], null, 1_000)).toBe("b");
    expect(idOf([room("a"), room("b")], null, 1_000)).toBe("a");
  });

  test("is never at a full table, or one that rests", () => {
    expect(idOf([poker("full", 6, 6), poker("free", 6, 1)], "poker", 10_000)).toBe("free");
    expect(idOf([poker("full", 2, 2)], "poker", 10_000)).toBeNull();
    expect(idOf([room("rests", { status: "paused" }), room("broken", { status: "faulted" })], null, 10_000)).toBeNull();
  });

  test("is also at a table that house players fill, for they make room for people; but sooner where a seat is free", () => {
    const filled = poker("filled", 6, 6, { online: 9, summary: { players: 5 } });
    expect(idOf([filled], "poker", 10_000)).toBe("filled");
    expect(idOf([filled, poker("free", 6, 1)], "poker", 10_000)).toBe("free");
  });

  test("is nowhere that the balance is too small for", () => {
    const rooms = [
      room("high", { summary: { minStake: 2_000, players: 5 } }),
      room("low", { summary: { minStake: 10 } }),
    ];
    expect(idOf(rooms, null, 2_000)).toBe("high");
    expect(idOf(rooms, null, 1_999)).toBe("low");
    expect(idOf(rooms, null, 9)).toBeNull();
    expect(idOf(rooms, null, null)).toBe("high");
  });

  test("is told to the table by the way there, and by nothing else", () => {
    expect(isQuickSeat(QUICK_SEAT)).toBe(true);
    for (const other of [null, undefined, "quick", {}, { seat: 3 }]) expect(isQuickSeat(other)).toBe(false);
  });
});
