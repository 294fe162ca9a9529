import type { Answer, Outcome, Parked, RoomInput, World } from "../../../rooms/kernel/inputs.ts";
import { TransferRetrier } from "../../../rooms/host/transfers.ts";
import { nextDeadline, replay, run } from "../../../rooms/kernel/engine.ts";
import { PublicFeed } from "../../../rooms/kernel/public-feed.ts";
import * as frames from "../../../rooms/kernel/frames.ts";
import type { AnyGame, Json, Ms, PlayerId } from "../../../rooms/game.ts";
import { readFrame } from "../../../rooms/kernel/inbound.ts";
import { create, type Kernel } from "../../../rooms/kernel/state.ts";
import { freeze, thaw } from "../../../rooms/kernel/snapshot.ts";
import { Loop } from "../../../rooms/host/loop.ts";
import type { Wallet } from "../../../rooms/host/services.ts";
import { Recent } from "../../../rooms/kernel/command-ids.ts";
import type { Disk } from "./disk.ts";
import type { Page } from "./page.ts";

/**
 * The room around the engine, without a platform: room.ts with a model of a disk, of sockets and of time. Everything that can
 * be the real part is: the loop, the retrier of transfers, the feed, the frames, the door, the memory of ids.
 */

export type Token = Page | ((answer: Answer) => void) | null;

export type House = {
  readonly game: AnyGame;
  readonly config: unknown;
  readonly room: string;
  readonly disk: Disk;
  readonly wallet: Wallet;
  readonly buyIn: number;
  readonly graceMs: number;
  readonly now: () => Ms;
  readonly freshSeed: () => string;
  /** Every batch as it is committed, before anybody hears of it. */
  readonly judged: (outcome: Outcome<Token>) => void;
  /** Commands as they come in, before they are judged. */
  readonly came: (input: RoomInput) => void;
  readonly failed: (error: unknown) => void;
  readonly died: (error: unknown) => void;
};

const SNAPSHOT_ROWS = 25;

export class Shell {
  readonly #house: House;
  readonly #world: World;
  readonly #recent = new Recent();
  readonly #seeds = new Map<number, string>();
  readonly #taken = new Set<string>();
  readonly #pages = new Set<Page>();
  readonly #feed: PublicFeed;
  readonly #loop: Loop<Token>;
  readonly #transfers: TransferRetrier;
  kernel: Kernel;
  parked: Parked<Token> = new Map();
  /** When the one alarm is set for. */
  armed: number | null = null;
  #alive = true;

