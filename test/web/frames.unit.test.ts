import { expect, test } from "vitest";
import type { Ms, PlayerId } from "../../rooms/game.ts";
import type { EventsFrame, ServerFrame, Welcome } from "../../rooms/kernel/protocol.ts";
import { emptyTable } from "../../rooms/kernel/table.ts";
import { receive, type Folds, type Known } from "../../web/live/frames.ts";

type View = { readonly sum: number };
type Seat = { readonly mine: number };
type Add = { readonly type: "add"; readonly n: number };
type Frame = ServerFrame<View, Add, Seat, Add>;

const game: Folds<View, Add, Seat, Add> = {
  version: 3,
  deltas: {
    fold: (view, { n }) => ({ sum: view.sum + n }),
    foldSeat: (seat, { n }) => ({ mine: seat.mine + n }),
  },
};
const now = 1_795_212_549_024 as Ms;
const you = "p1" as PlayerId;

function welcome(part: Partial<Welcome<View, Seat>> = {}): Welcome<View, Seat> {
  const limits = { frameBytes: 8_192, chatChars: 280 };
  const known = { view: { sum: 10 }, seat: { mine: 1 }, table: emptyTable, purse: null, limits };
  return { type: "welcome", protocol: 1, room: "r:main", version: 3, you, epoch: "e", seq: 40, now, ...known, ...part };
}

const events = (from: number, seq: number, ...added: number[]): EventsFrame<Add> => ({
  type: "events",
  from,
  seq,
  now,
  events: added.map((n) => ({ type: "add", n })),
});

const own = (seq: number, n: number): Frame => ({ type: "own", seq, events: [{ type: "add", n }] });

function after(...frames: Frame[]): { known: Known<View, Seat> | null; effects: readonly string[] } {
  const { known, effects } = receive(game, null, frames);
  return { known, effects: effects.map(({ type }) => type) };
}

test("events fold in order, and what is already known is dropped", () => {
  const { known } = after(welcome(), events(41, 42, 5), events(41, 42, 5), events(43, 43, 2));
  expect(known).toMatchObject({ seq: 43, view: { sum: 17 } });
});

test("a frame that begins before the welcome and ends after it is folded: the steps before had nothing to show", () => {
  expect(after(welcome(), events(38, 41, 4)).known).toMatchObject({ seq: 41, view: { sum: 14 } });
});

test("a gap asks for everything anew and folds nothing", () => {
  const { known, effects } = after(welcome(), events(43, 44, 5));
  expect(known).toMatchObject({ seq: 40, view: { sum: 10 } });
  expect(effects).toContain("gap");
});

test("personal steps count by their own number, and a whole seat replaces it", () => {
  expect(after(welcome(), own(40, 9), own(41, 2), own(41, 2)).known?.seat).toEqual({ mine: 3 });
  expect(after(welcome(), own(45, 2), { type: "own", seq: 44, seat: { mine: 7 } }).known?.seat).toEqual({ mine: 7 });
});

test("the room's own steps go to the table, not to the game", () => {
  const step = { type: "room.chat", player: you, name: "Heron", text: "Good evening", at: now } as const;
  const { known } = after(welcome(), { type: "events", from: 41, seq: 41, now, events: [step] });
  expect(known?.table.chat).toHaveLength(1);
  expect(known?.view).toEqual({ sum: 10 });
});

test("an answer and the steps that it belongs to arrive as one state", () => {
  const { known, effects } = receive(game, receive(game, null, [welcome()]).known, [
    { type: "reply", id: "abcd:1", ok: true, seq: 41, at: now },
    { type: "own", seq: 41, events: [{ type: "add", n: 1 }] },
    { type: "purse", chips: 5, balance: 95 },
  ]);
  expect(known).toMatchObject({ seat: { mine: 2 }, purse: { chips: 5, balance: 95 } });
  expect(effects.find(({ type }) => type === "answer")).toMatchObject({ id: "abcd:1", answer: { ok: true } });
});

test("a page that is older than the game says so and believes nothing", () => {
  expect(after(welcome({ version: 4 }))).toEqual({ known: null, effects: ["outdated"] });
});
