import { SELF } from "cloudflare:test";
import { describe, expect, test, vi } from "vitest";
import { verify } from "../../../rooms/verify.ts";
import {
  connect,
  expectRefused,
  get,
  newGuest,
  post,
  requestOf,
  type Guest,
  type Socket,
} from "../../api/api.workerd.ts";

/** Hands of a real table, as REST gives them out. [P18] */

const WHEEL = { openMs: 300, closedMs: 50, spinMs: 50, settledMs: 50 };
const QUICK = { seats: 2, actionMs: 50, timeBankMs: 0, pauseMs: 50, dealMs: 50, minPlayers: 2 };

async function table(): Promise<{ path: string; anna: Guest; socket: Socket }> {
  const anna = await newGuest();
  const { body } = await post("/api/rooms", { token: anna.token, body: { game: "poker", config: QUICK } });
  const path = `/api/rooms/poker/${body.id}`;
  const { body: ticket } = await post(`${path}/ticket`, { token: anna.token });
  const socket = await connect(`${path}/socket?ticket=${ticket.ticket}`);
  await socket.next("welcome");
  let n = 0;
  for (const command of [
    { type: "sit", seat: 0, buyIn: 2_000 },
    { type: "addBot", seat: 1 },
  ]) {
    socket.send(JSON.stringify({ id: `session:${++n}`, ...command }));
    expect(await socket.next("reply")).toMatchObject({ ok: true });
  }
  return { path, anna, socket };
}

const textOf = async (path: string, token?: string): Promise<[number, string | null, string]> => {
  const response = await SELF.fetch(requestOf("GET", path, { token }));
  return [
    response.status,
    response.headers.get("content-type"),
    new TextDecoder().decode(await response.arrayBuffer()),
  ];
};

describe("a hand's history by REST", () => {
  test("[P17] [P18] is JSON, PHH and text, each with the cards that its caller was shown", async () => {
    const { path, anna } = await table();
    const hand = await vi.waitFor(
      async () => {
        const answer = await get(`${path}/rounds/1`, { token: anna.token });
        expect(answer.status).toBe(200);
        return answer.body;
      },
      { timeout: 20_000, interval: 100 },
    );
    // Her clock ran out: she folded, or checked it down.
    const mine = hand.outcome.players.find(({ player }: { player: string }) => player === anna.id);
    expect(mine.cards).toHaveLength(2);

    const [status, type, phh] = await textOf(`${path}/rounds/1?format=phh`, anna.token);
    expect([status, type]).toEqual([200, "application/toml; charset=utf-8"]);
    expect(phh).toMatch(/^variant = "NT"\n/);
    const place = hand.outcome.players.indexOf(mine) + 1;
    // Players are called by their names, not by their ids.
    expect(phh).toMatch(/\nplayers = \["[^"]+", "[^"]+"\]\n/);
    for (const { player } of hand.outcome.players) expect(phh).not.toContain(player);
    expect(phh).toMatch(new RegExp(`"d dh p${place} [2-9TJQKA][cdhs][2-9TJQKA][cdhs]"`));

    const [, , text] = await textOf(`${path}/rounds/1?format=text`, anna.token);
    expect(text).toContain("Your cards: ");
    expect(text).not.toContain(anna.id);

    // Who hides is told by the seat.
    await post("/api/me/profile", { token: anna.token, body: { hidden: true } });
    expect((await textOf(`${path}/rounds/1?format=text`))[2]).toContain("\nSeat 1: Player 1, 2000 chips\n");

    const stranger = (await get(`${path}/rounds/1`)).body;
    for (const { cards, shown } of stranger.outcome.players) expect(cards === null).toBe(!shown);
    const [, plain, words] = await textOf(`${path}/rounds/1?format=text`);
    expect(plain).toBe("text/plain; charset=utf-8");
    expect(words).not.toContain("Your cards");
    if (!mine.shown) expect((await textOf(`${path}/rounds/1?format=phh`))[2]).toContain(`"d dh p${place} ????"`);

    expect(verify(hand)).toMatchObject({ ok: true, round: 1 });
    expect(verify(stranger)).toMatchObject({ ok: true, round: 1 });
  });

  test("no other form is known, and no other game has these", async () => {
    const { path, anna } = await table();
    expectRefused(await get(`${path}/rounds/1?format=pdf`), 422, "invalid_request");
    expectRefused(await get(`${path}/rounds/999?format=phh`), 404, "unknown_round");
    expectRefused(await get("/api/rooms/roulette/main/rounds/999?format=phh"), 404, "unknown_round");
    const { body: room } = await post("/api/rooms", { token: anna.token, body: { game: "roulette", config: WHEEL } });
    const wheel = `/api/rooms/roulette/${room.id}`;
    const { body: ticket } = await post(`${wheel}/ticket`, { token: anna.token });
    const socket = await connect(`${wheel}/socket?ticket=${ticket.ticket}`);
    await socket.next("welcome");
    socket.send(JSON.stringify({ id: "session:1", type: "bet", bets: [{ spot: "red", amount: 10 }] }));
    await vi.waitFor(async () => expect((await get(`${wheel}/rounds/1`)).status).toBe(200), { timeout: 10_000 });
    expectRefused(await get(`${wheel}/rounds/1?format=phh`), 406, "no_such_format");
    expect((await get(`${wheel}/rounds/1?format=json`)).status).toBe(200);
  });
});
