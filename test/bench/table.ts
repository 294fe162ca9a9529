import { begin } from "../../rooms/poker/hand.ts";
import { fold } from "../../rooms/poker/fold.ts";
import { clockwise } from "../../rooms/poker/state.ts";
import { act, nextStreet, type Betting } from "../../rooms/poker/street.ts";
import type { PublicDelta, View } from "../../rooms/poker/types.ts";
import type { ServerFrame } from "../../rooms/kernel/protocol.ts";
import { median } from "./settle.ts";
import { eventually, now, Swarm } from "./swarm.ts";
import { post, type Workerd } from "./workerd.ts";

/**
 * Nine players at one table who never think: whoever's turn it is acts the moment the act before is acknowledged, so committed. Beside
 * it a raw echo, and one that inserts a row, the same way: nine sockets, one message in flight, the next socket's turn when it is
 * back.
 */

export type TableRates = {
  /** While a hand is on. */
  readonly acts_per_s: number;
  readonly echo_per_s: number;
  readonly insert_per_s: number;
  readonly ratio: number;
  readonly ratio_insert: number;
  /** With the pauses between hands, as short as a table may have them. */
  readonly acts_per_s_overall: number;
  readonly hands: number;
  readonly acts: number;
};

const SEATS = 9;
const QUICK = {
  seats: SEATS,
  minPlayers: SEATS,
  pauseMs: 50,
  dealMs: 50,
  maxBuyInBigBlinds: 10_000,
  runItTwice: false,
};
const BUY_IN = 1_000_000;

type Slice = { readonly acts: number; readonly busyMs: number; readonly allMs: number; readonly hands: number };

export async function table(
  workerd: Workerd,
  rounds: number,
  seconds: number,
  say: (line: string) => void,
): Promise<TableRates> {
  const seats = await Table.open(workerd, "bench-nine");
  const [echo, insert] = await Promise.all(
    ["echo", "insert"].map((kind) =>
      Swarm.open(
        Array.from({ length: SEATS }, () => `${workerd.ws}/${kind}/bench-nine`),
        false,
      ),
    ),
  );
  if (echo === undefined || insert === undefined) throw new Error("no echo");
  const slices: Slice[] = [];
  const [echoes, inserts]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round++) {
    const slice = await seats.play(seconds);
    const [raw, kept] = [await echoed(echo, seconds), await echoed(insert, seconds)];
    if (round === 0) continue; // warm
    slices.push(slice);
    echoes.push(raw);
    inserts.push(kept);
    const rates = [rateOf(slice), raw, kept].map((rate) => Math.round(rate).toLocaleString("en"));
    say(
      `  round ${round}/${rounds}  ${rates[0]} acts a second in a hand, raw echo ${rates[1]}, with an insert ${rates[2]}`,
    );
  }
  seats.close();
  echo.close();
  insert.close();
  const beside = (others: readonly number[]): number =>
    median(slices.map((slice, i) => rateOf(slice) / (others[i] ?? Number.NaN)));
  return {
    acts_per_s: median(slices.map(rateOf)),
    echo_per_s: median(echoes),
    insert_per_s: median(inserts),
    ratio: beside(echoes),
    ratio_insert: beside(inserts),
    acts_per_s_overall: median(slices.map(({ acts, allMs }) => (1_000 * acts) / allMs)),
    hands: slices.reduce((sum, one) => sum + one.hands, 0),
    acts: slices.reduce((sum, one) => sum + one.acts, 0),
  };
}

const rateOf = ({ acts, busyMs }: Slice): number => (1_000 * acts) / busyMs;

async function echoed(swarm: Swarm, seconds: number): Promise<number> {
  let count = 0;
  const until = now() + 1_000 * seconds;
  const began = now();
  await new Promise<void>((resolve) => {
    swarm.on = (i) => {
      count += 1;
      if (now() >= until) resolve();
      else swarm.sockets[(i + 1) % SEATS]?.send('{"id":"echo:1","type":"check","hand":1}');
    };
    swarm.sockets[0]?.send("go");
  });
  swarm.on = () => {};
  return (1_000 * count) / (now() - began);
}

/** A table with everybody seated; the first socket watches, and each acts on its own. */
class Table {
  readonly #swarm: Swarm;
  #view: View;
  #ids = 0;
  #refused: string | null = null;

