import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { courseOf } from "../../rooms/poker/course.ts";
import { poker as game } from "../../rooms/poker/index.ts";
import type { HandRecord } from "../../rooms/poker/record.ts";
import { STREETS, type State } from "../../rooms/poker/state.ts";
import type { View } from "../../rooms/poker/types.ts";
import { Journal } from "../../rooms/host/journal.ts";
import type { RoundRecord } from "../../rooms/host/ports.ts";
import { Recent } from "../../rooms/kernel/command-ids.ts";
import { peek } from "./peek.ts";
import { until, type Play, type Playing, type Scene } from "./play.ts";
import type { Player } from "./player.ts";
import { sqlStorage } from "./sqlite.ts";

/**
 * Poker under fire: everybody sits, bets, raises, folds and tops up all the time, house players among them. The killer pulls the
 * plug on each street, with an act on its way, and between the award of a hand and its end.
 */

/** `award`: the pots are paid, and the hand is not put away. `topup`: while new players' buy-ins are on their way. */
const MOMENTS = ["preflop", "flop", "turn", "river", "award", "topup"] as const;
type Moment = (typeof MOMENTS)[number];

const SEATS = 9;
const BOTS = [7, 8];
const BUY_IN = 4_000;
/** Seldom, so that most hands go on to the river. */
const FOLDS_EVERY = 9;

/** Refusals that play under fire brings along: the turn has passed, the seat has been taken, the hand has ended meanwhile. */
const EXPECTED =
  /^(not_your_turn|old_hand|no_hand|price_changed|nothing_to_call|raise_too_low|raise_too_high|cannot_raise|seat_taken|in_hand|buy_in_too_big|buy_in_too_small|rejoin_stack|insufficient_funds|busy|not_ready|too_many_bots|house_budget_spent|already_seated|not_seated|entropy_frozen|nothing_owed)$/;

type Act = { readonly hand: number; readonly type: "fold" | "check" | "call" | "raise"; readonly to: number | null };

class Sitter implements Playing {
  readonly player: Player;
  readonly #seat: number;
  /** Acts that were acknowledged, in their order. */
  readonly #acts: Act[] = [];
  #sat = false;
  #n = 0;
  #stopped = false;
  #fault: Error | null = null;
  #done: Promise<unknown> = Promise.resolve();

  constructor(player: Player, i: number) {
    this.player = player;
    this.#seat = i % (SEATS - BOTS.length);
    this.#n = i;
  }

