import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { NameBook } from "../../web/api/name-book.ts";

const id = (n: number): string => String(n).padStart(20, "0");
const all = (n: number): string[] => Array.from({ length: n }, (_, i) => id(i));
const named = (ids: readonly string[]) => ids.map((one) => ({ id: one, name: `name of ${Number(one)}` }));

describe("The names of players who are not here", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("are asked for once, all that are shown together in one request, and whoever shows them hears of it", async () => {
    const ask = vi.fn(async (ids: readonly string[]) => named(ids));
    const book = new NameBook(ask);
    const heard = vi.fn();
    book.subscribe(heard);
    const before = book.version();
    for (const one of [id(1), id(2), id(1)]) expect(book.nameOf(one)).toBe(null);
    await vi.runAllTimersAsync();
    expect(ask.mock.calls).toEqual([[[id(1), id(2)]]]);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(book.version()).not.toBe(before);
    expect([book.nameOf(id(1)), book.nameOf(id(2))]).toEqual(["name of 1", "name of 2"]);
    await vi.runAllTimersAsync();
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test("of more players than a request takes come by several", async () => {
    const ask = vi.fn(async (ids: readonly string[]) => named(ids));
    const book = new NameBook(ask);
    all(45).forEach((one) => book.nameOf(one));
    await vi.runAllTimersAsync();
    expect(ask.mock.calls.map(([ids]) => ids.length)).toEqual([20, 20, 5]);
    expect(book.nameOf(id(44))).toBe("name of 44");
  });

  test("that the house does not give are not asked for again, and what is no id never is", async () => {
    const ask = vi.fn(async () => []);
    const book = new NameBook(ask);
    for (const one of [id(1), "bot:1:2", "", "a,b", `${id(1)}0`]) book.nameOf(one);
    await vi.runAllTimersAsync();
    expect(book.nameOf(id(1))).toBe(null);
    await vi.runAllTimersAsync();
    expect(ask.mock.calls).toEqual([[[id(1)]]]);
  });

  test("that could not be asked for are asked for again by whoever still shows them", async () => {
    const ask = vi.fn(async (ids: readonly string[]) => named(ids)).mockRejectedValueOnce(new Error("the line broke"));
    const book = new NameBook(ask);
    book.subscribe(() => void book.nameOf(id(1)));
    expect(book.nameOf(id(1))).toBe(null);
    await vi.runAllTimersAsync();
    expect(ask).toHaveBeenCalledTimes(2);
    expect(book.nameOf(id(1))).toBe("name of 1");
  });
});
