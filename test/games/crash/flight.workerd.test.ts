import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BUST_LABEL, drawBust } from "../../../rooms/crash/bust.ts";
import { curveAt, elapsedTo, payoutOf } from "../../../rooms/crash/curve.ts";
import { commit, drawFromProof } from "../../../rooms/fair/draw.ts";
import { get } from "../../api/api.workerd.ts";
import {
  between,
  board,
  flightOf,
  flyTo,
  grantedBy,
  listedLobby,
  newGuestPilot,
  reboard,
  pageOf,
  wordFor,
  type Lobby,
  type Guest,
} from "./client.workerd.ts";
import { expectNo, expectYes } from "../../host/room-line.workerd.ts";
import { expectConserved } from "../../host/room-oracle.workerd.ts";
import {
  alarmOf,
  blockDisk,
  fire,
  GRANT,
  holdClock,
  letClockGo,
  onDisk,
  pass,
  roomOf,
} from "../../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

type Two = { lobby: Lobby; room: string; anna: Guest; bert: Guest };

async function lobbyOfTwo(): Promise<Two> {
  const lobby = await listedLobby();
  const [anna, bert] = [await newGuestPilot(lobby), await newGuestPilot(lobby)];
  return { lobby, room: lobby.room, anna, bert };
}

const totalOf = async ({ token }: Guest): Promise<number> => (await get("/api/balance", { token })).body.total;