  get #view(): View {
    return this.player.view as View;
  }

  get bets(): number {
    return this.#acts.length;
  }

  start(everyMs: number): void {
    this.#done = this.#play(everyMs).catch((error: unknown) => {
      this.#fault ??= error instanceof Error ? error : new Error(String(error));
    });
  }

  async #play(everyMs: number): Promise<void> {
    while (!this.#stopped) {
      const seat = this.#view.seats.findIndex((one) => one?.player === this.player.id);
      if (seat < 0) await this.#sit();
      else {
        for (const bot of BOTS) if (this.#view.seats[bot] === null) await this.#send({ type: "addBot", seat: bot });
        const mine = this.#view.seats[seat];
        if (mine?.waiting === "broke") await this.#send({ type: "topUp", amount: BUY_IN });
        else if (mine?.waiting === "sittingOut") await this.#back();
        else if (mine?.waiting === "newcomer") await this.#send({ type: "postBlinds" });
        await this.#act(seat);
      }
      await sleep(everyMs);
    }
  }

  async #sit(): Promise<void> {
    const { seats } = this.#view;
    const free = [this.#seat, 0, 1, 2, 3, 4, 5, 6].find((seat) => seats[seat] === null);
    if (free === undefined) return;
    if ((await this.#send({ type: "sit", seat: free, buyIn: BUY_IN, entropy: `words ${this.#n}` })) !== null)
      this.#sat = true;
  }

  async #back(): Promise<void> {
    await this.#send({ type: "topUp", amount: BUY_IN });
    await this.#send({ type: "sitIn" });
  }

  /** In turn, of what the view offers; now and then what it does not. */
  async #act(seat: number): Promise<void> {
    const { hand, round, phase } = this.#view;
    const turn = hand?.turn ?? null;
    if (turn === null || turn.seat !== seat || phase.name !== "playing") return;
    this.#n += 1;
    const free = turn.toCall === 0;
    const raise = this.#n % 5 === 0 ? turn.raise : null;
    const act: Omit<Act, "hand"> =
      raise !== null
        ? { type: "raise", to: Math.min(raise.most, raise.least + (this.#n % 3) * 100) }
        : this.#n % FOLDS_EVERY === 0 && !free
          ? { type: "fold", to: null }
          : { type: free ? "check" : "call", to: null };
    const { to, type } = act;
    const told = await this.#send({ type, hand: round, ...(to === null ? {} : { to }) });
    if (told !== null) this.#acts.push({ hand: round, ...act });
  }

  /** The result; null when it was refused as expected. */
  async #send(command: { readonly type: string; readonly [key: string]: unknown }): Promise<unknown> {
    const reply = await this.player.send(command);
    if (reply.ok) return reply.result ?? true;
    if (!EXPECTED.test(reply.code)) throw new Error(`${command.type} was refused ${reply.code}: ${reply.message}`);
    return null;
  }

  /** Stands up as soon as the hand lets them. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
    if (this.#fault !== null) throw this.#fault;
    if (!this.#sat) return;
    await until(() => this.#view.seats.some((one) => one?.player === this.player.id), "the seat", 10_000);
    for (const deadline = Date.now() + 120_000; ; await sleep(50)) {
      const reply = await this.player.send({ type: "stand" });
      if (reply.ok || reply.code === "not_seated") return;
      if (reply.code !== "in_hand") throw new Error(`stand was refused ${reply.code}: ${reply.message}`);
      if (Date.now() > deadline)
        throw new Error(`${this.player.id} cannot stand up: ${JSON.stringify(this.#view.hand)}`);
      const seat = this.#view.seats.findIndex((one) => one?.player === this.player.id);
      if (seat >= 0) await this.#act(seat);
    }
  }

  account(rounds: readonly RoundRecord[]): { staked: number; profit: number } {
    const { id } = this.player;
    const fail = (what: string, ...facts: unknown[]): never => {
      throw new Error(`${id}: ${what}: ${JSON.stringify(facts)}`);
    };
    let staked = 0;
    let profit = 0;
    for (const { round, outcome } of rounds) {
      const { players, log, board, board2, awards, rake, void: reason } = outcome as unknown as HandRecord;
      if (reason !== null) fail("a hand is void, and nobody called it off", round, reason);
      const sum = players.reduce((all, { start, end }) => all + start - end, 0);
      if (sum !== rake) fail("the stacks of a hand do not add up", round, players);
      const place = players.findIndex(({ player }) => player === id);
      const told = this.#acts.filter(({ hand }) => hand === round);
      if (place < 0) {
        if (told.length > 0) fail("acknowledged acts of a hand without this player", round, told);
        continue;
      }
      const done = log.flatMap((line) =>
        line.type === "act" && line.player === place && line.by === "player" ? [line] : [],
      );
      const wanted = told.map(({ type, to }) => [type, to]);
      const found = done.map(({ act, to }) =>
        act.type === "bet" || act.type === "raise" ? ["raise", to] : [act.type, null],
      );
      if (JSON.stringify(found) !== JSON.stringify(wanted)) {
        fail("the acts are not those that were acknowledged", round, { found, wanted, board, board2, awards });
      }
      const mine = players[place];
      if (mine === undefined) continue;
      profit += mine.end - mine.start;
      const course = courseOf(outcome as unknown as HandRecord);
      if ("fault" in course) fail("the acts of a hand are not allowed", round, course);
      else staked += course.betting.stakes[place]?.put ?? 0;
    }
    for (const act of this.#acts) {
      if (!rounds.some(({ round }) => round === act.hand)) fail("an acknowledged act is in no hand", act);
    }
    return { staked, profit };
  }
}

const roomsIn = (folder: string): string => join(folder, "v3/do/croupier-Room");

/** The table as its file has it. */
function stateIn({ folder, room }: Scene<Moment>): State | null {
  return peek(roomsIn(folder), room, (db) => {
    const journal = new Journal(sqlStorage(db), room, game);
    const kernel = journal.load(game.stored.parse(journal.meta()?.config), new Recent());
    return kernel.state as State;
  });
}

async function due(moment: Moment, { host, arrive }: Scene<Moment>, i: number): Promise<void> {
  const view = (): View | null => host.view as View | null;
  switch (moment) {
    case "preflop":
    case "flop":
    case "turn":
    case "river":
      // With somebody to act, so that an act is on its way, or is about to be.
      await until(
        () => view()?.phase.name === "playing" && view()?.hand?.street === moment && view()?.hand?.turn != null,
        `the ${moment}`,
        180_000,
      );
      await sleep((i * 13) % 60);
      return;
    case "award":
      await until(() => view()?.phase.name === "over", "the award", 180_000);
      await sleep((i * 37) % 150);
      return;
    case "topup":
      arrive(2);
      await sleep((i * 37) % 180);
      return;
    default:
      moment satisfies never;
  }
}

/** What the kills hit, on the way of a hand. A street may have gone on before the plug was out; it never goes back. */
export const WAY = ["preflop", "flop", "turn", "river", "over"];

export const poker: Play<Moment> = {
  game: "poker",
  config: {
    seats: SEATS,
    actionMs: 800,
    timeBankMs: 0,
    graceMs: 0,
    dealMs: 300,
    pauseMs: 2_500,
    runOutMs: 150,
    rejoinMs: 0,
  },
  moments: MOMENTS,
  habits: (player, i) => new Sitter(player, i),
  due,
  hit: (scene) => {
    const state = stateIn(scene);
    if (state === null) return "nothing";
    const { hand, phase } = state;
    return phase.name === "playing" ? (STREETS[hand?.street ?? 0] ?? "river") : phase.name;
  },
  quiet: (view) => {
    const { seats, hand, phase } = view as View;
    return hand === null && phase.name === "waiting" && seats.every((seat) => seat === null);
  },
};
