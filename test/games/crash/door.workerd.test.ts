import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BUST_LABEL, drawBust } from "../../../rooms/crash/bust.ts";
import { drawFromProof, drawStream } from "../../../rooms/fair/draw.ts";
import { CLOSE } from "../../../rooms/kernel/protocol.ts";
import { expectRefused, get, newGuest, post } from "../../api/api.workerd.ts";
import {
  between,
  board,
  flightOf,
  flyTo,
  listedLobby,
  newGuestPilot,
  newPilot,
  pageOf,
  recordOf,
  wordFor,
  type Pilot,
} from "./client.workerd.ts";
import { expectNo, expectYes } from "../../host/room-line.workerd.ts";
import { expectConserved } from "../../host/room-oracle.workerd.ts";
import {
  dump,
  eventually,
  heard,
  fire,
  holdClock,
  letClockGo,
  newRoom,
  onDisk,
  pass,
  roomOf,
} from "../../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

type Command = { readonly type: string; readonly [key: string]: unknown };

const bet = (more: object): Command => ({ type: "bet", amount: 10, ...more });
const cashout = (id?: unknown): Command => ({ type: "cashout", ...(id === undefined ? {} : { bet: id }) });

/** Every one refused by its code, and not a byte on the disk changed by any. */
async function expectAllRefused(room: string, { flyer }: Pilot, bad: readonly (readonly [Command, string])[]) {
  const disk = await dump(room);
  const before = [flyer.view, flyer.seat, flyer.purse];
  const got: unknown[] = [];
  for (const [command] of bad) {
    const reply = await flyer.ask(command);
    got.push([command, reply.ok ? "ok" : reply.code]);
    pass(100); // within the rate
  }
  expect(got).toEqual(bad);
  expect([flyer.view, flyer.seat, flyer.purse]).toEqual(before);
  expect(await dump(room)).toBe(disk);
}

