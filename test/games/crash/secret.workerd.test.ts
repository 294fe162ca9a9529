import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BUST_LABEL } from "../../../rooms/crash/bust.ts";
import { drawStream } from "../../../rooms/fair/draw.ts";
import { gameOf } from "../../../rooms/games.ts";
import { get } from "../../api/api.workerd.ts";
import {
  between,
  board,
  flightOf,
  flyTo,
  listedLobby,
  newGuestPilot,
  recordOf,
  seedOf,
  wordFor,
} from "./client.workerd.ts";
import { expectYes } from "../../host/room-line.workerd.ts";
import { expectConserved } from "../../host/room-oracle.workerd.ts";
import {
  dump,
  eventually,
  fire,
  holdClock,
  letClockGo,
  onDisk,
  pass,
  query,
  roomOf,
} from "../../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

/** What would tell where a flight ends. */
type Secrets = {
  readonly seed: string;
  readonly bits52: number;
  readonly bustX100: number;
  readonly endAt: number;
  readonly elapsedMs: number;
};

/** Numbers stand by themselves: between other digits and letters they are part of some id. */
const alone = (text: string): RegExp => new RegExp(`(?<![0-9a-z.])${text.replace(".", "\\.")}(?![0-9a-z])`, "i");

const hexOf = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const bytesOf = (hex: string): string =>
  (hex.match(/../g) ?? []).map((byte) => String.fromCharCode(Number.parseInt(byte, 16))).join("");

/** The part of the base64 that stays the same whatever stands around it, for each of the three ways it may fall. */
function base64Of(bytes: string): string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = btoa("\0".repeat(before) + bytes).replace(/=+$/, "");
    const cut = (before + bytes.length) % 3 === 0 ? whole.length : whole.length - 1;
    const core = whole.slice([0, 2, 3][before], cut);
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** Which secrets a text gives away, and how they are written in it. */
function foundIn(text: string, { seed, ...numbers }: Secrets): string[] {
  const found: string[] = [];
  const look = (what: string, ...needles: (string | RegExp)[]): void => {
    if (needles.some((needle) => (typeof needle === "string" ? text.includes(needle) : needle.test(text))))
      found.push(what);
  };
  look("seed, hex", seed, seed.toUpperCase(), hexOf(seed));
  look("seed, base64", ...base64Of(bytesOf(seed)), ...base64Of(seed));
  const decimal = (numbers.bustX100 / 100).toFixed(2);
  for (const [name, value] of [...Object.entries(numbers), ["bust", decimal]] as const) {
    look(`${name}, plain`, alone(String(value)));
    look(`${name}, hex`, ...(typeof value === "number" ? [alone(value.toString(16))] : []), hexOf(String(value)));
    look(`${name}, base64`, ...base64Of(String(value)));
  }
  return found;
}

async function secretsOf(room: string): Promise<Secrets> {
  const { bustX100, endAt, startedAt } = await flightOf(room);
  const { round } = await onDisk(room);
  const seed = await seedOf(room, round.n);
  const bits52 = drawStream(seed, room, round.n, round.entropy, BUST_LABEL).bits52();
  return { seed, bits52, bustX100, endAt, elapsedMs: endAt - startedAt };
}

/** Everything that is written to any log from here on. */
function everyLog(): unknown[] {
  const lines: unknown[] = [];
  for (const level of ["log", "info", "debug", "warn", "error", "trace"] as const) {
    vi.spyOn(console, level).mockImplementation((...line) => void lines.push(...line));
  }
  return lines;
}

/** Everything that leaves by the queues. */
function everyMessage(): unknown[] {
  const sent: unknown[] = [];
  const prototype = Object.getPrototypeOf(env.STAKES) as Queue;
  vi.spyOn(prototype, "sendBatch").mockImplementation(async (messages) => {
    sent.push(...messages);
    return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
  });
  return sent;
}

/** What the lobby last told the Directory, as it lies on the Directory's disk. */
async function reportOf(room: string): Promise<string> {
  const stub: unknown = env.DIRECTORY.get(env.DIRECTORY.idFromName("main"));
  return runInDurableObject(stub as DurableObjectStub, (_, { storage }) =>
    storage.sql
      .exec<{ body: string }>("SELECT body FROM report WHERE room = ?", room)
      .toArray()
      .map(({ body }) => body)
      .join(),
  );
}