  /** As the last commit left it. `pages`: sockets that outlived a hibernation. */
  constructor(house: House, fromSnapshot: boolean, pages: Iterable<Page> = []) {
    this.#house = house;
    const { game, config, room, disk, wallet, buyIn, graceMs, now, freshSeed } = house;
    const seedOf = (round: number): string => {
      const seed = this.#seeds.get(round);
      if (seed === undefined) throw new Error(`no seed for round ${round}`);
      return seed;
    };
    const taken = (id: string): boolean => this.#taken.has(id);
    this.#world = { game, recent: this.#recent, buyIn, graceMs, taken, seedOf, freshSeed };
    const { rows } = disk;
    const snapshot = fromSnapshot ? disk.lastSnapshot() : null;
    const base = snapshot === null ? create(game, room, config) : thaw(JSON.parse(snapshot.text) as Json, (s) => s);
    const tail = rows.slice(snapshot?.rows ?? 0).map(({ at, events }) => ({
      at,
      events: events.map((e) => (e.type === "game" ? { ...e, event: game.event.parse(e.event) } : e)),
    }));
    this.kernel = replay(base, tail, game);
    for (const { ids, seeds, finished, messages } of rows) {
      for (const id of messages) this.#taken.add(id);
      for (const accepted of ids) this.#recent.add(accepted);
      for (const { round, seed } of seeds) this.#seeds.set(round, seed);
      for (const round of finished) this.#seeds.delete(round);
    }
    this.#feed = new PublicFeed(game, this.kernel.seq);
    this.#loop = new Loop<Token>({
      now,
      judge: (batch, until) => run(this.kernel, this.parked, batch, until, this.#world),
      commit: (outcome) => this.#commit(outcome),
      durable: () => disk.sync(),
      speak: (outcome) => this.#speak(outcome),
      answer: (token, answer) => this.#answer(token, answer),
      failed: (error) => {
        house.failed(error);
        this.#arm();
      },
      die: (error) => house.died(error),
    });
    this.#transfers = new TransferRetrier({
      wallet,
      now,
      answered: (player, id, answer) => this.enqueue({ type: "answer", player, id, answer }, null),
      failed: () => this.#arm(),
    });
    for (const page of pages) {
      this.#pages.add(page);
      page.line = (text) => this.#receive(page, text);
    }
    for (const [player, purse] of this.kernel.purses) {
      if (purse.transfer !== null) this.#transfers.expect(player, purse.transfer);
    }
    if (this.kernel.seq === 0) this.enqueue({ type: "wake" }, null);
    for (const [player, { name, online }] of this.kernel.presence) {
      const here = this.#of(player).length > 0;
      if (online !== here) this.enqueue({ type: "presence", player, name, online: here }, null);
    }
    this.#arm();
  }

  /** The process is gone: nothing that was under way comes to anything. */
  kill(): void {
    this.#alive = false;
    for (const page of this.#pages) page.line = null;
  }

  get pages(): ReadonlySet<Page> {
    return this.#pages;
  }

  get known(): Pick<Recent, "find"> {
    return this.#recent;
  }

  #of(player: PlayerId): Page[] {
    return [...this.#pages].filter((page) => page.viewer === player);
  }

  // ---- sockets ----

  connect(page: Page, since: number | null): void {
    const player = page.viewer;
    const first = player !== null && this.#of(player).length === 0;
    this.flush(); // to the others: the newcomer's first frame is the greeting
    this.#pages.add(page);
    page.line = (text) => this.#receive(page, text);
    this.#greet(page, since);
    if (first) this.enqueue({ type: "presence", player, name: `The ${player}`, online: true }, null);
  }

  disconnect(page: Page): void {
    page.line = null;
    if (!this.#pages.delete(page) || page.viewer === null || this.#of(page.viewer).length > 0) return;
    this.enqueue({ type: "presence", player: page.viewer, name: `The ${page.viewer}`, online: false }, null);
  }

  #greet(page: Page, since: number | null): void {
    const { game, now } = this.#house;
    const epoch = `epoch.${page.viewer ?? "spectator"}`;
    const missed = page.epoch === epoch && since !== null ? this.#feed.missed(since) : null;
    this.#send(
      page,
      missed === null
        ? frames.welcome(game, this.kernel, page.viewer, epoch, now())
        : frames.resumed(game, this.kernel, page.viewer, missed, now()),
    );
  }

  #receive(page: Page, text: string): void {
    const read = readFrame(text, this.#house.game);
    if ("close" in read) {
      this.#answer(page, { ok: false, id: null, code: read.code, message: read.message });
      this.disconnect(page);
      return;
    }
    for (const one of read) {
      if (one.kind === "seen") continue;
      if (one.kind === "refused") this.#answer(page, { ok: false, id: one.id, code: one.code, message: one.message });
      else if (page.viewer === null) {
        this.#answer(page, { ok: false, id: one.input.id, code: "spectator", message: "Join with a ticket to play." });
      } else {
        const input = { ...one.input, player: page.viewer };
        this.#house.came(input);
        this.#loop.push({ at: this.#house.now(), token: page, input });
      }
    }
    this.#loop.kick();
  }

  #send(page: Page, text: string): void {
    this.#house.disk.gate(() => {
      if (this.#alive && page.line !== null) page.receive(text);
    });
  }

  // ---- the loop ----

  enqueue(input: RoomInput, token: Token): void {
    if (!this.#alive) return;
    this.#loop.push({ at: this.#house.now(), token, input });
    this.#loop.kick();
  }

  #commit(outcome: Outcome<Token>): void {
    const { disk, judged } = this.#house;
    const { at, events, accepted, seeds, finished, messages } = outcome;
    const committed = events.length > 0 || messages.length > 0;
    if (committed) disk.write({ at, events, ids: accepted, seeds, finished: finished.map(({ n }) => n), messages });
    this.kernel = outcome.kernel;
    this.parked = outcome.parked;
    this.#feed.push(this.kernel.seq, outcome.roomShown, outcome.gameShown);
    if (committed) {
      for (const { round, seed } of seeds) this.#seeds.set(round, seed);
      for (const { n } of finished) this.#seeds.delete(n);
      for (const id of messages) this.#taken.add(id);
      for (const one of accepted) this.#recent.add(one);
      this.#recent.evict(at);
      for (const event of events) {
        if (event.type === "room.transfer") this.#transfers.expect(event.player, event.transfer);
        if (event.type === "room.transferred") this.#transfers.done(event.id);
      }
      if (disk.length % SNAPSHOT_ROWS === 0) disk.snapshot(JSON.stringify(freeze(this.kernel)));
    }
    judged(outcome);
    this.#arm();
  }

  #speak(outcome: Outcome<Token>): void {
    if (!this.#alive) return;
    for (const { token, answer } of outcome.answers) this.#answer(token, answer);
    for (const [player, told] of outcome.told) {
      for (const page of this.#of(player)) this.#send(page, frames.ownFrame(outcome.kernel.seq, told));
    }
    for (const player of outcome.purses) {
      const text = frames.purseFrame(outcome.kernel, player);
      if (text !== null) for (const page of this.#of(player)) this.#send(page, text);
    }
    if (outcome.events.length > 0) void Promise.all(this.#transfers.go());
  }

  #answer(token: Token, answer: Answer): void {
    if (typeof token === "function") token(answer);
    else if (token !== null) this.#send(token, frames.replyFrame(answer));
  }

  /** When the retrier of transfers next sees to a transfer; null: it knows of none. */
  get carriedAt(): number | null {
    return this.#transfers.next();
  }

  get pending(): boolean {
    return this.#feed.pending;
  }

  flush(): void {
    const text = this.#feed.take(this.#house.now());
    if (text !== null) for (const page of this.#pages) this.#send(page, text);
  }

  // ---- time ----

  #arm(): void {
    const next = Math.min(
      nextDeadline(this.kernel, { game: this.#house.game, graceMs: this.#house.graceMs }) ?? Infinity,
      this.#transfers.next() ?? Infinity,
    );
    this.armed = Number.isFinite(next) ? next : null;
  }

  async alarm(): Promise<void> {
    if (!this.#alive) return;
    this.enqueue({ type: "wake" }, null);
    await this.#loop.idle();
    if (!this.#alive) return;
    void Promise.all(this.#transfers.go());
    this.#arm();
  }

  idle(): Promise<void> {
    return this.#loop.idle();
  }
}
