import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BUST_LABEL, drawBust } from "../../rooms/crash/bust.ts";
import { elapsedTo, payoutOf } from "../../rooms/crash/curve.ts";
import { crash as game } from "../../rooms/crash/index.ts";
import type { State } from "../../rooms/crash/state.ts";
import type { Bet, Out, FlightRecord, View, X100 } from "../../rooms/crash/types.ts";
import { drawStream } from "../../rooms/fair/draw.ts";
import { Journal } from "../../rooms/host/journal.ts";
import type { RoundRecord } from "../../rooms/host/ports.ts";
import { Recent } from "../../rooms/kernel/command-ids.ts";
import type { Kill } from "./kill.ts";
import { peek } from "./peek.ts";
import { until, type Play, type Playing, type Scene, type Tending } from "./play.ts";
import type { Player } from "./player.ts";
import { sqlStorage } from "./sqlite.ts";

/**
 * Crash under fire: everybody bets, cancels and cashes out all the time, one by a strategy. The killer looks into the lobby's
 * file, where the end of the flight is, and pulls the plug right around that instant, with cash-outs on their way.
 */

/** `topup`: while new players' first bets are on their way to the wallet. */
const MOMENTS = ["betting", "flight", "bust", "crashed", "topup", "bust", "bust"] as const;
type Moment = (typeof MOMENTS)[number];

/** Where flights end, so that nobody waits long; one that is to go on after the runtime is back has to be longer. */
const SHORT: readonly [X100, X100] = [115, 150];
const LONG: readonly [X100, X100] = [250, 330];
const LONG_MS = 13_000;

/** Refusals that play under fire brings along. */
const EXPECTED =
  /^(insufficient_funds|busy|too_many_bets|flight_started|no_bet|above_table_maximum|already_crashed|already_cashed_out|not_started|not_ready)$/;

type Placed = { readonly bet: number; readonly round: number };
type Granted = Pick<Out, "at" | "x100" | "paid"> & { readonly bet: number };

class Pilot implements Playing {
  readonly player: Player;
  readonly #placed = new Map<number, Placed & { readonly amount: number; readonly targetX100: X100 | null }>();
  readonly #cancelled = new Set<number>();
  readonly granted = new Map<number, Granted>();
  /** What everybody was shown: when each round's flight started. */
  readonly startedAt = new Map<number, number>();
  readonly #strategist: boolean;
  #stopped = false;
  #fault: Error | null = null;
  #done: Promise<unknown> = Promise.resolve();
  readonly #racing: Promise<void>[] = [];

  constructor(player: Player, i: number) {
    this.player = player;
    this.#strategist = i === 3;
    player.watch = () => {
      const { round, phase } = this.#view;
      if (phase.name !== "running") return;
      const known = this.startedAt.get(round) ?? phase.startedAt;
      if (known !== phase.startedAt) this.#fault ??= new Error(`flight ${round} started at ${known}, and again`);
      this.startedAt.set(round, known);
    };
  }