describe("a command that is none, or not now, gets a code of its own and changes nothing", () => {
  test("[C4] [C7] [C8] a bet", async () => {
    const room = await newRoom({ minStake: 5, maxStake: 1_000, maxProfit: 1_500, minForceX100: 200 }, "crash");
    const anna = await newPilot(room);
    expectYes(await anna.flyer.bet(1_000));
    await anna.flyer.phase("betting");
    await anna.flyer.until(() => anna.flyer.seat?.bets.length === 1, "the bet");
    await expectAllRefused(room, anna, [
      [bet({ autoCashout: 1 }), "target_too_low"],
      [bet({ autoCashout: 0 }), "target_too_low"],
      [bet({ autoCashout: -2 }), "target_too_low"],
      [bet({ autoCashout: Number.NaN }), "target_not_a_number"], // null on the wire
      [bet({ autoCashout: Number.POSITIVE_INFINITY }), "target_not_a_number"],
      [bet({ autoCashout: 1.001 }), "target_not_hundredths"],
      [bet({ autoCashout: 2.345 }), "target_not_hundredths"],
      [bet({ autoCashout: 1_000_000.01 }), "target_too_high"],
      [bet({ autoCashout: "2" }), "invalid_command"],
      [bet({ amount: 4 }), "below_minimum"],
      [bet({ amount: 1_001 }), "above_maximum"],
      [bet({ amount: 600 }), "above_table_maximum"],
      ...[0, -5, 1.5, 2 ** 53, "10", null, true, [10]].map((amount) => [bet({ amount }), "invalid_amount"] as const),
      [{ type: "bet" }, "invalid_amount"],
      [{ type: "fly" }, "unknown_command"],
      [{ type: "launched", bustX100: 100 }, "unknown_command"],
      [{ type: "deadline", name: "end" }, "unknown_command"],
    ]);
    expectYes(await anna.flyer.bet(500, { autoCashout: 1.5 }));
    await anna.flyer.until(() => anna.flyer.seat?.bets.length === 2, "the second bet");
    await expectAllRefused(room, anna, [
      [bet({}), "too_many_bets"],
      [{ type: "strategy", amount: 10, autoCashout: 2 }, "too_many_bets"],
      [{ type: "strategy", amount: 10, autoCashout: 2, onWin: 1.001 }, "invalid_factor"],
      [{ type: "strategy", amount: 10, autoCashout: 2, onLoss: 101 }, "invalid_factor"],
      [{ type: "strategy", amount: 10, autoCashout: 2, rounds: 0 }, "invalid_command"],
      [{ type: "strategy", amount: 10 }, "invalid_command"],
    ]);
    await expectConserved();
  });

  test("[C5] a cash-out with no bet, of another's, before the start, twice, and after the crash", async () => {
    const room = await newRoom({}, "crash");
    const [anna, bert] = [await newPilot(room), await newPilot(room)];
    await anna.flyer.received();
    await expectAllRefused(room, anna, [
      [cashout(), "no_bet"],
      [cashout(1), "no_bet"],
      [cashout("1"), "invalid_command"],
      [{ type: "cancel", bet: 1 }, "no_bet"],
      [{ type: "cancel" }, "invalid_command"],
    ]);
    expectYes(await anna.flyer.bet(100, { entropy: await wordFor(room, anna.id, between(200, 400)) }));
    expectYes(await anna.flyer.bet(50));
    expectYes(await bert.flyer.bet(70));
    await bert.flyer.until(() => bert.flyer.view?.board.bets === 3, "the bets");
    await anna.flyer.until(() => anna.flyer.view?.board.bets === 3, "the bets");
    await expectAllRefused(room, anna, [
      [cashout(1), "not_started"],
      [cashout(3), "not_your_bet"],
      [{ type: "cancel", bet: 3 }, "not_your_bet"],
    ]);
    await flyTo(room, "running", [anna.flyer, bert.flyer]);
    pass(1_000);
    expectNo(await anna.flyer.cashout(), "which_bet");
    expectYes(await anna.flyer.cashout(1));
    await anna.flyer.until(() => anna.flyer.seat?.bets[0]?.out !== null, "the pay-out");
    await expectAllRefused(room, anna, [
      [cashout(1), "already_cashed_out"],
      [cashout(3), "not_your_bet"],
      [cashout(99), "no_bet"],
      [{ type: "cancel", bet: 2 }, "flight_started"],
    ]);
    const { endAt } = await flightOf(room);
    pass(endAt - Date.now());
    expectNo(await anna.flyer.cashout(2), "already_crashed");
    await anna.flyer.phase("crashed");
    await anna.flyer.until(() => anna.flyer.seat?.last?.round === 1, "the result");
    await eventually(async () => {
      await heard(room);
      expect(await dump(room)).toMatch(/,\[\]\]$/); // the outbox has been sent
    });
    await expectAllRefused(room, anna, [
      [cashout(1), "already_cashed_out"],
      [cashout(2), "already_crashed"],
      [cashout(3), "not_your_bet"],
    ]);
    expect((await recordOf(room, 1)).outcome.bets.map(({ out }) => out !== null)).toEqual([true, false, false]);
    await expectConserved();
  });

  test("a cash-out that is sent again under its id gets the very same answer, whenever it comes", async () => {
    const room = await newRoom({}, "crash");
    const anna = await newPilot(room);
    expectYes(await anna.flyer.bet(100, { entropy: await wordFor(room, anna.id, between(300, 900)) }));
    await flyTo(room, "running", [anna.flyer]);
    pass(2_000);
    const command = { type: "cashout", id: "mine:1" };
    const first = await anna.flyer.ask(command);
    expectYes(first);
    pass(500);
    expect(await anna.flyer.ask(command)).toEqual(first);
    await flyTo(room, "crashed", [anna.flyer]);
    expect(await anna.flyer.ask(command)).toEqual(first);
    const again = await board(room, anna);
    expect(await again.ask(command)).toEqual(first);
    await expectConserved();
  });
});

