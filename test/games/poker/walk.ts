import type { Chips, Facts, Input, Ms, PlayerId } from "../../../rooms/game.ts";
import { DECK } from "../../../rooms/poker/cards.ts";
import type { Event, EventOf } from "../../../rooms/poker/events.ts";
import { poker } from "../../../rooms/poker/index.ts";
import type { Hand, Sitting, State } from "../../../rooms/poker/state.ts";
import { act, nextStreet } from "../../../rooms/poker/street.ts";
import type { Command, Config } from "../../../rooms/poker/types.ts";
import type { Random } from "../../kit/random.ts";

/**
 * A table where people sit down, post, buy the button, sit out and in, stand up and go broke at random, hand after hand; hands
 * themselves are called through and won by anybody. Every deal is held against the rules of button, blinds and order. [P1] [P10]
 */

const PEOPLE = [
  "ann",
  "bob",
  "cy",
  "dee",
  "eve",
  "fay",
  "gus",
  "hal",
  "ida",
  "joe",
  "kay",
  "lou",
] as unknown as PlayerId[];
const BIG = 2;

const card = (position: number) => ({ card: DECK[position] ?? 0, opening: { position, salt: "", path: [] } });
const draw = (): never => {
  throw new Error("nothing is drawn");
};

export class Walk {
  readonly seen = { heads: 0, three: 0, bought: 0, posted: 0, deadSmall: 0, deadButton: 0, straddled: 0, broke: 0 };
  #state: State;
  #now = 1_000_000 as Ms;
  readonly #random: Random;
  /** Since when each who could be dealt in has waited for the big blind: who else has had it since. By sitting. */
  readonly #since = new Map<string, Set<string>>();
  readonly #sittings = new Map<PlayerId, number>();
  #lastBig: string | null = null;
  /** Of `PEOPLE`, so many are about: it grows and shrinks, so that big tables get short too. */
  #crowd = 4;

  constructor(random: Random, config: Partial<Config>) {
    this.#random = random;
    const fast = { smallBlind: 1, bigBlind: BIG, minBuyInBigBlinds: 5, rejoinMs: 0, orbitsOut: 3, maxBots: 2 };
    this.#state = poker.rules.initial(poker.config.parse({ ...fast, ...config }));
  }

  hands(wanted: number): void {
    for (let tries = 0, dealt = 0; dealt < wanted; tries++) {
      if (tries > 60 * wanted) throw new Error("too few hands are dealt");
      if (dealt % 50 === 0) this.#crowd = this.#random.between(this.#state.config.minPlayers, PEOPLE.length);
      this.#people();
      const { phase } = this.#state;
      if (phase.name === "waiting") continue;
      this.#due("deal");
      if (this.#state.hand === null) continue;
      dealt += 1;
      this.#people();
      this.#won(this.#state.hand);
      this.#people();
      this.#due("next");
    }
  }

  // ---- what people do ----

  #people(): void {
    for (let n = this.#random.int(3); n > 0; n--) {
      const player = this.#random.pick(PEOPLE);
      if (player === undefined) continue;
      const sitting = this.#state.seats.find((one) => one?.player === player) ?? null;
      const about = PEOPLE.indexOf(player) < this.#crowd;
      const command = about ? this.#wish(sitting) : ({ type: "stand" } as const);
      this.#take({ type: "command", player, command: poker.command.parse(command) });
    }
  }

  #wish(sitting: Sitting | null): Command {
    const random = this.#random;
    const seat = random.int(this.#state.config.seats);
    if (sitting === null) return { type: "sit", seat, buyIn: random.pick([5, 20, 100]) * BIG };
    if (sitting.stack === 0 && random.chance(0.5)) return { type: "topUp", amount: 5 * BIG };
    if (sitting.entering && random.chance(0.6))
      return { type: random.pick(["postBlinds", "buyButton", "buyButton", "sitIn"]) };
    const kinds = { postBlinds: 5, buyButton: 5, sitIn: 5, sitOut: 3, stand: 3, straddle: 1, addBot: 1, removeBot: 1 };
    const kind = random.weighted(kinds);
    switch (kind) {
      case "sitOut":
        return random.chance(0.5) ? { type: "sitOut" } : { type: "sitOut", when: "nextBigBlind" };
      case "straddle":
        return { type: "straddle", on: random.chance(0.5) };
      case "addBot":
      case "removeBot":
        return { type: kind, seat };
      default:
        return { type: kind };
    }
  }

  #take(input: Input<Command, never>): void {
    const decision = poker.rules.decide(this.#state, input, this.#facts());
    if (!("refused" in decision)) for (const event of decision.events) this.#apply(event);
  }

  #due(name: string): void {
    const due = poker.rules.deadlines(this.#state).find((one) => one.name === name);
    if (due === undefined) return;
    this.#now = Math.max(this.#now, due.at) as Ms;
    this.#take({ type: "deadline", name, at: due.at });
  }

  #facts(): Facts {
    return { now: this.#now, table: "running", purse: () => 0 as Chips, draw, deck: { card } };
  }

  /** Who wins takes the blinds, and now and then everything. */
  #won({ betting, players }: Hand): void {
    const chips = betting.stakes.reduce((sum, { put }) => sum + put, 0) as Chips;
    const seat = this.#random.pick(players.map((one) => one.seat)) ?? 0;
    const won: EventOf<"won"> = {
      type: "won",
      end: { awards: [{ pot: 0, board: 1, wins: [{ seat, chips }], with: null }], rake: 0, back: null },
      shows: [],
      nextAt: this.#now,
    };
    this.#apply(won);
    if (!this.#random.chance(0.03)) return;
    const loser = this.#random.pick(players.map((one) => one.seat));
    this.seen.broke += 1;
    const seats = this.#state.seats.map((one, i) => (i === loser && one !== null ? { ...one, stack: 0 } : one));
    this.#state = { ...this.#state, seats };
  }

