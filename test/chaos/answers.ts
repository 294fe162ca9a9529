import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { StepName } from "../../src/steps.ts";
import { Player } from "./player.ts";
import { freePort, OPEN_LIMITS, startHouse, type DevHouse } from "./dev.ts";

/**
 * The house is killed with SIGKILL when a POST has had its effect and nobody has been told: for every POST that changes something, all
 * of them under way at once. Then each is sent again under its own id. It must answer as if nothing had been, and what is there must
 * be what one request makes.
 */

export type AnswersReport = { readonly asked: number; readonly wrong: readonly string[] };

type Answer = { readonly status: number; readonly body: Record<string, unknown> };
type Who = { readonly token: string; readonly id: string; readonly name: string };

/** One POST. `check`: what is wrong after the repeat; `answer` is the repeat's. */
type Wish = {
  readonly what: string;
  readonly at: StepName;
  readonly path: string;
  readonly token?: string;
  readonly body?: object;
  readonly status: number;
  readonly check: (house: Api, answer: Answer) => Promise<unknown>;
  readonly due: unknown;
};

const OPERATOR = "an-operator-of-tests-alone-000000001";
const SETTINGS = { ...OPEN_LIMITS, OPERATOR_KEYS: `ada:admin:${OPERATOR}`, FAUCET_COOLDOWN_S: 1 };
const PASSWORD = "correct horse battery";
const GRANT = 100_000;
const REACHED_MS = 60_000;
/** A round stays open for longer than all of it takes. */
const OPEN_MS = 300_000;

const at = (some: unknown, name: string): unknown => (some as Record<string, unknown> | null)?.[name] ?? null;