describe("[C3] where a flight ends", () => {
  test("is found by the look-out of these tests however it is written", () => {
    const secrets = { seed: "c0ffee11".repeat(8), bits52: 4_503_599_000_000_000, bustX100: 234_567, endAt: 1_795_212 };
    const all: Secrets = { ...secrets, elapsedMs: 129_333 };
    const { seed } = all;
    expect(foundIn('{"a":234568,"b":"x2345678","at":11795212,"id":"1293331"}', all)).toEqual([]);
    expect(foundIn(`x${seed}y`, all)).toEqual(["seed, hex"]);
    for (const before of ["", "a", "ab", "abc"]) {
      expect(foundIn(btoa(before + bytesOf(seed)), all)).toEqual(["seed, base64"]);
      expect(foundIn(btoa(`${before}234567,`), all)).toEqual(["bustX100, base64"]);
    }
    expect(foundIn('{"bust":234567}', all)).toEqual(["bustX100, plain"]);
    expect(foundIn('{"bust":"2345.67"}', all)).toEqual(["bust, plain"]);
    expect(foundIn(`{"bust":"${(234_567).toString(16)}"}`, all)).toEqual(["bustX100, hex"]);
    expect(foundIn("ends at 1795212", all)).toEqual(["endAt, plain"]);
    expect(foundIn("after 129333 ms", all)).toEqual(["elapsedMs, plain"]);
    expect(foundIn((4_503_599_000_000_000).toString(16), all)).toEqual(["bits52, hex"]);
  });

  test("is in no frame, answer, log, report or message before the crash, and with everybody right behind it", async () => {
    const log = everyLog();
    const sent = everyMessage();
    const lobby = await listedLobby();
    const { room, path } = lobby;
    const [anna, bert] = [await newGuestPilot(lobby), await newGuestPilot(lobby)];
    const watcher = await board(room, null);
    // So far up that none of the numbers is one that occurs by chance.
    expectYes(await anna.flyer.bet(100, { entropy: await wordFor(room, anna.id, between(123_456, 987_654)) }));
    expectYes(await anna.flyer.bet(10, { autoCashout: 1.3 }));
    expectYes(await bert.flyer.bet(20, { autoCashout: 2 }));
    expectYes(await bert.flyer.bet(5));
    await flyTo(room, "running", [anna.flyer, bert.flyer, watcher]);
    const secrets = await secretsOf(room);

    const answers: unknown[] = [];
    const ask = async (): Promise<void> => {
      const stub = roomOf(room);
      answers.push(await stub.describe(), await stub.stats(), await stub.holdings(anna.id));
      answers.push(await stub.listRounds(null, 50, anna.id), await stub.listRounds(null, 50, null));
      for (const n of [0, 1, 2]) answers.push(await stub.readRound(n, anna.id));
      for (const call of ["", "/rounds", "/rounds/1", "/rounds/2"]) {
        answers.push((await get(path + call)).body, (await get(path + call, { token: anna.token })).body);
      }
      answers.push((await get("/api/rooms?game=crash")).body, (await get("/api/health")).body);
      answers.push((await get("/api/balance", { token: anna.token })).body);
      answers.push(await query(room, "SELECT * FROM outbox"));
    };
    await ask();
    await eventually(async () => expect(await reportOf(room)).toContain('"running"'));
    pass(2_000);
    expectYes(await bert.flyer.ask({ type: "chat", text: "where will it end?" }));
    expectYes(await bert.flyer.ask({ type: "bets" }));
    expectYes(await bert.flyer.cashout(4));
    await fire(room);
    await fire(room);
    await anna.flyer.until(() => anna.flyer.view?.board.out === 3, "both targets");
    const late = await board(room, bert);

    // A rule that throws is logged, and a refusal is told: neither with what it knew.
    const crash = gameOf(room);
    if (crash === undefined) throw new Error("no crash");
    const decide = crash.rules.decide.bind(crash.rules);
    vi.spyOn(crash.rules, "decide").mockImplementation((state, input, facts) => {
      if (input.type === "command" && JSON.stringify(input.command).includes("stopStrategy"))
        throw new Error("planted");
      return decide(state, input, facts);
    });
    expect(await anna.flyer.ask({ type: "stopStrategy" })).toMatchObject({ ok: false, code: "internal" });
    expect(log.join()).toContain("planted");
    expect(await anna.flyer.cashout(2)).toMatchObject({ ok: false, code: "already_cashed_out" });
    expect(await late.ask({ type: "cashout", bet: 1 })).toMatchObject({ ok: false, code: "not_your_bet" });
    pass(secrets.endAt - 1 - Date.now());
    await anna.flyer.bet(1); // judged in the last millisecond, for the next flight
    await ask();

    const flyers = [anna.flyer, bert.flyer, watcher, late];
    expect(foundIn(await dump(room), secrets)).toContain("seed, hex"); // the room itself knows
    const outside = { frames: flyers.map(({ frames }) => frames), answers, log, sent, report: await reportOf(room) };
    expect(foundIn(JSON.stringify(outside), secrets)).toEqual([]);
    expect(answers.length).toBeGreaterThan(30);

    await flyTo(room, "crashed", flyers);
    for (const { frames } of flyers) {
      const tells = frames.map((frame) => JSON.stringify(frame)).filter((text) => foundIn(text, secrets).length > 0);
      for (const text of tells) expect(text).toContain('"type":"ended"');
      const everybodys = tells.filter((text) => text.startsWith('{"type":"events"'));
      expect(everybodys.map((text) => foundIn(text, secrets).slice(0, 2))).toEqual([["seed, hex", "bustX100, plain"]]);
    }
    const { outcome, proof } = await recordOf(room, 1);
    expect([outcome.bustX100, proof.seed]).toEqual([secrets.bustX100, secrets.seed]);
    await expectConserved();
  });
});