describe("the players' words for the draw", () => {
  test("of 10 KB, of none, and of half a character are refused by their codes, and change nothing", async () => {
    const room = await newRoom({}, "crash");
    const [anna, bert] = [await newPilot(room), await newPilot(room)];
    await anna.flyer.until(() => anna.flyer.table?.online === 2, "both");
    const words = ["", "x".repeat(65), "x".repeat(8_000), 5, null, ["a"], { a: 1 }];
    await expectAllRefused(room, anna, [
      ...words.map((entropy) => [{ type: "bet", amount: 1, entropy }, "invalid_entropy"] as const),
      ...words.map((value) => [{ type: "entropy", value }, "invalid_entropy"] as const),
    ]);
    const { round } = await onDisk(room);
    // JSON text, as no JSON library would write it: half a surrogate pair has no bytes.
    anna.flyer.raw('{"id":"half:1","type":"bet","amount":1,"entropy":"\\ud83d"}');
    expectNo(await anna.flyer.reply("half:1"), "invalid_entropy");
    bert.flyer.send({ type: "bet", amount: 1, entropy: "x".repeat(10_240) });
    expect(await bert.flyer.closed()).toBe(CLOSE.tooBig);
    expect(bert.flyer.replies).toMatchObject([{ id: null, code: "frame_too_big" }]);
    await anna.flyer.until(() => anna.flyer.table?.online === 1, "the parting");
    expect((await onDisk(room)).round).toEqual(round);
    expect(await roomOf(room).holdings(bert.id)).toMatchObject({ purse: 0, held: 0 });
    expect(anna.flyer.view?.phase.name).toBe("waiting");
  });

  test("with separators in them are what was said, and no others draw the same", async () => {
    const room = await newRoom({}, "crash");
    const [anna, bert] = [await newPilot(room), await newPilot(room)];
    const first = 'a,b"|:\u0000\n';
    expectYes(await anna.flyer.bet(10, { entropy: first }));
    const second = await wordFor(room, bert.id, between(150, 900), "\u001f\u001e//é🎲");
    const said = [first, second];
    expectYes(await bert.flyer.bet(10, { entropy: second }));
    expectNo(await bert.flyer.ask({ type: "entropy", value: "more" }), "entropy_given");
    await flyTo(room, "running", [anna.flyer, bert.flyer]);
    const late = await newPilot(room);
    expectNo(await late.flyer.ask({ type: "entropy", value: "too late" }), "entropy_frozen");
    await flyTo(room, "crashed", [anna.flyer, bert.flyer]);
    const { proof, outcome } = await recordOf(room, 1);
    const players = [anna.id, bert.id] as const;
    expect(proof.entropy).toEqual(players.map((player, i) => ({ player, value: said[i] })));
    expect(drawBust(drawFromProof(proof, BUST_LABEL))).toBe(outcome.bustX100);
    const bits = (entropy: typeof proof.entropy): number =>
      drawStream(proof.seed, room, 1, entropy, BUST_LABEL).bits52();
    const others = [
      [first + second[0], second.slice(1)],
      [first.slice(0, -1), first.at(-1) + second],
      [second, first],
      [first, ""],
    ].map(([a = "", b = ""]) =>
      bits([
        { player: anna.id, value: a },
        { player: bert.id, value: b },
      ]),
    );
    const swallowed = bits([{ player: anna.id, value: `${first}${bert.id}${second}` }]);
    expect(new Set([bits(proof.entropy), ...others, swallowed]).size).toBe(6);
    await expectConserved();
  });
});