  private constructor(swarm: Swarm, view: View) {
    this.#swarm = swarm;
    this.#view = view;
    swarm.on = (i, data) => {
      const text = data.toString();
      if (i !== 0 && !text.includes('"reply"')) return;
      for (const frame of [JSON.parse(text) as ServerFrame | ServerFrame[]].flat()) this.#take(i, frame);
    };
  }

  static async open(workerd: Workerd, name: string): Promise<Table> {
    await post(workerd, `/setup/poker:${name}`, QUICK);
    const ids = Array.from({ length: SEATS }, (_, i) => `${name}-${i}`);
    await Promise.all(ids.map((id) => post(workerd, `/player/${id}`)));
    let view: View | null = null;
    const urls = ids.map((id) => `${workerd.ws}/room/poker:${name}?player=${id}`);
    const swarm = await Swarm.open(urls, true);
    // The greeting has passed by: it is asked for once more.
    const response = await fetch(`${workerd.http}/describe/poker:${name}`);
    view = (await response.json<{ view: View }>()).view;
    const table = new Table(swarm, view);
    for (let seat = 0; seat < SEATS; seat++) table.#send(seat, { type: "sit", seat, buyIn: BUY_IN });
    await eventually(() => table.#view.hand !== null, "the first hand");
    return table;
  }

  close(): void {
    this.#swarm.close();
  }

  #take(i: number, frame: ServerFrame): void {
    if (frame.type === "reply") {
      if (!frame.ok) this.#refused = `${frame.code}: ${frame.message}`;
      this.#acknowledged();
    }
    if (i !== 0 || frame.type !== "events") return;
    for (const event of frame.events as readonly { type?: string }[]) {
      if (event.type?.startsWith("room.") === true) continue;
      this.#view = fold(this.#view, event as unknown as PublicDelta);
    }
  }

  #acknowledged: () => void = () => {};

  #send(socket: number, command: object): void {
    this.#swarm.sockets[socket]?.send(JSON.stringify({ id: `bench${socket}:${++this.#ids}`, ...command }));
  }

  async play(seconds: number): Promise<Slice> {
    const began = now();
    const until = began + 1_000 * seconds;
    let [acts, busyMs, hands, last] = [0, 0, 0, 0];
    while (now() < until) {
      await eventually(() => this.#fresh(last), "the next hand");
      last = this.#view.hand?.hand ?? 0;
      const start = now();
      acts += await this.#hand();
      busyMs += now() - start;
      hands += 1;
    }
    return { acts, busyMs, allMs: now() - began, hands };
  }

  /** A hand has been dealt in which nobody has acted. */
  #fresh(last: number): boolean {
    const { hand } = this.#view;
    return hand !== null && hand.hand !== last && hand.street === "preflop" && hand.turn !== null;
  }

  /** Everybody checks or calls to the end, which the bench can tell by itself; gives how many acts that were. */
  async #hand(): Promise<number> {
    const { hand, seats } = this.#view;
    if (hand === null || hand.turn === null) throw new Error("there is no hand");
    const order = clockwise(SEATS, hand.button).filter((seat) => seats[seat]?.cards != null);
    const { bigBlind } = this.#view.config;
    const stacks = order.map((seat) => (seats[seat]?.stack ?? 0) + (seats[seat]?.bet ?? 0));
    const posts = order.map((seat) => ({ dead: 0, live: seats[seat]?.bet ?? 0 }));
    const first = order.indexOf(hand.turn.seat);
    let betting: Betting = begin(stacks, posts, { bigBlind, price: bigBlind, first });
    let acts = 0;
    for (let street = 0; street < 4; street++) {
      if (street > 0) betting = nextStreet(betting);
      while (betting.turn !== null) {
        const seat = order[betting.turn] ?? 0;
        const free = betting.stakes[betting.turn]?.bet === betting.price;
        await this.#acts(seat, free ? "check" : "call", hand.hand);
        betting = act(betting, betting.turn, { type: "call" });
        acts += 1;
      }
    }
    return acts;
  }

  async #acts(seat: number, type: "check" | "call", hand: number): Promise<void> {
    const acknowledged = new Promise<void>((resolve) => (this.#acknowledged = resolve));
    this.#send(seat, { type, hand });
    await acknowledged;
    if (this.#refused !== null) throw new Error(`seat ${seat} may not ${type}: ${this.#refused}`);
  }
}