describe("a flight", () => {
  test("[C4] [C5] [C11] is cashed out by hand and by target, and what was answered is what the record says", async () => {
    const { lobby, room, anna, bert } = await lobbyOfTwo();
    const carl = await newGuestPilot(lobby);
    const [commitment] = anna.flyer.table?.commitments ?? [];
    const entropy = await wordFor(room, anna.id, between(300, 400));
    expect(await anna.flyer.bet(100, { entropy })).toMatchObject({ ok: true, result: { bet: 1, round: 1 } });
    expect(await bert.flyer.bet(200, { autoCashout: 1.5 })).toMatchObject({ ok: true, result: { bet: 2, round: 1 } });
    expect(await carl.flyer.bet(50)).toMatchObject({ ok: true, result: { bet: 3, round: 1 } });
    await flyTo(room, "running", [anna.flyer, bert.flyer, carl.flyer]);
    const { startedAt } = anna.flyer;
    expect(startedAt).toBe(Date.now());

    pass(5_000);
    const reply = await anna.flyer.cashout();
    const granted = grantedBy(reply);
    expect(granted).toEqual({ bet: 1, at: startedAt + 5_000, x100: curveAt(5_000), paid: 134 });
    expect(reply).toMatchObject({ at: granted.at });
    await anna.flyer.until(() => anna.flyer.seat?.bets[0]?.out !== null, "the pay-out");
    expect(anna.flyer.seat?.bets[0]?.out).toEqual({ at: granted.at, x100: 134, paid: 134, by: "hand" });

    await fire(room);
    await bert.flyer.until(() => bert.flyer.seat?.bets[0]?.out !== null, "the target");
    const met = { x100: 150, paid: 300, at: startedAt + elapsedTo(150), by: "target" };
    expect(bert.flyer.seat?.bets[0]?.out).toEqual(met);
    await carl.flyer.until(() => carl.flyer.view?.board.out === 2, "both on the list");
    expect(carl.flyer.view?.board.top.map(({ bet, outX100 }) => [bet, outX100])).toEqual([
      [2, 150],
      [1, 134],
      [3, null],
    ]);

    await flyTo(room, "crashed", [anna.flyer, bert.flyer, carl.flyer]);
    const { outcome, proof } = await pageOf(lobby, 1);
    expect(outcome).toMatchObject({ startedAt, forced: false, void: null });
    expect(outcome.bets).toEqual([
      {
        player: anna.id,
        id: 1,
        amount: 100,
        targetX100: null,
        by: "hand",
        out: { at: granted.at, x100: granted.x100, paid: granted.paid, by: "hand" },
      },
      { player: bert.id, id: 2, amount: 200, targetX100: 150, by: "hand", out: met },
      { player: carl.id, id: 3, amount: 50, targetX100: null, by: "hand", out: null },
    ]);
    expect(proof).toMatchObject({ commitment: commitment?.hash, entropy: [{ player: anna.id, value: entropy }] });
    expect(commit(proof.seed)).toBe(proof.commitment);
    expect(drawBust(drawFromProof(proof, BUST_LABEL))).toBe(outcome.bustX100);
    expect(outcome.endX100).toBe(outcome.bustX100);
    expect(anna.flyer.view?.history).toEqual([
      { round: 1, bustX100: outcome.bustX100, endX100: outcome.bustX100, forced: false },
    ]);

    expect([await totalOf(anna), await totalOf(bert), await totalOf(carl)]).toEqual([
      GRANT + 34,
      GRANT + 100,
      GRANT - 50,
    ]);
    expect(await expectConserved()).toMatchObject({ held: 0, house: 350 - 434 });
  });

  test("[C1] meets who comes late with its start, everyone's bets, and one's own", async () => {
    const { room, anna, bert } = await lobbyOfTwo();
    expectYes(await anna.flyer.bet(100, { entropy: await wordFor(room, anna.id, between(300, 9_000)) }));
    expectYes(await bert.flyer.bet(70, { autoCashout: 9.53 }));
    await flyTo(room, "running", [anna.flyer, bert.flyer]);
    const { startedAt } = anna.flyer;
    pass(3_000);
    expectYes(await anna.flyer.cashout());
    await bert.flyer.until(() => bert.flyer.view?.board.out === 1, "the cash-out");

    const watcher = await board(room, null);
    const tab = await board(room, bert);
    for (const late of [watcher, tab]) {
      expect(late.welcomes[0]).toMatchObject({ now: startedAt + 3_000, version: 1 });
      expect(late.view).toEqual(bert.flyer.view);
      expect(late.view?.phase).toEqual({ name: "running", startedAt });
      expect(late.view?.board.top).toEqual([
        { player: anna.id, bet: 1, amount: 100, outX100: curveAt(3_000) },
        { player: bert.id, bet: 2, amount: 70, outX100: null },
      ]);
    }
    expect(watcher.seat).toBeNull();
    expect(tab.seat?.bets).toEqual([{ id: 2, amount: 70, targetX100: 953, by: "hand", out: null }]);
    expect(JSON.stringify(watcher.welcomes)).not.toMatch(/target|[:[,]953[,\]}]/); // a target is its player's own business
    expect((await roomOf(room).describe()).view).toEqual(bert.flyer.view);

    tab.close();
    await flyTo(room, "crashed", [bert.flyer, watcher]);
    const back = await reboard(room, bert, tab);
    expect(back.frames[0]).toMatchObject({ type: "resumed" });
    expect([back.view, back.seat]).toEqual([bert.flyer.view, bert.flyer.seat]);
    await expectConserved();
  });

  test("[C5] [C6] is judged by the instant of receipt: in time pays though the alarm is late, too late does not", async () => {
    const { room, lobby, anna, bert } = await lobbyOfTwo();
    const carl = await newGuestPilot(lobby);
    expectYes(await anna.flyer.bet(100, { entropy: await wordFor(room, anna.id, between(200, 300)) }));
    expectYes(await bert.flyer.bet(100));
    expectYes(await carl.flyer.bet(100));
    await flyTo(room, "running", [anna.flyer, bert.flyer, carl.flyer]);
    const { endAt, startedAt, bustX100 } = await flightOf(room);

    // One commit is held up, so that all three are in one batch with stamps on both sides of the crash.
    const open = await blockDisk(room);
    anna.flyer.send({ type: "chat", text: "hold on" });
    await anna.flyer.received();
    pass(endAt - 1 - Date.now());
    const inTime = anna.flyer.send({ type: "cashout" });
    await anna.flyer.received();
    pass(1);
    const onTheDot = bert.flyer.send({ type: "cashout" });
    await bert.flyer.received();
    pass(1);
    const tooLate = carl.flyer.send({ type: "cashout" });
    await carl.flyer.received();
    open();

    const granted = grantedBy(await anna.flyer.reply(inTime));
    const x100 = curveAt(endAt - 1 - startedAt);
    expect(granted).toEqual({ bet: 1, at: endAt - 1, x100, paid: payoutOf(100, x100) });
    expect(x100).toBe(bustX100 - 1);
    expectNo(await bert.flyer.reply(onTheDot), "already_crashed");
    expectNo(await carl.flyer.reply(tooLate), "already_crashed");
    await anna.flyer.phase("crashed");
    const { outcome } = await pageOf(lobby, 1);
    expect(outcome.bets.map(({ out }) => out?.paid ?? 0)).toEqual([granted.paid, 0, 0]);
    await expectConserved();
  });

  test("[C7] takes bets for the next while it is in the air, which board when betting opens again", async () => {
    const { room, lobby, anna, bert } = await lobbyOfTwo();
    expectYes(await anna.flyer.bet(100, { entropy: await wordFor(room, anna.id, between(200, 500)) }));
    expectYes(await anna.flyer.bet(60, { autoCashout: 1.2 }));
    expectNo(await anna.flyer.bet(1), "too_many_bets");
    await flyTo(room, "running", [anna.flyer, bert.flyer]);
    expect(await anna.flyer.bet(30)).toMatchObject({ ok: true, result: { bet: 3, round: 2 } });
    expect(await bert.flyer.bet(40)).toMatchObject({ ok: true, result: { bet: 4, round: 2 } });
    expectYes(await bert.flyer.ask({ type: "cancel", bet: 4 }));
    expectNo(await anna.flyer.ask({ type: "cancel", bet: 1 }), "flight_started");
    expectNo(await anna.flyer.cashout(3), "not_started");
    expect(await roomOf(room).holdings(anna.id)).toMatchObject({ held: 190 });
    await flyTo(room, "crashed", [anna.flyer, bert.flyer]);
    expect(await roomOf(room).holdings(anna.id)).toMatchObject({ held: 30 });
    await fire(room);
    await anna.flyer.phase("betting");
    await anna.flyer.until(() => anna.flyer.seat?.bets.length === 1, "boarding");
    expect(anna.flyer.seat).toMatchObject({ bets: [{ id: 3, amount: 30 }], queued: [] });
    expect(anna.flyer.view).toMatchObject({ round: 2, board: { bets: 1, players: 1, staked: 30 } });
    expect((await pageOf(lobby, 1)).outcome.bets.map(({ id }) => id)).toEqual([1, 2]);
    await expectConserved();
  });

  test("[C12] that the operator voids gives back what is in the air, leaves what was paid, and shows its seed", async () => {
    const { room, lobby, anna, bert } = await lobbyOfTwo();
    const [commitment] = anna.flyer.table?.commitments ?? [];
    expectYes(await anna.flyer.bet(100, { entropy: await wordFor(room, anna.id, between(300, 900)) }));
    expectYes(await bert.flyer.bet(70));
    await flyTo(room, "running", [anna.flyer, bert.flyer]);
    pass(4_000);
    const { paid } = grantedBy(await anna.flyer.cashout());
    expect(await roomOf(room).operate({ type: "void", reason: "a test" })).toEqual({ ok: true });
    await bert.flyer.until(() => bert.flyer.view?.round === 2, "the next round");
    expect(bert.flyer.view).toMatchObject({ phase: { name: "waiting" }, board: { bets: 0 }, history: [] });
    const { outcome, proof, ...rest } = await pageOf(lobby, 1);
    expect(rest).toMatchObject({ void: true, round: 1 });
    expect(outcome).toMatchObject({ void: "a test", bustX100: null, endX100: null });
    expect(outcome.bets.map(({ out }) => out?.paid ?? null)).toEqual([paid, null]);
    expect(commit(proof.seed)).toBe(commitment?.hash);
    expect([await totalOf(anna), await totalOf(bert)]).toEqual([GRANT + paid - 100, GRANT]);
    expect(await roomOf(room).operate({ type: "void", reason: "again" })).toMatchObject({
      ok: false,
      code: "no_round",
    });
    expect(await alarmOf(room)).toBeNull();
    await expectConserved();
  });
});