class Api {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }

  async call(method: "GET" | "POST", path: string, token?: string, body?: object, key?: string): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(key !== undefined && { "idempotency-key": key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
  }

  get = async (path: string, token?: string): Promise<Answer> => this.call("GET", path, token);

  async must(path: string, token?: string, body: object = {}): Promise<Record<string, unknown>> {
    const { status, body: answer } = await this.call("POST", path, token, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }

  who = ({ token, player }: Record<string, unknown>): Who => {
    const { id, username } = player as { id: string; username: string };
    return { token: token as string, id, name: username };
  };
  guest = async (): Promise<Who> => this.who(await this.must("/api/auth/guest"));
  user = async (username: string): Promise<Who> =>
    this.who(await this.must("/api/auth/register", undefined, { username, password: PASSWORD }));
  login = async (username: string, password = PASSWORD): Promise<Who> =>
    this.who(await this.must("/api/auth/login", undefined, { username, password }));

  balance = async (who: Who): Promise<unknown> => (await this.get("/api/balance", who.token)).body["total"];
  limits = async (who: Who): Promise<unknown> => {
    const { limits, pending, excluded } = (await this.get("/api/me/limits", who.token)).body;
    return [at(limits, "stakePerDay"), pending === null ? null : "pending", at(excluded, "kind")];
  };
  rooms = async (who: Who): Promise<number> => {
    const { rooms } = (await this.get("/api/operator/rooms?limit=200", OPERATOR)).body as {
      rooms: { owner: string }[];
    };
    return rooms.filter(({ owner }) => owner === who.id).length;
  };
}

const inspected = (id: string): string => `/api/operator/rooms/roulette/${id}`;

const keyFor = (what: string): string => `key of ${what}`.replaceAll(" ", "-");

/** How an operator sees a room: its status, its round, and what the table was told, oldest first. */
const standing = async (house: Api, room: string): Promise<unknown[]> => {
  const { body } = await house.get(room, OPERATOR);
  const tail = body["tail"] as { type: string; shown: { message?: string } | null }[];
  const notices = tail.filter(({ type }) => type === "room.notice").map(({ shown }) => shown?.message?.split(":")[0]);
  return [body["status"], at(body["round"], "n"), ...notices.reverse()];
};

/** Orders to tables of their own; a round with a bet is open at the one that is to be voided. */
async function ordersOf(house: Api): Promise<Omit<Wish, "at">[]> {
  const table = async (): Promise<string> => {
    const { token } = await house.guest();
    const { id } = await house.must("/api/rooms", token, { game: "roulette", config: { openMs: OPEN_MS } });
    return String(id);
  };
  const [paused, resumed, voided] = [await table(), await table(), await table()];
  await house.must(`${inspected(resumed)}/pause`, OPERATOR, { id: "pause-first" });
  const bettor = await Player.guest(house.url, `roulette:${voided}`);
  await bettor.join();
  const reply = await bettor.send({ type: "bet", bets: [{ spot: "red", amount: 700 }] });
  if (!reply.ok) throw new Error(`no bet: ${reply.code}`);
  bettor.close();
  const order = (what: string, id: string, more: object = {}) => ({
    what: `an operator's ${what}`,
    path: `${inspected(id)}/${what}`,
    token: OPERATOR,
    body: { id: `${what}-1`, ...more },
    status: 200,
  });
  const PAUSED = "The table is paused";
  return [
    {
      ...order("pause", paused),
      check: async (now, { body }) => [body["id"], ...(await standing(now, inspected(paused)))],
      due: [paused, "paused", 1, PAUSED],
    },
    {
      ...order("resume", resumed),
      check: async (now, { body }) => [body["id"], ...(await standing(now, inspected(resumed)))],
      due: [resumed, "running", 1, PAUSED, "The table is open again."],
    },
    {
      ...order("void", voided, { round: 1, reason: "For the kill." }),
      check: async (now, { body }) => [
        body["id"],
        (await bettor.api<{ total: number }>("/api/balance")).total,
        ...(await standing(now, inspected(voided))),
      ],
      due: [voided, GRANT, "running", 2, "This round is void, every stake was given back"],
    },
  ];
}

/** What is asked for, by people who are there before the house is to be killed. */
async function wishesOf(house: Api): Promise<Wish[]> {
  const wishes: Wish[] = [];
  const ask = (wish: Omit<Wish, "at"> & { at?: StepName }): void => void wishes.push({ at: "requests.done", ...wish });

  const fed = await house.guest();
  ask({
    what: "a faucet",
    path: "/api/balance/faucet",
    token: fed.token,
    status: 200,
    // The cool-down is over by the time of the repeat: only the operation's id keeps it from a second helping.
    check: async (now, { body }) => [await now.balance(fed), body["available"]],
    due: [GRANT + 10_000, GRANT + 10_000],
  });

  for (const at of ["requests.between", "requests.done"] as const) {
    const maker = await house.guest();
    ask({
      what: `a room, killed at ${at}`,
      at,
      path: "/api/rooms",
      token: maker.token,
      body: { game: "roulette", private: true },
      status: 201,
      check: async (now, { body }) => [
        await now.rooms(maker),
        (await now.get(`/api/rooms/roulette/${String(body["id"])}`, maker.token)).body["invite"] === body["invite"],
      ],
      due: [1, true],
    });

    const name = `late${at.slice(-4)}`;
    ask({
      what: `a registration, killed at ${at}`,
      at,
      path: "/api/auth/register",
      body: { username: name, password: PASSWORD },
      status: 201,
      check: async (now, { body }) => {
        const first = now.who(body);
        const later = await now.login(name);
        return [await now.balance(first), later.id === first.id];
      },
      due: [GRANT, true],
    });

    const guest = await house.guest();
    ask({
      what: `a guest's registration, killed at ${at}`,
      at,
      path: "/api/auth/register",
      token: guest.token,
      body: { username: `was${at.slice(-4)}`, password: PASSWORD },
      status: 201,
      check: async (now, { body }) => [now.who(body).id === guest.id, await now.balance(now.who(body))],
      due: [true, GRANT],
    });

    const owner = await house.user(`owner${at.slice(-4)}`);
    const old = await house.login(owner.name);
    ask({
      what: `a new password, killed at ${at}`,
      at,
      path: "/api/me/password",
      token: owner.token,
      body: { current: PASSWORD, next: "another horse battery" },
      status: 204,
      check: async (now) => [
        (await now.get("/api/me", owner.token)).status,
        (await now.get("/api/me", old.token)).status,
        (await now.login(owner.name, "another horse battery")).id === owner.id,
      ],
      due: [200, 401, true],
    });
  }

  const host = await house.guest();
  const closed = await house.must("/api/rooms", host.token, { game: "crash", private: true });
  const invited = await house.guest();
  const [room, invite] = [`/api/rooms/crash/${String(closed["id"])}`, closed["invite"]];
  ask({
    what: "an invitation taken up",
    path: `${room}/join`,
    token: invited.token,
    body: { invite },
    status: 200,
    check: async (now) => (await now.get(room, invited.token)).status,
    due: 200,
  });
  for (const [what, path] of [
    ["a ticket of a room", `${room}/ticket`],
    ["a ticket of the personal socket", "/api/me/ticket"],
  ] as const) {
    ask({
      what,
      path,
      token: host.token,
      status: 200,
      check: async (_, { body }) => typeof body["ticket"],
      due: "string",
    });
  }

  const limited = await house.guest();
  ask({
    what: "a limit",
    path: "/api/me/limits",
    token: limited.token,
    body: { stakePerDay: 500 },
    status: 200,
    check: async (now) => now.limits(limited),
    due: [500, null, null],
  });
  const hasty = await house.guest();
  await house.must("/api/me/limits", hasty.token, { stakePerDay: 500 });
  await house.must("/api/me/limits", hasty.token, { stakePerDay: 900 });
  ask({
    what: "a raised limit taken back",
    path: "/api/me/limits/cancel",
    token: hasty.token,
    status: 200,
    check: async (now) => now.limits(hasty),
    due: [500, null, null],
  });
  for (const [what, out] of [
    ["a guest's exclusion", await house.guest()],
    ["a registered player's exclusion", await house.user("outsider")],
  ] as const) {
    ask({
      what,
      path: "/api/me/exclusion",
      token: out.token,
      body: { kind: "cool-off", days: 1 },
      status: 200,
      check: async (_, { body }) => (body["excluded"] as { kind: string }).kind,
      due: "cool-off",
    });
  }
  const shy = await house.guest();
  ask({
    what: "being hidden",
    path: "/api/me/profile",
    token: shy.token,
    body: { hidden: true },
    status: 200,
    check: async (now) => (await now.get("/api/me", shy.token)).body["hidden"],
    due: true,
  });
  const twice = await house.user("twofold");
  const other = await house.login("twofold");
  ask({
    what: "the end of other sessions",
    path: "/api/me/sessions/end",
    token: twice.token,
    body: { others: true },
    status: 204,
    check: async (now) => [
      (await now.get("/api/me", twice.token)).status,
      (await now.get("/api/me", other.token)).status,
    ],
    due: [200, 401],
  });
  const renewed = await house.guest();
  ask({
    what: "a renewed token",
    path: "/api/auth/refresh",
    token: renewed.token,
    status: 200,
    check: async (now, { body }) => now.balance(now.who(body)),
    due: GRANT,
  });

  ask({
    what: "a new guest",
    path: "/api/auth/guest",
    status: 201,
    check: async (now, { body }) => {
      const again = await now.call("POST", "/api/auth/guest", undefined, undefined, keyFor("a new guest"));
      return [await now.balance(now.who(body)), now.who(again.body).id === now.who(body).id];
    },
    due: [GRANT, true],
  });
  const careful = await house.user("careful");
  ask({
    what: "another recovery code",
    path: "/api/me/recovery",
    token: careful.token,
    body: { password: PASSWORD },
    status: 200,
    check: async (now, { body }) => {
      const wish = { username: careful.name, recoveryCode: body["recoveryCode"], newPassword: "another horse battery" };
      const recovered = await now.call("POST", "/api/auth/recover", undefined, wish);
      const again = await now.call("POST", "/api/auth/recover", undefined, wish);
      return [recovered.status, isDeepStrictEqual(again.body, recovered.body)];
    },
    due: [200, true],
  });

  const liked = await house.guest();
  const entries = async (now: Api): Promise<unknown> =>
    ((await now.get(`/api/operator/players/${liked.id}`, OPERATOR)).body["entries"] as { kind: string }[])
      .map(({ kind }) => kind)
      .filter((kind) => kind === "operator").length;
  ask({
    what: "an operator's transfer",
    path: `/api/operator/players/${liked.id}/transfers`,
    token: OPERATOR,
    body: { id: "gift-1", amount: 700, reason: "For the kill." },
    status: 200,
    check: async (now, { body }) => [await now.balance(liked), body["available"], await entries(now)],
    due: [GRANT + 700, GRANT + 700, 1],
  });
  const noted = await house.guest();
  ask({
    what: "an operator's note",
    path: `/api/operator/players/${noted.id}/notes`,
    token: OPERATOR,
    body: { id: "note-1", text: "Asked about the kill." },
    status: 200,
    check: async (now) =>
      ((await now.get(`/api/operator/players/${noted.id}`, OPERATOR)).body["notes"] as unknown[]).length,
    due: 1,
  });
  for (const order of await ordersOf(house)) ask(order);
  return wishes;
}

export async function killBeforeAnswers(log: (line: string) => void = () => {}): Promise<AnswersReport> {
  const folder = mkdtempSync(join(tmpdir(), "croupier-answers-"));
  const port = await freePort();
  const start = (stallAt?: StepName): Promise<DevHouse> =>
    startHouse({
      persistTo: folder,
      port,
      settings: { ...SETTINGS, ...(stallAt !== undefined && { STALL_AT: stallAt }) },
    });
  let house = await start();
  try {
    const api = new Api(house.url);
    const wishes = await wishesOf(api);
    const send = async (wish: Wish): Promise<Answer> =>
      api.call("POST", wish.path, wish.token, wish.body, keyFor(wish.what));
    await house.stop();
    for (const at of ["requests.between", "requests.done"] as const) {
      const asked = wishes.filter((wish) => wish.at === at);
      house = await start(at);
      const early: string[] = [];
      for (const wish of asked) {
        void send(wish).then(
          ({ status, body }) => early.push(`${wish.what}: ${status} ${JSON.stringify(body)}`),
          () => {}, // killed
        );
      }
      await reached(house, at, asked.length, early);
      await house.kill();
      log(`killed with ${asked.length} at ${at}`);
    }
    house = await start();
    const wrong: string[] = [];
    for (const wish of wishes) {
      const answer = await send(wish);
      if (answer.status !== wish.status) {
        wrong.push(`${wish.what}: ${answer.status} ${JSON.stringify(answer.body)}`);
        continue;
      }
      const found = await wish.check(api, answer);
      if (!isDeepStrictEqual(found, wish.due)) wrong.push(`${wish.what}: ${JSON.stringify(found)}`);
    }
    await house.stop();
    return { asked: wishes.length, wrong };
  } catch (error) {
    throw new Error(
      `${error instanceof Error ? error.message : String(error)}\n--- the house said\n${house.log().slice(-4_000)}`,
      { cause: error },
    );
  } finally {
    await house.stop().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All of them stand still there, and none was answered. */
async function reached(house: DevHouse, at: StepName, many: number, early: readonly string[]): Promise<void> {
  const deadline = Date.now() + REACHED_MS;
  for (;;) {
    const there = house.log().split(`stalled at ${at}`).length - 1;
    if (there === many) return;
    if (early.length > 0) throw new Error(`answered before ${at}: ${early.join("; ")}`);
    if (Date.now() > deadline) throw new Error(`${there} of ${many} came to ${at}`);
    await sleep(20);
  }
}