  #apply(event: Event): void {
    if (event.type === "sat") this.#sittings.set(event.player, (this.#sittings.get(event.player) ?? 0) + 1);
    if (event.type === "dealt") this.#dealt(event);
    // What the hand would do by itself is not wanted here.
    if (event.type === "facedUp" || event.type === "street") return;
    if (event.type === "won" && this.#state.hand?.end !== null) return;
    this.#state = poker.rules.evolve(this.#state, event);
  }

  // ---- what has to hold ----

  #dealt({ hand, counted = hand.blinds }: EventOf<"dealt">): void {
    const { seats, config, blinds: before } = this.#state;
    const { button, small, big } = hand.blinds;
    const places = hand.players.map(({ seat }) => seat);
    const says = (why: string): never => {
      const table = seats.map((one) =>
        one === null ? "-" : `${one.player}${one.entering ? "?" : ""}${one.out ? "!" : ""}`,
      );
      throw new Error(`${why}: ${JSON.stringify({ before, blinds: hand.blinds, places, table })}`);
    };
    const fair = (holds: boolean, why: string): void => {
      if (!holds) says(why);
    };
    const steps = (seat: number): number => (seat - button - 1 + config.seats) % config.seats;
    const bought = counted.big !== big;
    fair(places.includes(big), "the big blind is dealt in");
    fair(
      places.every((seat, i) => i === 0 || steps(places[i - 1] ?? 0) < steps(seat)),
      "clockwise from the button",
    );
    if (places.length === 2)
      fair(button === small && button !== big && places[0] === big, "heads-up the dealer is the small blind");
    else {
      fair(button !== big && button !== small, "the dealer has no blind");
      const at = places.indexOf(small);
      if (hand.smallPosted) fair(at >= 0 && at < places.indexOf(big), "the small blind acts before the big one");
      if (places.includes(button)) fair(places.at(-1) === button, "the button acts last");
    }
    this.#inTurn(hand, fair);
    for (const [seat, one] of seats.entries()) {
      const could = one !== null && !one.out && one.stack > 0;
      if (could && !one.entering) fair(places.includes(seat), `${one.player} plays, and is dealt in`);
      if (could && one.posts) fair(places.includes(seat), `${one.player} posts, and is dealt in`);
      if (!could) fair(!places.includes(seat), `seat ${seat} is not dealt in`);
    }
    this.#bigBlind(seats[big] ?? null, bought, fair);
    this.seen.heads += Number(places.length === 2);
    this.seen.three += Number(before !== null && before.button === before.small && places.length > 2);
    this.seen.bought += Number(bought);
    this.seen.deadSmall += Number(!hand.smallPosted && !bought);
    this.seen.deadButton += Number(!places.includes(button));
    this.seen.posted += Number(hand.log.some((line) => line.type === "post" && line.what === "missed blinds"));
    this.seen.straddled += Number(hand.log.some((line) => line.type === "post" && line.what === "straddle"));
  }

  /** Everybody calls: whose turn it is goes round from who begins, on every street. */
  #inTurn({ betting: start, players, blinds, log }: Hand, fair: (holds: boolean, why: string) => void): void {
    const n = players.length;
    const straddle = log.find((line) => line.type === "post" && line.what === "straddle");
    const last = straddle?.type === "post" ? straddle.player : players.findIndex(({ seat }) => seat === blinds.big);
    let betting = start;
    for (let street = 0; street < 4; street++) {
      const can = (place: number): boolean => (betting.stakes[place]?.stack ?? 0) > 0;
      const from = street === 0 ? last + 1 : 0;
      const due = players.map((_, i) => (from + i) % n).filter((place) => can(place));
      const turns: number[] = [];
      while (betting.turn !== null) {
        turns.push(betting.turn);
        betting = act(betting, betting.turn, { type: "call" });
      }
      // With everybody else all-in there may be less to decide; never another order.
      const right = due.length > 1 ? turns.join() === due.join() : turns.length <= 1;
      fair(
        right ||
          (street === 0 && turns.every((turn, i) => i === 0 || due.indexOf(turns[i - 1] ?? -1) < due.indexOf(turn))),
        `street ${street} goes round as ${due.join()}, not ${turns.join()}`,
      );
      if (street < 3) betting = nextStreet(betting);
    }
  }

  /** Nobody has the big blind twice in a row, and nobody has it again before all who have waited since had it. */
  #bigBlind(sitting: Sitting | null, bought: boolean, fair: (holds: boolean, why: string) => void): void {
    if (sitting === null) return;
    const id = this.#id(sitting);
    fair(id !== this.#lastBig, `${id} has the big blind twice in a row`);
    const waiting = new Set<string>();
    for (const one of this.#state.seats) {
      if (one === null || one.out || one.stack === 0) continue;
      waiting.add(this.#id(one));
      const since = this.#since.get(this.#id(one)) ?? new Set();
      this.#since.set(this.#id(one), since);
      if (one === sitting || bought) continue;
      fair(!since.has(id), `${id} has the big blind again before ${one.player} has it`);
      since.add(id);
    }
    for (const known of this.#since.keys()) if (!waiting.has(known)) this.#since.delete(known);
    this.#since.set(id, new Set());
    this.#lastBig = id;
  }

  #id({ player }: Sitting): string {
    return `${player}/${this.#sittings.get(player) ?? 0}`;
  }
}