describe("a strategy", () => {
  test("[C10] plays on for who is away, out of the purse, until it is done", async () => {
    const { room, lobby, anna, bert } = await lobbyOfTwo();
    expectYes(await anna.flyer.ask({ type: "strategy", amount: 10, autoCashout: 1.01, onLoss: 2, rounds: 3 }));
    await anna.flyer.phase("betting");
    anna.flyer.close();
    await bert.flyer.until(() => bert.flyer.table?.online === 1, "the parting");
    for (let round = 1; round <= 3; round += 1) {
      await flyTo(room, "crashed", [bert.flyer]);
      await bert.flyer.until(() => bert.flyer.view?.round === round + 1, "the next round");
      await fire(room);
    }
    await bert.flyer.phase("waiting");
    let amount = 10;
    let total = GRANT;
    for (let round = 1; round <= 3; round += 1) {
      const { outcome } = await pageOf(lobby, round);
      expect(outcome.bets).toMatchObject([{ player: anna.id, amount, targetX100: 101, by: "strategy" }]);
      const won = (outcome.endX100 ?? 0) >= 101;
      expect(outcome.bets[0]?.out?.paid).toBe(won ? payoutOf(amount, 101) : undefined);
      total += (won ? payoutOf(amount, 101) : 0) - amount;
      amount = won ? 10 : amount * 2;
    }
    expect(await totalOf(anna)).toBe(total);
    const { purses } = await onDisk(room);
    expect(purses.get(anna.id)?.chips ?? 0).toBeGreaterThanOrEqual(0);
    const back = await board(room, anna);
    expect(back.seat).toMatchObject({ strategy: null, stopped: "finished", plan: { amount: 10, targetX100: 101 } });
    await expectConserved();
  });
});