describe("REST about crash", () => {
  test("[C1] lists the lobby that always exists, and describes it to anybody", async () => {
    const { body } = await get("/api/rooms?game=crash");
    expect(body.rooms[0]).toMatchObject({
      game: "crash",
      id: "main",
      online: 0,
      summary: { phase: "waiting", round: 1, minStake: 1, maxStake: 50_000 },
    });
    const main = await get("/api/rooms/crash/main");
    expect(main.status).toBe(200);
    expect(main.body).toMatchObject({
      game: "crash",
      id: "main",
      config: { bettingMs: 7_000, pauseMs: 4_000, maxX100: 100_000_000 },
      view: { round: 1, phase: { name: "waiting" }, board: { bets: 0 }, history: [] },
    });
    expect((await get("/api/rooms/crash/main/rounds")).body).toEqual({ rounds: [], next: null });
    expectRefused(await get("/api/rooms/crash/main/rounds/1"), 404, "unknown_round");
  });

  test("takes a lobby's settings, and refuses bad ones by their field", async () => {
    const { token } = await newGuest();
    const make = async (config: unknown) => post("/api/rooms", { token, body: { game: "crash", config } });
    const bad: readonly (readonly [object, string])[] = [
      [{ minStake: 0 }, "config.minStake"],
      [{ minStake: 1.5 }, "config.minStake"],
      [{ maxStake: "10" }, "config.maxStake"],
      [{ maxStake: 2_000_000_000 }, "config.maxStake"],
      [{ maxProfit: -1 }, "config.maxProfit"],
      [{ maxProfit: 1e13 }, "config.maxProfit"],
      [{ minForceX100: 100 }, "config.minForceX100"],
      [{ maxX100: 10_000 }, "config.maxX100"],
      [{ bettingMs: 1 }, "config.bettingMs"],
      [{ pauseMs: null }, "config.pauseMs"],
      [{ minStake: 10, maxStake: 9 }, "config.minStake"],
    ];
    const got: unknown[] = [];
    for (const [config] of bad) {
      const answer = await make(config);
      expectRefused(answer, 422, "invalid_request");
      got.push([config, ...Object.keys(answer.body.error.fields)]);
    }
    expect(got).toEqual(bad);
    const made = await make({ minStake: 2, maxStake: 20, bettingMs: 500, pauseMs: 300 });
    expect(made.status).toBe(201);
    const { body } = await get(`/api/rooms/crash/${made.body.id}`);
    expect(body.config).toEqual({
      minStake: 2,
      maxStake: 20,
      maxProfit: 5_000_000,
      minForceX100: 200,
      maxX100: 100_000_000,
      bettingMs: 500,
      pauseMs: 300,
    });
  });

  test("[C9] has a page per round, newest first, with everyone's bets, and every proof draws its bust again", async () => {
    const lobby = await listedLobby();
    const { room, path } = lobby;
    const anna = await newGuestPilot(lobby);
    const words: string[] = [];
    for (let round = 1; round <= 3; round += 1) {
      const entropy = await wordFor(room, anna.id, between(102, 900), `round ${round}:`);
      expectYes(await anna.flyer.bet(round, { autoCashout: 1.01, entropy }));
      words.push(entropy);
      for (const phase of ["betting", "running"] as const) {
        await flyTo(room, phase, [anna.flyer]);
        expectRefused(await get(`${path}/rounds/${round}`), 404, "unknown_round");
      }
      await flyTo(room, "crashed", [anna.flyer]);
      await fire(room);
      await anna.flyer.phase("waiting");
    }
    const { body } = await get(`${path}/rounds?limit=2`);
    expect([body.rooms, body.rounds.map(({ round }: { round: number }) => round), body.next]).toEqual([
      undefined,
      [3, 2],
      2,
    ]);
    for (let round = 1; round <= 3; round += 1) {
      const { outcome, proof } = await pageOf(lobby, round);
      expect(proof).toMatchObject({ room, round, entropy: [{ player: anna.id, value: words[round - 1] }] });
      expect(drawBust(drawFromProof(proof, BUST_LABEL))).toBe(outcome.bustX100);
      expect(outcome.bets).toMatchObject([{ player: anna.id, id: round, amount: round, targetX100: 101 }]);
    }
    expect(anna.flyer.view?.history.map(({ round }) => round)).toEqual([3, 2, 1]);
    await eventually(async () => {
      const [line] = (await get("/api/rooms?game=crash")).body.rooms.filter((one: { id: string }) =>
        path.endsWith(`/${one.id}`),
      );
      expect(line).toMatchObject({ online: 1, summary: { round: 4 } });
    });
    await expectConserved();
  });
});
