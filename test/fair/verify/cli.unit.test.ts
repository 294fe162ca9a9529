import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { crash } from "../../../rooms/crash/index.ts";
import type { FlightRecord } from "../../../rooms/crash/types.ts";
import type { RoundRecord } from "../../../rooms/host/ports.ts";
import { crashHabit, QUICK_CRASH } from "./habits.ts";
import { play } from "./play.ts";
import { filing, runTool } from "./tool.ts";

/** `verify FILE|URL`, as a person starts it. The house that it asks is a small one of the test's own. */

const file = filing();
let flights: readonly RoundRecord[] = [];
let house: Server;
let url = "";
/** Rounds that the house leaves out of its list, and requests that it still refuses with 429. */
const trouble = { without: new Set<number>(), busy: 0 };

beforeAll(async () => {
  flights = play(crash, QUICK_CRASH, 3, 120, crashHabit);
  house = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://house");
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
    };
    const one = /^\/api\/rooms\/crash\/main\/rounds\/(\d+)$/.exec(pathname)?.[1];
    if (trouble.busy > 0) {
      trouble.busy -= 1;
      answer(429, { error: { code: "rate_limited", message: "Slow down." } }, { "retry-after": "1" });
    } else if (pathname === "/api/rooms/crash/main/rounds") {
      const before = Number(searchParams.get("cursor") ?? Infinity);
      const limit = Math.min(50, Number(searchParams.get("limit") ?? 20));
      const left = flights.filter(({ round }) => round < before && !trouble.without.has(round)).reverse();
      const rounds = left.slice(0, limit);
      answer(200, { rounds, next: left.length > limit ? rounds.at(-1)?.round : null });
    } else if (one !== undefined && flights[Number(one) - 1] !== undefined) answer(200, flights[Number(one) - 1]);
    else if (pathname === "/api/rooms/crash/odd/rounds/1") answer(200, { hello: "world" });
    else answer(404, { error: { code: "unknown_round", message: "There is no such round." } });
  });
  await new Promise<void>((resolve) => void house.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(house.address() as AddressInfo).port}`;
});
afterAll(() => void house.close());

const flight = (where: (outcome: FlightRecord) => boolean): RoundRecord => {
  const found = flights.find(({ outcome }) => where(outcome as unknown as FlightRecord));
  if (found === undefined) throw new Error("no such flight was flown");
  return found;
};
const verify = (...args: readonly string[]): ReturnType<typeof runTool> => runTool("verify.ts", args);

describe("one round", () => {
  test("is explained step by step, with the values of each", async () => {
    const one = flight(({ forced, bets }) => forced && bets.some(({ out }) => out?.by === "hand"));
    const outcome = one.outcome as unknown as FlightRecord;
    const { code, out, err } = await verify(file(one));
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const unwrapped = out.replaceAll(/\s+/g, "");
    for (const value of [one.proof.seed, one.proof.commitment, ...one.proof.entropy.map(({ player }) => player)]) {
      expect(unwrapped).toContain(value);
    }
    expect(out).toContain(`crash:verify-3, round ${one.round}: ended by force at`);
    expect(out).toContain("VERIFIED");
    expect(out).toContain("first 13 digits");
    expect(unwrapped).toContain("profitswouldhavepassedtheexposurelimit");
    for (const { id, player } of outcome.bets) expect(out).toContain(`bet ${id} of ${player}`);
    expect(out).toContain("--expect-commitment");
    expect(out.split("\n").every((line) => line.length <= 130)).toBe(true);
  });

  test("of a void kind is said to be void", async () => {
    const { code, out } = await verify(file(flight((outcome) => outcome.void !== null && outcome.startedAt !== null)));
    expect(code).toBe(0);
    expect(out).toContain("void. VERIFIED");
    expect(out).toContain("called off in flight");
  });

  test("is held against the commitment that a player saw, when it is given", async () => {
    const [one, other] = flights;
    const seen = one?.proof.commitment ?? "";
    const good = await verify(file(one), "--expect-commitment", seen.toUpperCase());
    expect(good.code).toBe(0);
    expect(good.out).not.toContain("the record alone cannot");
    const bad = await verify(file(one), `--expect-commitment=${other?.proof.commitment}`);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain("The record names another commitment.");
  });

  test("comes from standard input too, and as a page of one", async () => {
    const { code, out } = await runTool(
      "verify.ts",
      ["-"],
      JSON.stringify({ rounds: flights.slice(0, 1), next: null }),
    );
    expect(code).toBe(0);
    expect(out).toContain("1. The record is of one round  [ok]");
  });

  test("cannot steer the terminal by what its players wrote", async () => {
    const [one] = structuredClone([...flights]) as [RoundRecord & { proof: { entropy: unknown[] } }];
    one.proof.entropy.push({ player: "mallory", value: "\u001b[2J\u0007\nVERIFIED\u202e" });
    const { out } = await verify(file(one));
    expect(out.replaceAll("\n", "")).not.toMatch(/\p{C}/u);
    expect(out).toContain("\\u{1b}");
    expect(out).not.toMatch(/^VERIFIED/m);
  });
});

describe("many rounds", () => {
  test("have a line each and a sum; as JSON, a line of JSON each", async () => {
    const { code, out } = await verify(file(flights));
    expect(code).toBe(0);
    expect(out.trim().split("\n")).toHaveLength(122);
    const json = await verify("--json", file(flights));
    const lines = json.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { verified: boolean; round: number; steps: unknown[] });
    expect(json.code).toBe(0);
    expect(lines.map(({ round }) => round)).toEqual(flights.map(({ round }) => round));
    expect(lines.every(({ verified, steps }) => verified && steps.length > 4)).toBe(true);
  });

  test("are red when one seed serves twice: it was known the second time", async () => {
    const [one] = flights;
    if (one === undefined) throw new Error("none was flown");
    const empty = { ...one, startedAt: 0, void: true, outcome: null };
    const again = { ...empty, round: 500, proof: { ...one.proof, round: 500, entropy: [] } };
    const { code, out } = await verify(file([one, again]));
    expect(code).toBe(1);
    expect(out).toContain("round 500 has the seed of");
    expect(out).toContain("2 verified, 0 wrong, and the list has 1");
  });
});

describe("an address", () => {
  test("may be the API's, or the page's with a bet to look at", async () => {
    const one = flight(({ bets }) => bets.length > 1);
    const id = (one.outcome as unknown as FlightRecord).bets[1]?.id;
    const api = await verify(`${url}/api/rooms/crash/main/rounds/${one.round}`);
    expect(api).toMatchObject({ code: 0, err: "" });
    const page = await verify(`${url}/rooms/crash/main/rounds/${one.round}?bet=${id}`);
    expect(page.code).toBe(0);
    expect(page.out).toMatch(new RegExp(`^ +> bet ${id} of `, "m"));
    expect(page.out.replace(" > bet", "   bet").replaceAll(" ", "")).toBe(api.out.replaceAll(" ", ""));
  });

  test("with a bet or a player that is not in the round is bad input, not verified", async () => {
    const { round } = flight(({ bets }) => bets.length > 1);
    const bet = await verify(`${url}/rooms/crash/main/rounds/${round}?bet=99999`);
    expect(bet).toMatchObject({ code: 2, err: expect.stringContaining("there is no bet 99999 in this round") });
    const player = await verify(`${url}/rooms/crash/main/rounds/${round}?player=nobody`);
    expect(player).toMatchObject({ code: 2, err: expect.stringContaining("there is no bet of nobody in this round") });
  });

  test("of a room gives its newest rounds, page by page, up to the limit, and tells how far it is", async () => {
    for (const path of ["/api/rooms/crash/main/rounds", "/rooms/crash/main"]) {
      const all = await verify(`${url}${path}`);
      expect(all.code).toBe(0);
      expect(all.out).toContain("120 rounds, ");
      expect(all.err.trim().split("\n")).toEqual(["50 rounds fetched", "100 rounds fetched", "120 rounds fetched"]);
    }
    const some = await verify("--limit", "60", `${url}/rooms/crash/main/rounds`);
    expect(some.out).toContain("60 rounds, ");
    expect(some.out).toContain(`${flights[0]?.room} 120`);
    expect(some.out).not.toContain(`${flights[0]?.room} 60 `);
  });

  test("of a room that leaves a round out is red: their numbers have no gap", async () => {
    trouble.without.add(77);
    const { code, out } = await verify(`${url}/rooms/crash/main`);
    trouble.without.clear();
    expect(code).toBe(1);
    expect(out).toContain("has no round between 76 and 78");
  });

  test("that asks for patience is given some", async () => {
    trouble.busy = 1;
    const { code } = await verify(`${url}/rooms/crash/main/rounds/1`);
    expect({ code, busy: trouble.busy }).toEqual({ code: 0, busy: 0 });
  });
});

test("bad input ends with 2, one line that says what it is, no stack, and nothing printed", async () => {
  const [one] = flights;
  if (one === undefined) throw new Error("none was flown");
  const bad: readonly (readonly [args: readonly string[], words: RegExp])[] = [
    [[], /one FILE or URL is needed/],
    [["a", "b"], /one FILE or URL is needed/],
    [["--loudly", "a"], /--loudly/],
    [["/nowhere/at/all.json"], /no such file/],
    [["/"], /folder/],
    [[file("{")], /not JSON/],
    [[file("")], /not JSON/],
    [[file("17")], /not the public record of a round/],
    [[file([])], /no rounds in it/],
    [[file({ rounds: [], next: null })], /no rounds in it/],
    [[file({ ...one, proof: undefined })], /proof/],
    [[file({ ...one, round: "7" })], /round/],
    [[file({ ...one, room: "snakes:main" })], /no game of that name/],
    [[file({ ...one, room: "constructor:main" })], /no game of that name/],
    [[file({ ...one, outcome: { result: "17" } })], /outcome/],
    [[file([one, { ...one, outcome: 5 }])], /record 2: .*outcome/],
    [[file({ ...one, proof: { ...one.proof, scheme: "deck" } })], /scheme/],
    [["--expect-commitment", "xyz", file(one)], /64 digits of hex/],
    [["--expect-commitment", one.proof.commitment, file(flights.slice(0, 2))], /for one round/],
    [["--limit", "0", `${url}/rooms/crash/main`], /--limit/],
    [[`${url}/somewhere/else`], /not the address of a round/],
    [[`${url}/rooms/crash/main/rounds/x`], /not the address of a round/],
    [[`${url}/rooms/crash/main/rounds/9999`], /answered 404 There is no such round/],
    [[`${url}/api/rooms/crash/odd/rounds/1`], /not the public record/],
    [["http://127.0.0.1:1/rooms/crash/main"], /no answer/],
  ];
  for (const [args, words] of bad) {
    const { code, out, err } = await verify(...args);
    expect({ code, out }, `${args.join(" ")}: ${err}`).toEqual({ code: 2, out: "" });
    expect(err).toMatch(words);
    expect(err).not.toMatch(/^\s+at /m);
  }
}, 30_000);

test("--help says how it is used, and is no mistake", async () => {
  const { code, out } = await verify("--help");
  expect(code).toBe(0);
  expect(out).toContain("--expect-commitment");
});
