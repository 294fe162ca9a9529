import assert from "node:assert/strict";
import type { Outcome, RoomInput } from "../../rooms/kernel/inputs.ts";
import { DeadlineError } from "../../rooms/kernel/engine.ts";
import type { AnyGame, Json, Ms, PlayerId } from "../../rooms/game.ts";
import { freeze } from "../../rooms/kernel/snapshot.ts";
import { auditMoney, auditPage, auditTime } from "./model/audit.ts";
import { Books } from "./model/books.ts";
import { Bugs, PLANTED } from "./model/bugs.ts";
import { Disk } from "./model/disk.ts";
import { Page, RESEND_MS } from "./model/page.ts";
import { Shell, type House, type Token } from "./model/shell.ts";
import { ModelWallet, type Call } from "./model/wallet.ts";
import { Random } from "../kit/random.ts";
import { fixtureOf, type AnyFixture, type Frame } from "../games/fixtures.ts";

/**
 * A seeded life of one room: random players, a wallet that loses calls, a disk that loses writes, clocks that jump, alarms that
 * come twice, bugs in the game. After every step the books are balanced, and what was said is held against what is. The same
 * seed and number of steps give the same life.
 */

export type Options = {
  readonly game: AnyGame;
  readonly config: Json;
  readonly seed: number;
  readonly steps: number;
  /** A mutant: the disk says that all is durable when nothing is. */
  readonly lyingDisk?: boolean;
};

type Message = RoomInput & { readonly type: "message" };

/** How often each thing happened. */
export type Sometimes = Record<string, number>;

const PLAYERS = ["ann", "bob", "cy", "dee", "eve", "toString"].map((name) => name as PlayerId);
const START = 1_700_000_000_000;
const GRACE_MS = 6_000;
const BUY_IN = 150;
/** The first two are soon out of chips. */
const GIVEN: ReadonlyMap<PlayerId, number> = new Map(PLAYERS.map((player, i) => [player, i < 2 ? 160 : 1_500]));

/** Lives a life; rejects with the seed and the step at the first thing that is not as it must be. */
export async function simulate(options: Options): Promise<Sometimes> {
  const life = new Life(options);
  let step = 0;
  try {
    for (; step < options.steps; step++) await life.step();
    await life.end();
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new Error(`SEED=${options.seed} step ${step} (${life.doing}): ${words}`, { cause: error });
  }
  return life.sometimes;
}

class Life {
  readonly sometimes: Sometimes = {};
  doing = "";
  readonly #random: Random;
  readonly #game: AnyGame;
  readonly #world: AnyFixture;
  readonly #house: House;
  readonly #disk = new Disk();
  readonly #wallet = new ModelWallet();
  readonly #pages: Page[] = [];
  #shell: Shell;
  #now: Ms = START as Ms;
  #sessions = 0;
  readonly #books: Books;
  readonly #bugs = new Bugs();
  /** The first thing that went wrong where nobody could throw. */
  #wrong: unknown = null;
  #lastAnswer: Extract<RoomInput, { type: "answer" }> | null = null;
  #messages = 0;
  /** The queue: what was sent and is not acknowledged, and what is. */
  readonly #queue = new Map<string, Message>();
  readonly #acknowledged = new Map<string, Message>();

