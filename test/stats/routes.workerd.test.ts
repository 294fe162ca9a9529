import { SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { newPlayerId } from "../../src/api/auth/random.ts";
import { takeSettled } from "../../src/queue/settled.ts";
import type { Env } from "../../src/env.ts";
import { dayOf, weekOf } from "../../src/stats/index.ts";
import { toldBy } from "../../src/stats/rebuild.ts";
import { playerStub } from "../../src/objects/stubs.ts";
import { api, expectRefused, get, newGuest, ORIGIN, requestOf, type Answer, type Guest } from "../api/api.workerd.ts";
import { consume } from "../games/lottery/world.workerd.ts";
import { known, model, settled, type Line, type SettledEvent } from "./world.workerd.ts";

const HOUR = 3_600_000;
/** Midnight: what was then is of today, whenever the tests run. */
const TODAY = Math.floor(Date.now() / (24 * HOUR)) * 24 * HOUR;

let me: Guest;
let other: Guest;

beforeEach(async () => {
  await model().clear();
  [me, other] = await Promise.all([newGuest(), newGuest()]);
  await tell(me, other);
});

/** What their objects have to say is in the model at once; the queue says it again in a second. */
async function tell(...guests: readonly Guest[]): Promise<void> {
  for (const { id } of guests) {
    await consume("settled", await toldBy(env, id as PlayerId));
  }
}

const play = async (...events: readonly SettledEvent[]): Promise<void> => void (await consume("settled", events));
const line = ({ id }: Guest, staked: number, returned: number): Line => ({ player: id, staked, returned });

/** Twelve rounds of mine: at a wheel, ten won of which the last is the best; in the air, two lost. */
async function playTwelve(): Promise<void> {
  const wheel = Array.from({ length: 10 }, (_, i) => settled(i + 1, [line(me, 100, 150 + i)], { at: TODAY + i }));
  const air = [1, 2].map((round) => settled(round, [line(me, 50, 0)], { room: "crash:main", at: TODAY + 100 + round }));
  await play(...wheel, ...air);
}

const without = ({ status, body }: Answer): unknown => [status, { ...body.error, requestId: null }];

const named = async (...ids: string[]): Promise<unknown> => (await get(`/api/players?ids=${ids.join(",")}`)).body;

const encoded = (value: unknown): string => btoa(JSON.stringify(value)).replaceAll("=", "");

test("/api/players has the names of those who are asked for and may be seen, each once, and of nobody else", async () => {
  const [mine, theirs] = [me, other].map(({ id, username: name }) => ({ id, name }));
  const asked = [me.id, "nobody", newPlayerId(), other.id, me.id];
  expect(await named(...asked)).toEqual({ players: [mine, theirs] });
  await playerStub(env, me.id as PlayerId).setHidden(true);
  expect(await named(...asked)).toEqual({ players: [theirs] });
  expect(await named("")).toEqual({ players: [] });
  expectRefused(await get("/api/players"), 422, "invalid_request");
  expectRefused(await get(`/api/players?ids=${"x".repeat(421)}`), 422, "invalid_request");
});

describe("chips that are passed at a private table", () => {
  test("make nobody the first of a board: five guests are on none, and each has the hands in their own figures", async () => {
    const five = await Promise.all([1, 2, 3, 4].map(newGuest));
    await tell(...five);
    for (let round = 1; round <= 8; round += 1)
      await play(
        settled(round, [line(me, 2_000, 10_000), ...five.map((one) => line(one, 2_000, 0))], {
          room: "poker:5gq2friends00",
          at: TODAY,
        }),
      );
    await play(settled(1, [line(other, 100, 200)], { at: TODAY }));
    for (const board of ["profit", "wagered", "biggest-win", "balance"]) {
      const { body } = await get(`/api/leaderboards/${board}?period=all`);
      expect([board, body.lines.map((one: { player: { id: string } }) => one.player.id)]).toEqual([board, [other.id]]);
      const mine = await get(`/api/leaderboards/${board}?period=all&around=me`, { token: me.token });
      expect(mine.body.lines).toEqual([]);
    }
    const { body } = await get("/api/players/me/stats?period=all", { token: me.token });
    expect(body.total).toMatchObject({ rounds: 8, wagered: 16_000, returned: 80_000, won: 8 });
  });

  test("nor do guests stand on boards that others see, unless the house lets them", async () => {
    const strict: Env = { ...env, BOARDS_INCLUDE_GUESTS: "off" };
    const registered = known("reg1stered0player00", "heron");
    await model().clear();
    const told = await toldBy(env, me.id as PlayerId);
    const events = [
      registered,
      ...told,
      settled(1, [line(me, 100, 900), { player: "reg1stered0player00", staked: 100, returned: 0 }]),
    ];
    await takeSettled(
      strict,
      events.map((body, i) => ({ id: String(i), body })),
    );
    const { body } = await get("/api/leaderboards/profit?period=all");
    expect(body.lines.map((one: { player: { name: string } }) => one.player.name)).toEqual(["heron"]);
    expect(body.players).toBe(1);
  });
});

describe("/api/players/{id}/stats", () => {
  test("has the sums of all games and of each, and the streaks", async () => {
    await playTwelve();
    const { status, body } = await get("/api/players/me/stats?period=day", { token: me.token });
    expect(status).toBe(200);
    const roulette = { rounds: 10, wagered: 1_000, returned: 1_545, won: 10, biggestWin: 59 };
    const crash = { rounds: 2, wagered: 100, returned: 0, won: 0, biggestWin: 0 };
    expect(body).toEqual({
      player: { id: me.id, name: me.username },
      period: "day",
      total: { rounds: 12, wagered: 1_100, returned: 1_545, won: 10, biggestWin: 59 },
      games: { roulette, crash },
      streaks: { current: -2, longestWon: 10, longestLost: 2 },
      lag: { projectedAt: expect.any(Number), lagMs: expect.any(Number) },
      behind: false,
    });
    const crashes = await get("/api/players/me/stats?game=crash", { token: me.token });
    expect(crashes.body).toMatchObject({ period: "all", total: crash, games: { crash }, streaks: { longestWon: 0 } });
  });

  test("is there for everybody, by id, until the player hides: then it is as if there were none, but for themselves", async () => {
    await playTwelve();
    const path = `/api/players/${me.id}/stats`;
    const shown = await get(path);
    expect(shown.body.player).toEqual({ id: me.id, name: me.username });
    expect((await get(path, { token: other.token })).body).toEqual(shown.body);
    expectRefused(await get(`/api/players/${newPlayerId()}/stats`), 404, "unknown_player");
    await playerStub(env, me.id as PlayerId).setHidden(true);
    // At once: it is the player who is asked, not the read side.
    const gone = await get(path);
    expectRefused(gone, 404, "unknown_player");
    expect(without(gone)).toEqual(without(await get(`/api/players/${newPlayerId()}/stats`)));
    expectRefused(await get(path, { token: other.token }), 404, "unknown_player");
    for (const id of ["me", me.id])
      expect((await get(`/api/players/${id}/stats`, { token: me.token })).body.total.rounds).toBe(12);
  });

  test("of `me` is for who is signed in, and of what is no id there is none", async () => {
    expectRefused(await get("/api/players/me/stats"), 401, "unauthenticated");
    expectRefused(await get("/api/players/me/stats", { token: "x" }), 401, "unauthenticated");
    for (const id of ["x", "bot:1:2", "..%2Fme", "'; DROP TABLE result", "Z".repeat(5_000)])
      expectRefused(await get(`/api/players/${encodeURIComponent(id)}/stats`), 404, "unknown_player");
    for (const query of [
      "period=year",
      "game=chess",
      "after=x",
      "after=roulette:main/0",
      "after=roulette:main",
      "period=",
    ])
      expectRefused(await get(`/api/players/me/stats?${query}`, { token: me.token }), 422, "invalid_request");
  });

  test("[read your writes] `after` waits until the round is counted, and says so when it was not", async () => {
    const path = "/api/players/me/stats?after=roulette:main/1";
    const waiting = get(path, { token: me.token });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await play(settled(1, [line(me, 100, 200), line(other, 1, 0)]));
    expect((await waiting).body).toMatchObject({ behind: false, total: { rounds: 1 } });
    expect((await get(path, { token: me.token })).body.behind).toBe(false);
    const never = await get("/api/players/me/stats?after=roulette:main/2", { token: me.token });
    expect(never.body).toMatchObject({ behind: true, total: { rounds: 1 } });
    // Another's round is not mine: it is the player's own part that is waited for.
    await play(settled(9, [line(other, 1, 0)]));
    expect((await get(`/api/players/${other.id}/stats?after=roulette:main/9`)).body.behind).toBe(false);
  });

  test("[read your writes] a round that never comes is not waited for: it, its room or its game is unknown", async () => {
    const asked = async (name: string): Promise<Answer> =>
      get(`/api/players/me/stats?after=${name}`, { token: me.token });
    expectRefused(await asked("roulette:main/9999"), 404, "unknown_round");
    expectRefused(await asked("roulette:nowhere/1"), 404, "unknown_room");
    expectRefused(await asked("bingo:main/1"), 404, "unknown_room");
    expectRefused(await get("/api/players/me/history?after=bingo:main/1", { token: me.token }), 404, "unknown_room");
  });
});

describe("what is a player's own", () => {
  test.each(["days", "history", "history.csv"])(
    "%s: nobody else gets it, whether the player exists or not",
    async (what) => {
      expectRefused(await get(`/api/players/me/${what}`), 401, "unauthenticated");
      expectRefused(await get(`/api/players/${other.id}/${what}`), 401, "unauthenticated");
      for (const id of [other.id, newPlayerId(), "x"])
        expectRefused(await get(`/api/players/${id}/${what}`, { token: me.token }), 403, "not_yours");
      for (const id of ["me", me.id]) {
        const { status } = await SELF.fetch(requestOf("GET", `/api/players/${id}/${what}`, { token: me.token }));
        expect(status).toBe(200);
      }
      expectRefused(
        await api("POST", `/api/players/me/${what}`, { token: me.token, body: {} }),
        405,
        "method_not_allowed",
      );
    },
  );

  test("days: up to today, with the balance at the end of each, from the first day on", async () => {
    await play(
      settled(1, [line(me, 100, 0)], { at: TODAY - 2 * 24 * HOUR }),
      settled(2, [line(me, 100, 500)], { at: TODAY }),
    );
    const { body } = await get("/api/players/me/days?days=5", { token: me.token });
    expect(
      body.days.map((day: { day: string; balance: number; rounds: number }) => [day.day, day.balance, day.rounds]),
    ).toEqual([
      [dayOf(TODAY - 2 * 24 * HOUR), -100, 1], // the grant came today, as ever is known
      [dayOf(TODAY - 24 * HOUR), -100, 0],
      [dayOf(TODAY), 100_300, 1],
    ]);
    expect((await get("/api/players/me/days?days=1", { token: me.token })).body.days).toHaveLength(1);
    for (const query of ["days=0", "days=-1", "days=1000000000", "days=x"])
      expectRefused(await get(`/api/players/me/days?${query}`, { token: me.token }), 422, "invalid_request");
  });

  test("history: newest first, page by page without a gap, with the way to each proof", async () => {
    await playTwelve();
    const first = await get("/api/players/me/history?limit=5", { token: me.token });
    expect(first.body.bets[0]).toEqual({
      room: "crash:main",
      game: "crash",
      round: 2,
      at: TODAY + 102,
      staked: 50,
      returned: 0,
      net: -50,
      proof: "/rooms/crash/main/rounds/2",
      record: "/api/rooms/crash/main/rounds/2",
    });
    const rounds: string[] = [];
    let next: string | null = "";
    for (let pages = 0; next !== null && pages < 9; pages += 1) {
      const cursor: string = next === "" ? "" : `&cursor=${next}`;
      const { body } = await get(`/api/players/me/history?limit=5${cursor}`, { token: me.token });
      rounds.push(...body.bets.map(({ game, round }: { game: string; round: number }) => `${game} ${round}`));
      next = body.next;
    }
    const wheel = Array.from({ length: 10 }, (_, i) => `roulette ${10 - i}`);
    expect(rounds).toEqual(["crash 2", "crash 1", ...wheel]);
    const crashes = await get("/api/players/me/history?game=crash", { token: me.token });
    expect([crashes.body.bets.length, crashes.body.next]).toEqual([2, null]);
  });

  test("cursors that were made up and limits that are none are refused, and nothing of them is told", async () => {
    await playTwelve();
    const { body } = await get("/api/players/me/history?limit=5", { token: me.token });
    const wrong = [
      "x",
      "",
      "5",
      "null",
      `${body.next}A`,
      `${body.next}==`,
      body.next.slice(1),
      ...[
        [],
        {},
        [1, "roulette:main"],
        [1, "roulette:main", 0],
        [-1, "roulette:main", 1],
        [1, "x' OR 1", 1],
        [1.5, "a:b", 1],
      ].map(encoded),
      encoded([1, "roulette:main", 1, 1]),
      btoa('[1, "roulette:main", 1]').replaceAll("=", ""),
    ];
    for (const cursor of wrong)
      expectRefused(
        await get(`/api/players/me/history?cursor=${encodeURIComponent(cursor)}`, { token: me.token }),
        422,
        "invalid_request",
      );
    for (const limit of ["0", "-1", "201", "1000000000", "1.5", "x"])
      expectRefused(await get(`/api/players/me/history?limit=${limit}`, { token: me.token }), 422, "invalid_request");
    // One's cursor shows another nothing of it.
    const theirs = await get(`/api/players/me/history?cursor=${body.next}`, { token: other.token });
    expect(theirs.body.bets).toEqual([]);
  });

  test("history.csv: all of it, however many pages that are", async () => {
    const rounds = Array.from({ length: 2_345 }, (_, i) => settled(i + 1, [line(me, 100, i)], { at: TODAY + i }));
    for (let from = 0; from < rounds.length; from += 500) await play(...rounds.slice(from, from + 500));
    const response = await SELF.fetch(requestOf("GET", "/api/players/me/history.csv", { token: me.token }));
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="croupier-bets.csv"');
    const lines = (await response.text()).split("\r\n");
    expect(lines[0]).toBe("at,game,room,round,staked,returned,net,proof");
    const newest = new Date(TODAY + 2_344).toISOString();
    expect(lines[1]).toBe(
      `${newest},roulette,roulette:main,2345,100,2344,2244,${ORIGIN}/rooms/roulette/main/rounds/2345`,
    );
    expect([lines.length, lines.at(-1)]).toEqual([2_345 + 2, ""]);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test("/api/balance/entries.csv: the whole statement", async () => {
    expectRefused(await get("/api/balance/entries.csv"), 401, "unauthenticated");
    await api("POST", "/api/balance/faucet", { token: me.token });
    const response = await SELF.fetch(requestOf("GET", "/api/balance/entries.csv", { token: me.token }));
    const text = await response.text();
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="croupier-statement.csv"');
    expect(text.replaceAll(/\d{4}-[\dT:.-]+Z/g, "AT")).toBe(
      "n,at,kind,amount,balance,room,transfer\r\n2,AT,faucet,10000,110000,,\r\n1,AT,grant,100000,100000,,\r\n",
    );
  });
});

test("a store that does not answer is told as that, and why is told to nobody", async () => {
  const prototype = Object.getPrototypeOf(env.READ_MODEL) as { batch: () => unknown; prepare: () => unknown };
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  for (const method of ["batch", "prepare"] as const)
    vi.spyOn(prototype, method).mockImplementation(() => {
      throw new Error("D1_ERROR: no such table: secrets");
    });
  const paths = ["players/me/stats", "players/me/days", "players/me/history", "leaderboards/profit"];
  const answers = await Promise.all(
    [...paths, ...paths.map((path) => `${path}?after=roulette:main/1`)].map(async (path) =>
      get(`/api/${path}`, { token: me.token }),
    ),
  );
  vi.restoreAllMocks();
  for (const answer of answers) {
    expectRefused(answer, 503, "model_unavailable");
    expect(JSON.stringify(answer.body)).not.toContain("secrets");
  }
  expect(logged).toHaveBeenCalled();
});

describe("/api/leaderboards/{board}", () => {
  type Shown = { readonly rank: number; readonly player: { readonly id: string }; readonly value: number };
  const ranks = (answer: Answer): [number, string, number][] =>
    answer.body.lines.map(({ rank, player, value }: Shown) => [rank, player.id, value]);

  test.each([
    ["profit", 400, -100],
    ["wagered", 100, 100],
    ["biggest-win", 400, 0],
    ["balance", 100_400, 99_900],
  ] as const)("%s, of the day, the week and all time", async (board, first, second) => {
    await play(settled(1, [line(me, 100, 500), line(other, 100, 0)], { at: TODAY }));
    const spans = { day: dayOf(Date.now()), week: weekOf(Date.now()), all: "all" };
    for (const period of ["day", "week", "all"] as const) {
      const { status, body } = await get(`/api/leaderboards/${board}?period=${period}`);
      expect([status, body.board, body.period, body.span, body.players]).toEqual([
        200,
        board,
        period,
        spans[period],
        2,
      ]);
      const values = body.lines.map(({ value }: Shown) => value);
      expect(values).toEqual([first, second]);
      expect(body.lines[0].player.name).toBe([me, other].find(({ id }) => id === body.lines[0].player.id)?.username);
    }
  });

  test("around me: rank 2 sees rank 1; equal values have equal ranks", async () => {
    const [third, last] = await Promise.all([newGuest(), newGuest()]);
    await tell(third, last);
    await play(settled(1, [line(other, 500, 0), line(me, 300, 0), line(third, 300, 0), line(last, 100, 0)]));
    const around = await get("/api/leaderboards/wagered?around=me&limit=3", { token: me.token });
    // Equals stand by their ids, and those are random.
    const mine = [2, me.id, 300];
    const theirs = [2, third.id, 300];
    expect(ranks(around)).toEqual(
      me.id < third.id ? [[1, other.id, 500], mine, theirs] : [theirs, mine, [4, last.id, 100]],
    );
    const second = [me, third].toSorted((a, b) => (a.id < b.id ? -1 : 1))[0]?.id;
    expect(ranks(await get(`/api/leaderboards/wagered?around=${second}&limit=2`))[0]).toEqual([1, other.id, 500]);
    expect(ranks(await get(`/api/leaderboards/wagered?around=${last.id}&limit=1`))).toEqual([[4, last.id, 100]]);
    expectRefused(await get("/api/leaderboards/wagered?around=me"), 401, "unauthenticated");
    const absent = await newGuest();
    expect(ranks(await get("/api/leaderboards/wagered?around=me", { token: absent.token }))).toEqual([]);
  });

  test("who hides is on no board but their own, and cannot be found around", async () => {
    await play(settled(1, [line(other, 100, 0), line(me, 300, 0)]));
    await playerStub(env, me.id as PlayerId).setHidden(true);
    await tell(me);
    const board = "/api/leaderboards/wagered";
    expect(ranks(await get(board))).toEqual([[1, other.id, 100]]);
    expect(ranks(await get(board, { token: me.token }))).toEqual([[1, other.id, 100]]);
    const own = await get(`${board}?around=me`, { token: me.token });
    expect(ranks(own)).toEqual([
      [1, me.id, 300],
      [2, other.id, 100],
    ]);
    expect(own.body.players).toBe(1);
    expectRefused(await get(`${board}?around=${me.id}`), 404, "unknown_player");
    expectRefused(await get(`${board}?around=${me.id}`, { token: other.token }), 404, "unknown_player");
    expectRefused(await get(`${board}?around=${newPlayerId()}`), 404, "unknown_player");
  });

  test("boards that are none, limits that are none", async () => {
    for (const board of ["richest", "Profit", "biggest_win", "x' OR 1", "__proto__", "constructor"])
      expectRefused(await get(`/api/leaderboards/${encodeURIComponent(board)}`), 404, "unknown_board");
    for (const query of [
      "limit=0",
      "limit=101",
      "limit=1000000000",
      "limit=x",
      "period=year",
      `around=${"x".repeat(65)}`,
      "after=1",
    ])
      expectRefused(await get(`/api/leaderboards/profit?${query}`), 422, "invalid_request");
    expectRefused(await get("/api/leaderboards"), 404, "not_found");
  });

  test("[read your writes] `after` is of who asks, and of nobody else", async () => {
    const path = "/api/leaderboards/wagered?after=roulette:main/1";
    expect((await get(path)).body.behind).toBe(false);
    await play(settled(1, [line(me, 100, 0)]));
    expect((await get(path, { token: me.token })).body.behind).toBe(false);
    expect((await get(path, { token: other.token })).body.behind).toBe(true);
  });
});