  get #view(): View {
    return this.player.view as View;
  }

  get bets(): number {
    return this.#placed.size;
  }

  start(everyMs: number): void {
    this.#done = this.#play(everyMs).catch((error: unknown) => {
      this.#fault ??= error instanceof Error ? error : new Error(String(error));
    });
  }

  async #play(everyMs: number): Promise<void> {
    if (this.#strategist) await this.#send({ type: "strategy", amount: 3, autoCashout: 1.1, onLoss: 2 });
    for (let n = this.player.id.charCodeAt(0) % 7; !this.#stopped; n++) {
      const mine = [...this.#placed.values()].filter(
        ({ bet, round }) => round >= this.#view.round && !this.granted.has(bet) && !this.#cancelled.has(bet),
      );
      const last = mine.at(-1);
      if (mine.length < 2) await this.#bet(1 + ((n * 7) % 40), [null, null, 1.05, 1.2, 2][n % 5] ?? null);
      else if (last !== undefined && n % 11 === 0) await this.#cancel(last.bet);
      else if (this.player.phase === "running" && n % 40 === 0) await this.cashOut();
      await sleep(everyMs);
    }
  }

  async #bet(amount: number, target: number | null): Promise<void> {
    const auto = target === null ? {} : { autoCashout: target };
    const result = await this.#send({ type: "bet", amount, ...auto });
    if (result === null) return;
    const { bet, round } = result as Placed;
    if (this.#placed.has(bet)) throw new Error(`bet ${bet} was given to two`);
    this.#placed.set(bet, { bet, round, amount, targetX100: target === null ? null : Math.round(target * 100) });
  }

  async #cancel(bet: number): Promise<void> {
    if ((await this.#send({ type: "cancel", bet })) !== null) this.#cancelled.add(bet);
  }

  /** The oldest bet that may be in the air. */
  async cashOut(): Promise<void> {
    const { round } = this.#view;
    const mine = [...this.#placed.values()].find(
      (one) => one.round === round && !this.granted.has(one.bet) && !this.#cancelled.has(one.bet),
    );
    if (mine === undefined) return;
    const result = await this.#send({ type: "cashout", bet: mine.bet });
    if (result !== null) this.granted.set(mine.bet, result as Granted);
  }

  /** Cashes out now, and is not waited for. */
  race(): void {
    this.#racing.push(
      this.cashOut().catch((error: unknown) => {
        this.#fault ??= error instanceof Error ? error : new Error(String(error));
      }),
    );
  }

  /** The result; null when it was refused as expected. */
  async #send(command: { readonly type: string; readonly [key: string]: unknown }): Promise<unknown> {
    const reply = await this.player.send(command);
    if (reply.ok) return reply.result ?? true;
    if (!EXPECTED.test(reply.code)) throw new Error(`${command.type} was refused ${reply.code}: ${reply.message}`);
    return null;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
    await Promise.all(this.#racing);
    if (this.#strategist) await this.#send({ type: "stopStrategy" });
    if (this.#fault !== null) throw this.#fault;
  }

  account(rounds: readonly RoundRecord[]): { staked: number; profit: number } {
    const { id } = this.player;
    const fail = (what: string, ...facts: unknown[]): never => {
      throw new Error(`${id}: ${what}: ${JSON.stringify(facts)}`);
    };
    const seen = new Set<number>();
    let staked = 0;
    let profit = 0;
    for (const { round, outcome } of rounds) {
      const { bets, startedAt, void: reason } = outcome as unknown as FlightRecord;
      const shown = this.startedAt.get(round);
      if (shown !== undefined && shown !== startedAt) fail("the flight started twice", round, shown, startedAt);
      const mine = bets.filter(({ player }) => player === id);
      if (mine.filter(({ by }) => by === "strategy").length > 1) fail("two bets of one strategy", round, mine);
      for (const bet of mine) {
        if (reason === null || bet.out !== null) {
          staked += bet.amount;
          profit += (bet.out?.paid ?? 0) - bet.amount;
        }
        if (bet.by === "hand") this.#compare(round, bet, fail);
        if (seen.has(bet.id)) fail("a bet is in two rounds", bet);
        seen.add(bet.id);
      }
    }
    for (const { bet } of this.#placed.values()) {
      if (!this.#cancelled.has(bet) && !seen.has(bet)) fail("an acknowledged bet is lost", this.#placed.get(bet));
    }
    return { staked, profit };
  }

  /** One line of a record against what was acknowledged, to the chip and the millisecond. */
  #compare(round: number, bet: Bet, fail: (what: string, ...facts: unknown[]) => never): void {
    const told = this.#placed.get(bet.id) ?? fail("nobody was told of this bet", round, bet);
    if (this.#cancelled.has(bet.id)) fail("a cancelled bet flew", round, bet);
    const same = told.round === round && told.amount === bet.amount && told.targetX100 === bet.targetX100;
    if (!same) fail("the bet is not the one that was acknowledged", round, bet, told);
    const granted = this.granted.get(bet.id);
    const { out } = bet;
    if (granted === undefined) {
      if (out?.by === "hand") fail("cashed out, and nobody was told", round, bet);
    } else if (out?.at !== granted.at || out.x100 !== granted.x100 || out.paid !== granted.paid) {
      fail("the cash-out is not the one that was acknowledged", round, bet, granted);
    }
    if (out !== null && out.paid !== payoutOf(bet.amount, out.x100)) fail("paid wrongly", round, bet);
  }
}

const roomsIn = (folder: string): string => join(folder, "v3/do/croupier-Room");

/** The lobby as its file has it. */
function stateIn({ folder, room }: Scene<Moment>): State | null {
  return peek(roomsIn(folder), room, (db) => {
    const journal = new Journal(sqlStorage(db), room, game);
    const kernel = journal.load(game.stored.parse(journal.meta()?.config), new Recent());
    return kernel.state as State;
  });
}

/** Says words in every round which make its flight as long as the next moment wants it. */
function steer(scene: Scene<Moment>): Tending {
  const { host, folder, room } = scene;
  const end = { here: false };
  let said = 0;
  const done = (async () => {
    while (!end.here) {
      await sleep(40);
      const { round, phase } = (host.view ?? { round: 0, phase: { name: "" } }) as Pick<View, "round" | "phase">;
      if (round <= said || phase.name === "running") continue;
      const row = peek(roomsIn(folder), room, (db) =>
        db.prepare(`SELECT seed FROM seeds WHERE round = ${round}`).get(),
      );
      if (typeof row?.["seed"] !== "string") continue;
      const value = wordFor(row["seed"], room, round, host.id, scene.moment === "flight" ? LONG : SHORT);
      await Promise.race([host.send({ type: "entropy", value }), until(() => end.here, "the end", Infinity)]);
      said = round;
    }
  })();
  return {
    stop: async () => {
      end.here = true;
      await done;
    },
  };
}

function wordFor(
  seed: string,
  room: string,
  round: number,
  player: string,
  [low, high]: readonly [X100, X100],
): string {
  for (let i = 0; ; i++) {
    const value = `word ${i}`;
    const bust = drawBust(drawStream(seed, room, round, [{ player, value }], BUST_LABEL));
    if (bust >= low && bust <= high) return value;
  }
}

/** The end of a flight that is in the air and has at least so long to go. */
async function endOf(scene: Scene<Moment>, atLeastMs: number): Promise<number> {
  let asked = 0;
  for (const deadline = Date.now() + 180_000; Date.now() < deadline; await sleep(20)) {
    const { round, phase } = scene.host.view as View;
    if (phase.name !== "running" || asked === round) continue;
    const state = stateIn(scene);
    if (state === null || state.phase.name !== "running") continue;
    if (state.phase.endAt - Date.now() >= atLeastMs) return state.phase.endAt;
    asked = round;
  }
  throw new Error(`no flight of ${atLeastMs} ms`);
}

/** From well before the end to well after its commit, in small steps. */
const AROUND_MS = [0, 2, -4, 4, 8, -10, 1, 6, 14, 3, -1, 25];
let busts = 0;

async function due(moment: Moment, scene: Scene<Moment>, i: number): Promise<void> {
  const { host, everyone, arrive } = scene;
  const race = (): void => {
    for (const playing of everyone) if (playing instanceof Pilot) playing.race();
  };
  switch (moment) {
    case "betting":
    case "crashed":
      await until(() => host.phase === moment, `the phase ${moment}`, 180_000);
      await sleep((i * 37) % 180);
      return;
    case "flight":
      await endOf(scene, LONG_MS);
      await sleep((i * 53) % 700);
      race();
      await sleep((i * 3) % 10);
      return;
    case "bust": {
      const endAt = await endOf(scene, 150);
      const at = endAt + (AROUND_MS[busts++ % AROUND_MS.length] ?? 0);
      await sleep(endAt - Date.now() - 12);
      race();
      while (Date.now() < at - 4) await sleep(1);
      while (Date.now() < at); // the timers here are too coarse for the rest
      return;
    }
    case "topup":
      arrive(2);
      await sleep((i * 37) % 180);
      return;
    default:
      moment satisfies never;
  }
}

export const crash: Play<Moment> = {
  game: "crash",
  config: { bettingMs: 1_500, pauseMs: 600, maxProfit: 300, minForceX100: 110 },
  moments: MOMENTS,
  habits: (player, i) => new Pilot(player, i),
  tend: steer,
  due,
  quiet: (view) => {
    const { board, phase } = view as View;
    return board.bets === 0 && phase.name === "waiting";
  },
};

export type Hits = {
  /** Kills in mid-flight: those after which the runtime was back before the flight's end, and those after which it was not. */
  readonly flownOn: number;
  readonly overdue: number;
  /** Kills within 30 ms of a flight's end: how many milliseconds after it. */
  readonly atEnd: readonly number[];
};

/** What the kills hit. */
export function hits(kills: readonly Kill[], rounds: readonly RoundRecord[]): Hits {
  const flights = rounds.flatMap(({ outcome }) => {
    const { startedAt, endX100 } = outcome as unknown as FlightRecord;
    return startedAt === null || endX100 === null ? [] : [{ startedAt, endAt: startedAt + elapsedTo(endX100) }];
  });
  const inAir = kills.flatMap(({ at, upAt }) => {
    const flight = flights.find(({ startedAt, endAt }) => at > startedAt && at < endAt);
    return flight === undefined ? [] : [upAt < flight.endAt];
  });
  return {
    flownOn: inAir.filter((back) => back).length,
    overdue: inAir.filter((back) => !back).length,
    atEnd: kills.flatMap(({ at }) => {
      const near = flights.find(({ endAt }) => Math.abs(at - endAt) <= 30);
      return near === undefined ? [] : [at - near.endAt];
    }),
  };
}