  constructor({ game, config, seed, lyingDisk = false }: Options) {
    this.#random = new Random(seed);
    this.#game = this.#bugs.in(game);
    this.#world = fixtureOf(game.name);
    const parsed = game.config.parse(config);
    for (const [player, amount] of GIVEN) this.#wallet.grant(player, amount);
    this.#books = new Books(this.#world, parsed as Json, GIVEN);
    this.#disk.lies = lyingDisk;
    this.#house = {
      game: this.#game,
      config: parsed,
      room: `${game.name}:sim`,
      disk: this.#disk,
      wallet: this.#wallet,
      buyIn: BUY_IN,
      graceMs: GRACE_MS,
      now: () => this.#now,
      freshSeed: () => this.#random.hex(32),
      judged: (outcome) => this.#noting(() => this.#judged(outcome)),
      came: (input) => this.#bugs.came(input),
      failed: (error) => this.#noting(() => this.#failed(error)),
      died: (error) => this.#noting(() => assert.fail(`the store failed: ${String(error)}`)),
    };
    this.#shell = new Shell(this.#house, false);
  }

  #failed(error: unknown): void {
    const words = error instanceof Error ? error.message : String(error);
    this.#met(error instanceof DeadlineError ? "a deadline threw" : "a command threw");
    // A batch that spans a whole round is judged again piece by piece.
    assert.match(words, new RegExp(`${PLANTED}|was durable before this batch`), "only planted bugs throw");
  }

  #noting(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#wrong ??= error;
    }
  }

  #met(what: string, n = 1): void {
    if (n > 0) this.sometimes[what] = (this.sometimes[what] ?? 0) + n;
  }

  // ---- what may happen ----

  async step(): Promise<void> {
    await this.#act();
    await this.#settle();
    if (this.#random.chance(0.6)) this.#shell.flush();
    await this.#settle();
    this.#audit();
  }

  /** Lets everything run that can run. */
  async #settle(): Promise<void> {
    for (let i = 0; i < 2; i++) await new Promise((resolve) => void setImmediate(resolve));
  }

  async #act(): Promise<void> {
    const random = this.#random;
    const often = this.#world.messages ?? { fresh: 0, again: 0, commands: 80, orders: 3, room: 7 };
    const { fresh, again, commands, orders, room } = often;
    const what = random.weighted({
      command: commands,
      message: fresh,
      messageAgain: again,
      again: 6,
      conflict: 3,
      garbage: 3,
      room,
      wallet: 70,
      duplicate: 3,
      connect: 10,
      disconnect: 4,
      tick: 30,
      jump: 1,
      back: 3,
      alarm: 25,
      order: orders,
      crash: this.#disk.held ? 12 : 2,
      hibernate: 3,
      hold: this.#disk.held ? 0 : 8,
      release: this.#disk.held ? 30 : 0,
      poison: 5,
      deadlineFault: random.chance(0.5) ? 1 : 0,
      fault: random.chance(0.06) ? 1 : 0,
    });
    this.doing = what;
    switch (what) {
      case "command":
        this.#command();
        return;
      case "message":
        this.#deliver();
        return;
      case "messageAgain":
        this.#deliverAgain();
        return;
      case "again":
      case "conflict":
        this.#again(what === "conflict");
        return;
      case "garbage":
        this.#garbage();
        return;
      case "room":
        this.#send([
          random.pick<Frame>([
            { type: "leave" },
            { type: "leave" },
            { type: "chat", text: `Good luck ${random.hex(2)}` },
            { type: "entropy", value: random.hex(4) },
          ]),
        ]);
        return;
      case "wallet":
        this.#walletMoves();
        return;
      case "duplicate":
        if (this.#lastAnswer === null) return;
        this.#met("an answer came twice");
        this.#shell.enqueue(this.#lastAnswer, null);
        return;
      case "connect":
        this.#connect();
        return;
      case "disconnect": {
        const page = random.pick([...this.#shell.pages]);
        if (page !== undefined) this.#shell.disconnect(page);
        return;
      }
      case "tick":
        this.#now = (this.#now + random.int(2_000)) as Ms;
        return;
      case "jump":
        this.#met("the clock jumped hours ahead");
        this.#now = (this.#now + random.between(1, 30) * 3_600_000) as Ms;
        return;
      case "back":
        this.#met("the clock went back");
        this.#now = (this.#now - random.int(4_000)) as Ms;
        return;
      case "alarm":
        this.#alarm();
        return;
      case "order":
        this.#order();
        return;
      case "crash":
        this.#crash();
        return;
      case "hibernate":
        await this.#hibernate();
        return;
      case "hold":
        this.#disk.held = true;
        return;
      case "release":
        this.#disk.release();
        return;
      case "poison":
        await this.#poison();
        return;
      case "deadlineFault":
        this.#bugs.deadlines = random.between(1, 4);
        return;
      case "fault":
      default:
        this.#met("the room was told to fault");
        this.#shell.enqueue({ type: "fault", reason: "a test" }, null);
    }
  }

  #connected(): Page | undefined {
    return this.#random.pick([...this.#shell.pages].filter((page) => page.viewer !== null));
  }

  #send(bodies: readonly Frame[]): void {
    this.#connected()?.send(bodies, this.#now);
  }

  #command(): void {
    const page = this.#connected();
    const player = page?.viewer ?? null;
    if (page === undefined || player === null) return;
    const bodies = Array.from({ length: this.#random.chance(0.1) ? this.#random.between(2, 12) : 1 }, () => ({
      ...(this.#random.chance(0.15) ? { entropy: this.#random.hex(3) } : {}),
      ...this.#world.command(this.#random, this.#shell.kernel.state, player),
    }));
    const [body] = bodies;
    if (body !== undefined && this.#random.chance(0.06)) {
      this.#met("a command came twice in one frame");
      page.stutter(body, this.#now);
    } else page.send(bodies, this.#now);
  }

  /** The queue's consumer delivers a message or a few. */
  #deliver(): void {
    for (let n = this.#random.chance(0.2) ? this.#random.between(2, 8) : 1; n > 0; n--) {
      const message = this.#world.message(this.#random);
      if (message === null) return;
      const input: Message = { type: "message", id: `stake-${++this.#messages}`, message };
      this.#queue.set(input.id, input);
      if (this.#random.chance(0.05)) this.#bugs.messages.add(input.id);
      this.#hand(input);
    }
  }

  /** One that came before: nobody knows that it was taken, or it is news to nobody; or twice at once. */
  #deliverAgain(): void {
    const open = this.#random.pick([...this.#queue.values()]);
    const old = this.#random.pick([...this.#acknowledged.values()].slice(-12));
    const input = this.#random.chance(0.7) ? (open ?? old) : (old ?? open);
    if (input === undefined) return;
    this.#met("a message came again");
    this.#hand(input);
    if (this.#random.chance(0.4)) return;
    this.#met("a message came twice at once");
    this.#hand(input);
  }

  #hand(input: Message): void {
    this.#shell.enqueue(input, (answer) => {
      if (answer.ok) {
        this.#met("a message was taken");
        this.#queue.delete(input.id);
        this.#acknowledged.set(input.id, input);
      } else {
        this.#noting(() => {
          const { id, code } = answer;
          assert.ok(
            !this.#acknowledged.has(input.id) || code === "internal",
            `${id} was taken, and is refused ${code}`,
          );
          if (code !== "internal")
            this.#queue.delete(input.id); // dead letters
          else if (this.#bugs.messages.delete(input.id)) this.#met("a message threw");
        });
      }
    });
  }

  /** A command that was accepted is sent once more, or its id with another body. */
  #again(conflict: boolean): void {
    const page = this.#connected();
    const young = [...(page?.accepted.values() ?? [])].filter(({ sent }) => this.#now - sent.at < RESEND_MS);
    const done = this.#random.pick(young.slice(-8));
    if (page === undefined || done === undefined) return;
    this.#met(conflict ? "an id came with another body" : "an accepted command came again");
    if (conflict) page.conflict(done.sent);
    else page.again(done.sent);
  }

  #garbage(): void {
    const page = this.#connected();
    const before = this.#frozen();
    const text = this.#random.chance(0.3)
      ? "{"
      : JSON.stringify({ id: "bad-1:1", ...this.#world.malformed(this.#random) });
    page?.line?.(text);
    if (page === undefined || text === "{") return; // the latter costs the socket, and that is news
    this.#met("a malformed command came");
    assert.ok(this.#frozen() === before, "a malformed command changed the room");
  }

  #walletMoves(): void {
    const call = this.#random.pick(this.#wallet.calls);
    if (call === undefined) return;
    this.#wallet.calls.splice(this.#wallet.calls.indexOf(call), 1);
    switch (this.#random.weighted({ done: 14, lostBefore: 3, lostAfter: 3 })) {
      case "done":
        this.#answer(call);
        return;
      case "lostBefore":
        this.#met("a call was lost on its way to the wallet");
        call.lose();
        return;
      case "lostAfter":
      default:
        this.#met("the wallet's answer was lost");
        this.#wallet.apply(call);
        call.lose();
    }
  }

  #answer(call: Call): void {
    if (this.#wallet.done.has(call.request.id)) this.#met("the wallet was asked again for what it had done");
    const answer = this.#wallet.apply(call);
    if (!answer.ok) this.#met("a wallet was too small");
    this.#lastAnswer = { type: "answer", player: call.player, id: call.request.id, answer };
    call.answer(answer);
  }

  #connect(): void {
    const random = this.#random;
    const away = this.#pages.filter((page) => page.line === null);
    const old = random.pick(away);
    let page = old;
    if (page === undefined || random.chance(0.2)) {
      page = new Page(
        this.#game,
        random.chance(0.1) ? null : (random.pick(PLAYERS) ?? null),
        `sess-${++this.#sessions}`,
      );
      this.#pages.push(page);
    }
    const since = page.seq >= 0 && random.chance(0.7) ? page.seq : null;
    const { resumes } = page.seen;
    this.#shell.connect(page, since);
    if (page.seen.resumes > resumes) this.#met("a page resumed where it had stopped");
    if (page.viewer !== null) this.#met("a page sent again what was never answered", page.resend(this.#now));
  }

  #alarm(): void {
    const due = this.#shell.armed !== null && this.#shell.armed <= this.#now;
    if (due) this.#met("an alarm came");
    else if (this.#random.chance(0.3)) this.#met("an alarm came that was not due");
    else if (this.#shell.armed !== null && this.#random.chance(0.5)) {
      // On time, or late.
      this.#now = (Math.max(this.#now, this.#shell.armed) +
        (this.#random.chance(0.2) ? this.#random.int(90_000) : 0)) as Ms;
      this.#met("an alarm came");
    } else return;
    void this.#shell.alarm();
    if (this.#random.chance(0.1)) void this.#shell.alarm();
  }

  #order(): void {
    const order = this.#random.pick<Extract<RoomInput, { type: "order" }>["order"]>([
      { type: "pause" },
      { type: "resume" },
      { type: "resume" },
      { type: "resume" },
      { type: "resume" },
      { type: "void", reason: "a test" },
    ]);
    this.#shell.enqueue({ type: "order", order }, (answer) => {
      if (answer.ok) this.#met(`the operator said ${order.type}`);
    });
  }

  /** Killed at any point, and started again from its disk; the sockets are closed. */
  #crash(): void {
    this.#met("the room was killed");
    if (this.#shell.parked.size > 0) this.#met("the room was killed with commands waiting for chips");
    this.#shell.kill();
    this.#met("a commit was lost with the room", this.#disk.crash(this.#random.int(3)));
    this.#books.rewrite(this.#disk.rows);
    const fromSnapshot = this.#random.chance(0.5) && this.#disk.lastSnapshot() !== null;
    if (fromSnapshot) this.#met("the room woke from a snapshot");
    this.#shell = new Shell(this.#house, fromSnapshot);
    const taken = new Set(this.#disk.rows.flatMap(({ messages }) => messages));
    this.#met(
      "a message was taken, and who delivered it never heard so",
      [...this.#queue.keys()].filter((id) => taken.has(id)).length,
    );
    for (const id of this.#acknowledged.keys()) {
      assert.ok(taken.has(id), `${id} was acknowledged, and the room that woke does not know it`);
    }
    for (const page of this.#pages) {
      for (const { sent, reply } of page.accepted.values()) {
        if (this.#now - sent.at >= RESEND_MS || page.viewer === null) continue;
        const known = this.#shell.known.find(page.viewer, sent.id);
        assert.ok(known?.seq === reply.seq, `${sent.id} was accepted, and the room that woke does not know it`);
      }
    }
  }

  /** Put to sleep when nothing is under way, and woken; the sockets stay. */
  async #hibernate(): Promise<void> {
    if (this.#disk.held || this.#shell.parked.size > 0 || this.#wallet.calls.length > 0) return;
    this.#shell.flush();
    await this.#shell.idle();
    const before = this.#frozen();
    const old = this.#shell;
    this.#met("the room slept");
    const pages = [...old.pages];
    old.kill();
    this.#shell = new Shell(this.#house, this.#random.chance(0.5), pages);
    assert.ok(this.#frozen() === before, "a room wakes as it fell asleep");
  }

  /** One command throws: alone, it changes nothing; among others, it is the only one refused; or once it has its chips. */
  async #poison(): Promise<void> {
    const page = this.#connected();
    const player = page?.viewer ?? null;
    if (page === undefined || player === null || this.#disk.held || this.#bugs.deadlines > 0) return;
    await this.#shell.idle();
    const bodies = Array.from({ length: this.#random.pick([1, 1, 3]) }, () =>
      this.#world.command(this.#random, this.#shell.kernel.state, player),
    );
    this.#bugs.next = this.#random.pick([1, 1, 2]);
    const before = this.#frozen();
    const { codes } = page;
    const refused = codes.length;
    const alone = bodies.length === 1 && this.#bugs.next === 1;
    page.send(bodies, this.#now);
    this.#bugs.next = 0;
    await this.#settle();
    const internal = codes.slice(refused).filter((code) => code === "internal").length;
    if (alone && internal === 1) {
      this.#met("a command that threw changed nothing");
      assert.ok(this.#frozen() === before, "a command that threw changed the room");
    }
    if (!alone && internal > 0) this.#met("one of several commands threw");
  }

  /** The whole room as text, but for how far time had come in batches without events. */
  #frozen(): string {
    return JSON.stringify({ ...(freeze(this.#shell.kernel) as object), at: 0 });
  }

  // ---- the books ----

  #judged({ events, accepted, refused, kernel }: Outcome<Token>): void {
    this.#books.enter({ events, ids: accepted });
    for (const { type } of events) this.#met(type);
    for (const code of refused) this.#met(`refused ${code}`);
    if (events.length > 0 && kernel.table.status === "faulted") this.#met("a commit in a faulted room");
  }

  #audit(): void {
    if (this.#wrong !== null) throw this.#wrong;
    const { kernel, parked } = this.#shell;
    auditMoney(PLAYERS, { game: this.#game, kernel, wallet: this.#wallet, books: this.#books });
    auditTime(this.#shell, this.#game, GRACE_MS);
    this.#met("a command waited for chips", parked.size);
    this.#auditPage(this.#random.pick([...this.#shell.pages]));
  }

  #auditPage(page: Page | undefined): void {
    if (page === undefined || this.#disk.held) return;
    auditPage(page, this.#shell, this.#game);
    this.#met("a page was as the room");
  }

  /** Everybody goes, nothing fails any more: every chip goes home and the room falls asleep. */
  async end(): Promise<void> {
    this.doing = "the end";
    this.#bugs.deadlines = 0;
    this.#disk.release();
    await this.#settle();
    this.#shell.flush();
    for (const page of this.#shell.pages) this.#auditPage(page);
    for (const page of this.#shell.pages) this.#shell.disconnect(page);
    this.#shell.enqueue({ type: "order", order: { type: "resume" } }, null);
    await this.#settle();
    this.#bugs.messages.clear();
    for (const input of this.#queue.values()) this.#hand(input);
    await this.#settle();
    assert.equal(this.#queue.size, 0, "every message came to something");
    for (let i = 0; i < 400 && (this.#shell.armed !== null || this.#wallet.calls.length > 0); i++) {
      for (const call of this.#wallet.calls.splice(0)) this.#answer(call);
      await this.#settle();
      if (this.#shell.armed !== null) this.#now = Math.max(this.#now, this.#shell.armed) as Ms;
      await this.#shell.alarm();
      await this.#settle();
      this.#audit();
    }
    const { kernel } = this.#shell;
    assert.equal(this.#shell.armed, null, "the room falls asleep");
    assert.equal(kernel.purses.size, 0, "every purse went home");
    assert.equal(kernel.presence.size, 0, "nobody is left");
    const wallets = [...this.#wallet.balances.values()].reduce((sum, balance) => sum + balance, 0);
    assert.equal(wallets + kernel.house - this.#wallet.granted, 0, "wallets + house + promotions = 0");
    this.#met("a life ended");
  }
}
