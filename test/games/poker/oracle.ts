import assert from "node:assert/strict";
import * as z from "zod/mini";
import type { DealtCard } from "../../../rooms/fair/deck.ts";
import type { Json, PlayerId, TableStatus, Viewer } from "../../../rooms/game.ts";
import type { Event, EventOf } from "../../../rooms/poker/events.ts";
import { paidOut, type Chair } from "./book.ts";
import type { Oracle, Verdict } from "../fixtures.ts";

const configSchema = z.object({
  seats: z.int(),
  smallBlind: z.int(),
  bigBlind: z.int(),
  ante: z.int(),
  minBuyInBigBlinds: z.int(),
  maxBuyInBigBlinds: z.int(),
  minPlayers: z.int(),
  rakeX10000: z.int(),
  rakeCap: z.int(),
  straddleRaiseBigBlinds: z.int(),
  maxBots: z.int(),
  botBudget: z.int(),
});
type Config = z.infer<typeof configSchema>;

type Seat = {
  readonly player: PlayerId;
  readonly bot: boolean;
  stack: number;
  out: boolean;
  outNext: boolean;
  entering: boolean;
  twice: boolean;
  /** Was dealt in since sitting down. */
  played: boolean;
};

/** A hand as somebody writes it down who sits beside the table. */
type Hand = {
  readonly chairs: Chair[];
  /** Everybody's seat, in the order of `chairs`. */
  readonly big: number;
  price: number;
  /** The last full bet or raise. */
  full: number;
  turn: number | null;
  aggressor: number | null;
  board: number[];
  board2: number[] | null;
  readonly dealt: DealtCard[];
  faceUp: boolean;
  over: boolean;
};

const NOTHING: Verdict = { house: 0, profits: new Map() };

/** Somebody who knows P1 to P21, and holds every event of a table against them. */
export class PokerOracle implements Oracle<Event> {
  readonly #config: Config;
  readonly #seats: (Seat | null)[];
  #round = 1;
  #paused = false;
  #lastBig: number | null = null;
  /** Who has bought the button has had the big blind, though the turn is another's. */
  #had: number | null = null;
  #hand: Hand | null = null;
  /** What house players brought on a day and did not take home. */
  #lent = { day: 0, chips: 0 };
  #starting = false;
  /** For a void hand to be dealt again. */
  #before: { lastBig: number | null; had: number | null; entering: ReadonlyMap<PlayerId, boolean> } = {
    lastBig: null,
    had: null,
    entering: new Map(),
  };

  constructor(config: Json) {
    this.#config = configSchema.parse(config);
    this.#seats = Array.from({ length: this.#config.seats }, () => null);
  }

  table(status: TableStatus): void {
    this.#paused = status === "paused";
  }

  see(event: Event): Verdict {
    switch (event.type) {
      case "sat":
        this.#sat(event);
        return NOTHING;
      case "stood": {
        const { player, bot, stack } = this.#seat(event.seat);
        assert.ok(!this.#busy(player), "nobody stands in mid-hand");
        if (bot) this.#lends(-stack, event.at);
        this.#seats[event.seat] = null;
        if (this.#had === event.seat) this.#had = null;
        return NOTHING;
      }
      case "toppedUp": {
        const seat = this.#seat(event.seat);
        const chair = this.#busy(seat.player) ? this.#chairOf(seat.player) : undefined;
        assert.ok(chair?.folded !== false, "[P14] top-up between hands, or after a fold for the next one");
        assert.ok(!this.#paused, "a paused table takes no chips");
        seat.stack += event.amount;
        const front = seat.stack + (chair?.stack ?? 0);
        assert.ok(front <= this.#most(), "[P14] nobody tops up beyond the most one may bring");
        return NOTHING;
      }
      case "flagged":
        this.#flagged(event);
        return NOTHING;
      case "queued":
      case "offered":
        return NOTHING;
      case "starting":
        this.#starts(event);
        return NOTHING;
      case "dealt":
        this.#dealt(event);
        return NOTHING;
      case "acted":
        this.#acted(event);
        return NOTHING;
      case "street":
        this.#street(event);
        return NOTHING;
      case "facedUp":
        this.#facedUp(event);
        return NOTHING;
      case "won":
        return this.#won(event);
      case "showed": {
        const chair = this.#hand?.chairs[event.player];
        assert.ok(this.#hand?.over === true && chair !== undefined, "[P9] cards are shown when the hand is over");
        assert.ok(!chair.folded, "[P17] folded cards never");
        chair.shown = true;
        return NOTHING;
      }
      case "ended":
        assert.equal(event.round, this.#round, "the hand that was on is put away");
        assert.ok(this.#hand?.over === true, "and it was paid before");
        this.#round += 1;
        this.#hand = null;
        return NOTHING;
      case "voided": {
        assert.equal(event.round, this.#round, "the open hand is void");
        const hand = this.#on();
        for (const { seat, start } of hand.chairs) this.#seat(seat).stack += start;
        this.#lastBig = this.#before.lastBig;
        this.#had = this.#before.had;
        for (const seat of this.#seats) {
          if (seat !== null) seat.entering = this.#before.entering.get(seat.player) ?? seat.entering;
        }
        this.#round += 1;
        this.#hand = null;
        return NOTHING;
      }
      default:
        event satisfies never;
        return NOTHING;
    }
  }

  /** The kernel gives back what each had when the hand began, with what they have brought and taken since. */
  faulted(refunds: ReadonlyMap<PlayerId, number>): Verdict["profits"] {
    const profits = new Map<PlayerId, number>();
    const seated = this.#seats.flatMap((seat) => (seat === null || seat.bot ? [] : [seat.player]));
    const played = this.#hand?.chairs.flatMap(({ bot, player }) => (bot ? [] : [player])) ?? [];
    for (const player of new Set([...seated, ...played])) {
      const chair = this.#chairOf(player);
      const behind = this.#seats.find((seat) => seat?.player === player)?.stack ?? 0;
      const held = behind + (chair === undefined || this.#hand?.over === true ? 0 : chair.stack + chair.put);
      // Who has stood up since has taken what was won home.
      const due = Math.max(0, held - (chair?.won ?? 0));
      assert.equal(refunds.get(player) ?? 0, due, "a fault gives back stacks as the hand began");
      profits.set(player, due - held);
    }
    return profits;
  }

  /** The cards that this viewer may have seen of the hand that is on, or has just ended. [P17] */
  mayKnow(viewer: Viewer): readonly DealtCard[] {
    const hand = this.#hand;
    if (hand === null) return [];
    const own = hand.chairs.filter((chair) => chair.shown || (viewer !== null && chair.player === viewer));
    return [...hand.dealt, ...own.flatMap(({ cards }) => cards)];
  }

  // ---- at the table ----

  #most(): number {
    return this.#config.maxBuyInBigBlinds * this.#config.bigBlind;
  }

  #seat(seat: number): Seat {
    const taken = this.#seats[seat];
    assert.ok(taken != null, `somebody sits in seat ${seat}`);
    return taken;
  }

  #chairOf(player: PlayerId): Chair | undefined {
    return this.#hand?.chairs.find((chair) => chair.player === player);
  }

  #busy(player: PlayerId): boolean {
    return this.#hand?.over === false && this.#chairOf(player) !== undefined;
  }

  /** A game that is on goes on with two; to begin it takes as many as the table says. [P19] */
  #enough(): number {
    return this.#ready().filter(({ played }) => played).length >= 2 ? 2 : Math.max(2, this.#config.minPlayers);
  }

  #ready(): Seat[] {
    return this.#seats.filter((seat): seat is Seat => seat !== null && !seat.out && seat.stack > 0);
  }

  #sat({ seat, player, bot, stack, entering, at }: EventOf<"sat">): void {
    assert.equal(this.#seats[seat], null, "a seat is taken once");
    assert.ok(
      this.#seats.every((other) => other?.player !== player),
      "and a player sits once",
    );
    assert.ok(!this.#paused, "a paused table takes no chips");
    assert.ok(stack >= this.#config.minBuyInBigBlinds * this.#config.bigBlind, "[P14] with no less than the least");
    assert.equal(player.startsWith("bot:"), bot, "[P20] house players are marked");
    const playing = this.#seats.flatMap((other) => {
      if (other === null || other.out || other.entering) return [];
      return other.stack > 0 || this.#busy(other.player) ? [other] : [];
    });
    const on = this.#lastBig !== null && playing.length >= 2 && playing.some((other) => !other.bot);
    assert.equal(entering, on, "[P11] who comes while a game is on waits for the big blind, or posts");
    const bots = this.#seats.filter((other) => other?.bot === true).length;
    if (bot) this.#comes(stack, at ?? 0, bots);
    this.#seats[seat] = { player, bot, stack, entering, out: false, outNext: false, twice: false, played: false };
  }

  #lends(chips: number, at: number): void {
    const day = Math.floor(at / 86_400_000);
    const before = day === this.#lent.day ? this.#lent.chips : 0;
    this.#lent = { day, chips: Math.max(0, before + chips) };
  }

  #comes(stack: number, at: number, others: number): void {
    assert.ok(others < this.#config.maxBots, "[P20] and no more than may be");
    assert.ok(
      this.#seats.some((seat) => seat?.bot === false),
      "[P20] called by somebody who sits",
    );
    this.#lends(stack, at);
    assert.ok(this.#lent.chips <= this.#config.botBudget, "[P20] with no more than the house gives in a day");
    assert.equal(this.#config.ante, 0, "[P20] where there is no ante");
    assert.ok(this.#config.bigBlind <= 1_000 && this.#most() <= 100_000, "[P20] at stakes of the house");
  }

  #flagged({ seat: at, set }: EventOf<"flagged">): void {
    const seat = this.#seat(at);
    for (const key of ["out", "outNext", "entering", "twice"] as const) seat[key] = set[key] ?? seat[key];
  }

  #starts({ dealAt }: EventOf<"starting">): void {
    if (dealAt === null) {
      assert.ok(this.#starting, "what was announced is called off");
      this.#starting = false;
      return;
    }
    const ready = this.#ready();
    assert.equal(this.#hand, null, "the next hand is announced when the last one is put away");
    assert.ok(!this.#paused, "a paused table deals no hand");
    assert.ok(ready.length >= this.#enough(), "[P19] a hand starts when enough are ready");
    assert.ok(
      ready.some(({ bot }) => !bot),
      "[P20] house players do not play by themselves",
    );
    this.#starting = true;
  }

  // ---- the hand ----

  #on(): Hand {
    assert.ok(this.#hand !== null && !this.#hand.over, "a hand is on");
    return this.#hand;
  }

  #dealt({ hand: { players, blinds, betting, board, log }, counted = blinds }: EventOf<"dealt">): void {
    const { bigBlind, smallBlind, ante, straddleRaiseBigBlinds } = this.#config;
    assert.ok(this.#hand === null && this.#starting, "a hand is dealt when it was announced, and one at a time");
    const enough = this.#enough();
    assert.ok(players.length >= enough, "[P19] to enough players");
    assert.equal(board.length, 0, "the board comes later");
    this.#starting = false;
    const entering = this.#seats.flatMap((seat) => (seat === null ? [] : [[seat.player, seat.entering] as const]));
    this.#before = { lastBig: this.#lastBig, had: this.#had, entering: new Map(entering) };
    const n = this.#config.seats;
    const from = (seat: number): number => (seat - blinds.button - 1 + n) % n;
    const dealt = players.map(({ seat }) => seat);
    assert.deepEqual(
      dealt,
      [...dealt].sort((a, b) => from(a) - from(b)),
      "clockwise from the left of the button",
    );
    const candidates = this.#seats.flatMap((seat, i) => (seat !== null && !seat.out && seat.stack > 0 ? [i] : []));
    if (this.#lastBig !== null) {
      const last = this.#lastBig;
      const after = (from: number) =>
        [...candidates].sort((a, b) => ((a - from - 1 + n) % n) - ((b - from - 1 + n) % n))[0];
      const due = after(last);
      const next = due !== undefined && due === this.#had ? after(due) : due;
      if (counted.big === blinds.big) assert.equal(blinds.big, next, "[P10] the big blind goes to the next player due");
      else {
        assert.ok(this.#seat(blinds.big).entering, "[P11] a newcomer buys the button");
        assert.deepEqual(
          [counted.big, counted.small],
          [last, blinds.big],
          "[P11] and has it next, before whose turn it was",
        );
      }
    }
    const waiting = candidates.filter((seat) => !dealt.includes(seat));
    for (const seat of waiting) assert.ok(this.#seat(seat).entering, "[P11] who has played on is dealt in");
    const paid = (place: number): boolean =>
      log.some((line) => line.type === "post" && line.player === place && /missed|straddle/.test(line.what));
    const free = players.filter(({ seat }, i) => seat !== blinds.big && this.#seat(seat).entering && !paid(i));
    const others = players.length - free.length;
    const person = players.some(({ bot }) => !bot) && !free.some(({ bot }) => !bot);
    if (others >= enough && person) assert.equal(free.length, 0, "[P11] who has missed a blind posts it, or waits");
    if (players.length === 2) {
      assert.equal(blinds.button, blinds.small, "[P1] heads-up the small blind is the button");
      assert.equal(players[0]?.seat, blinds.big, "[P1] and the big blind is first after the flop");
    } else {
      assert.ok(
        ![blinds.small, blinds.big].includes(blinds.button),
        "[P10] the dealer has no blind among three or more",
      );
      const posts = log.find((line) => line.type === "post" && line.what === "small blind");
      if (posts?.type === "post")
        assert.ok(posts.player < dealt.indexOf(blinds.big), "[P10] the small blind acts before the big one");
    }
    const chairs = players.map(({ seat, player, bot, start, cards }, place): Chair => {
      const sitting = this.#seat(seat);
      const { stack, bet, put, folded } = betting.stakes[place] ?? { stack: 0, bet: 0, put: 0, folded: true };
      assert.deepEqual([player, bot, start], [sitting.player, sitting.bot, sitting.stack], "with what is in front");
      assert.equal(cards.length, 2, "two cards each");
      assert.equal(stack + put, start, "[P7] what is posted comes from the stack");
      assert.equal(folded, false, "nobody has folded yet");
      sitting.stack = 0;
      sitting.entering = false;
      sitting.played = true;
      return {
        seat,
        player,
        bot,
        start,
        cards,
        stack,
        put,
        bet,
        dead: 0,
        folded,
        shown: false,
        acted: false,
        priced: 0,
        won: 0,
      };
    });
    const post = (seat: number, what: string): number =>
      log.reduce(
        (sum, line) =>
          line.type === "post" && players[line.player]?.seat === seat && line.what === what
            ? sum + line.live + line.dead
            : sum,
        0,
      );
    const straddled = log.some((line) => line.type === "post" && line.what === "straddle");
    for (const chair of chairs) {
      const paid = Math.min(ante, chair.start);
      assert.equal(post(chair.seat, "ante"), ante, "[P1] everybody posts the ante");
      const rest = chair.start - paid;
      if (chair.seat === blinds.big && !straddledBy(log, players, blinds.big))
        assert.ok(
          chair.bet === Math.min(bigBlind, rest) || chair.put - chair.bet > paid,
          "[P1] the big blind is posted",
        );
      else if (chair.seat === blinds.small && post(chair.seat, "small blind") > 0)
        assert.equal(chair.bet, Math.min(smallBlind, rest), "[P1] and the small one");
      chair.dead = chair.put - chair.bet - paid;
      assert.ok(chair.dead === 0 || chair.dead <= smallBlind, "[P11] of missed blinds the small one is dead");
      const line = log.some(
        (one) => one.type === "post" && one.what !== "ante" && players[one.player]?.seat === chair.seat,
      );
      assert.ok(line || chair.put === paid, "who posts nothing puts in nothing but the ante");
    }
    const big = dealt.indexOf(blinds.big);
    assert.ok(big >= 0, "[P10] somebody has the big blind");
    const price = straddled ? 2 * bigBlind : bigBlind;
    const straddler = chairs.findIndex(({ seat }) => post(seat, "straddle") > 0);
    this.#hand = {
      chairs,
      big,
      price,
      full: straddled ? (straddleRaiseBigBlinds - 2) * bigBlind : bigBlind,
      turn: null,
      aggressor: null,
      board: [],
      board2: null,
      dealt: [],
      faceUp: false,
      over: false,
    };
    if (counted.big === blinds.big) this.#missed(blinds.big);
    this.#had = counted.big === blinds.big ? null : blinds.big;
    this.#lastBig = counted.big;
    this.#distinct(chairs.flatMap(({ cards }) => cards));
    this.#next(straddled ? straddler : big);
    assert.equal(betting.turn, this.#hand.turn, "[P1] the first left of the big blind, or of the straddle, begins");
  }

  /** Who sits out when a blind passes has missed it. [P11] */
  #missed(big: number): void {
    const last = this.#lastBig;
    if (last === null) return;
    const n = this.#config.seats;
    for (const [i, seat] of this.#seats.entries()) {
      const passed = (i - last - 1 + n) % n <= (big - last - 1 + n) % n;
      if (seat !== null && seat.out && (passed || i === last)) seat.entering = true;
    }
  }

  #distinct(more: readonly DealtCard[]): void {
    const hand = this.#on();
    const known = [...hand.dealt, ...hand.chairs.flatMap(({ cards }) => cards)];
    for (const { card, opening } of more) {
      assert.ok(Number.isInteger(card) && card >= 0 && card < 52, "a card is a card");
      const same = known.filter((one) => one.card === card || one.opening.position === opening.position);
      assert.ok(same.length <= 1, "no card is dealt twice");
    }
  }

  /** Whoever comes next after a place, and has something to decide. */
  #next(after: number): void {
    const hand = this.#on();
    const { chairs } = hand;
    const inHand = chairs.filter(({ folded }) => !folded);
    hand.turn = null;
    for (let i = 1; i <= chairs.length && inHand.length > 1; i++) {
      const place = (after + i) % chairs.length;
      const me = chairs[place];
      if (me === undefined || me.folded || me.stack === 0) continue;
      const others = inHand.filter((one) => one !== me);
      const owes = me.bet < hand.price && others.some((one) => one.bet + one.stack > me.bet);
      if (!owes && (me.acted || others.every(({ stack }) => stack === 0))) continue;
      hand.turn = place;
      return;
    }
  }

  #acted({ player, act, to, by }: EventOf<"acted">): void {
    const hand = this.#on();
    const me = hand.chairs[player];
    assert.ok(me !== undefined && hand.turn === player, "nobody acts out of turn");
    const all = me.bet + me.stack;
    const owed = Math.min(hand.price - me.bet, me.stack);
    if (by === "clock")
      assert.equal(act.type, owed === 0 ? "check" : "fold", "[P12] time-out: check when free, else fold");
    switch (act.type) {
      case "fold":
        me.folded = true;
        break;
      case "check":
        assert.equal(owed, 0, "a check is free");
        break;
      case "call":
        assert.ok(owed > 0 && act.amount === owed, "a call is what is owed, or all there is");
        break;
      case "bet":
      case "raise": {
        const least = Math.min(hand.price + hand.full, all);
        assert.equal(act.type, hand.price === 0 ? "bet" : "raise", "the first is a bet, others are raises");
        assert.ok(
          to <= all && to > hand.price && to >= least,
          "[P2] a raise adds the last full bet or raise, or is all-in",
        );
        assert.ok(
          !me.acted || hand.price - me.priced >= hand.full,
          "[P3] [P4] [P5] short all-ins do not reopen the betting",
        );
        const answered = hand.chairs.some((one) => one !== me && !one.folded && one.bet + one.stack > hand.price);
        assert.ok(answered, "[P6] nobody raises when every opponent is all-in");
        hand.full = Math.max(hand.full, to - hand.price);
        hand.price = to;
        hand.aggressor = player;
        break;
      }
      default:
        assert.fail(`${act.type} is no act`);
    }
    const paid = act.type === "call" ? owed : act.type === "bet" || act.type === "raise" ? to - me.bet : 0;
    me.stack -= paid;
    me.bet += paid;
    me.put += paid;
    me.acted = true;
    me.priced = hand.price;
    assert.equal(to, me.bet, "an act says what is in front after it");
    this.#next(player);
  }

  #betsAreIn(hand: Hand): void {
    assert.equal(hand.turn, null, "nobody is passed over");
    assert.ok(hand.chairs.filter(({ folded }) => !folded).length > 1, "the last player left needs no more cards");
  }

  #street({ board, cards }: EventOf<"street">): void {
    const hand = this.#on();
    this.#distinct(cards);
    const could = hand.chairs.filter(({ folded, stack }) => !folded && stack > 0).length;
    if (board === 2) {
      assert.ok(hand.board2 !== null && hand.faceUp, "[P16] a second board by consent alone");
      assert.equal(hand.board.length, 5, "[P16] the first board is dealt to its end, then the second (LA 219)");
      assert.equal(cards.length, hand.board2.length === 0 ? 3 : 1, "[P16] both boards are dealt alike");
      hand.board2.push(...cards.map(({ card }) => card));
    } else {
      this.#betsAreIn(hand);
      assert.ok(could > 1 || hand.faceUp, "[P6] [P9] hands are face up before the board runs out");
      assert.equal(cards.length, hand.board.length === 0 ? 3 : 1, "three cards, and one, and one");
      hand.board.push(...cards.map(({ card }) => card));
      assert.ok(hand.board.length <= 5, "and no more");
      for (const chair of hand.chairs) Object.assign(chair, { bet: 0, acted: false, priced: 0 });
      hand.price = 0;
      hand.full = this.#config.bigBlind;
      hand.aggressor = null;
      this.#next(hand.chairs.length - 1);
    }
    hand.dealt.push(...cards);
  }

  #facedUp({ twice }: EventOf<"facedUp">): void {
    const hand = this.#on();
    this.#betsAreIn(hand);
    const left = hand.chairs.filter(({ folded }) => !folded);
    assert.ok(left.filter(({ stack }) => stack > 0).length < 2, "[P6] nobody can bet any more");
    assert.ok(!hand.faceUp && hand.board.length < 5, "once, and with cards to come");
    const all = left.every(({ seat }) => this.#seat(seat).twice);
    assert.ok(all || !twice, "[P16] twice by consent of all");
    hand.faceUp = true;
    if (twice) hand.board2 = [...hand.board];
    for (const chair of left) chair.shown = true;
  }

  #won({ end, shows }: EventOf<"won">): Verdict {
    const hand = this.#on();
    const { chairs, board, board2 } = hand;
    assert.equal(hand.turn, null, "nobody is passed over");
    const left = chairs.filter(({ folded }) => !folded);
    const showdown = left.length > 1;
    if (showdown) assert.equal(board.length, 5, "a showdown is over a whole board");
    if (showdown && board2 !== null) assert.equal(board2.length, 5, "or two");
    const boards = [board, ...(board2 === null ? [] : [board2])];
    const { won, back, rake, winners } = paidOut(chairs, boards, this.#config);
    assert.deepEqual(
      end.back,
      back === null ? null : { player: back.place, chips: back.chips },
      "[P7] the uncalled bet",
    );
    assert.equal(end.rake, rake, "[P16] rake with its cap, none without a flop");
    const given = new Map<number, number>();
    for (const { seat, chips } of end.awards.flatMap(({ wins }) => wins))
      given.set(seat, (given.get(seat) ?? 0) + chips);
    for (const [place, chair] of chairs.entries()) {
      assert.equal(given.get(chair.seat) ?? 0, won[place] ?? 0, "[P7] [P8] every pot to whose it is");
    }
    this.#shows(hand, new Set(shows), winners);
    const profits = new Map<PlayerId, number>();
    let house = 0;
    for (const [place, chair] of chairs.entries()) {
      const after = chair.stack + (won[place] ?? 0) + (back?.place === place ? back.chips : 0);
      chair.won = after - chair.start;
      this.#seat(chair.seat).stack += after;
      if (chair.bot) continue;
      profits.set(chair.player, chair.won);
      house -= chair.won;
    }
    const lost = chairs.reduce((sum, chair) => sum - chair.won, 0);
    assert.ok(lost === rake, "[P7] chips are conserved, but for the rake");
    hand.over = true;
    return { house: house === 0 ? 0 : house, profits };
  }

  /** Who must show, and who need not. [P9] */
  #shows({ chairs, faceUp, aggressor }: Hand, shows: ReadonlySet<number>, winners: ReadonlySet<number>): void {
    const left = chairs.flatMap(({ folded }, place) => (folded ? [] : [place]));
    for (const place of shows) {
      const chair = chairs[place];
      assert.ok(chair !== undefined && !chair.folded, "[P17] folded cards never");
      chair.shown = true;
    }
    if (left.length === 1) {
      assert.equal(shows.size, 0, "[P9] the last player left wins without showing");
      return;
    }
    const seen = (place: number): boolean => chairs[place]?.shown === true;
    for (const place of winners) assert.ok(seen(place), "[P9] who wins at a showdown has shown");
    const first = aggressor ?? left[0] ?? 0;
    assert.ok(seen(first), "[P9] the last aggressor shows first, else the first left of the button");
    if (faceUp || left.some((place) => chairs[place]?.stack === 0))
      assert.ok(left.every(seen), "[P9] all-in hands are face up, also losers");
  }
}

function straddledBy(
  log: EventOf<"dealt">["hand"]["log"],
  players: EventOf<"dealt">["hand"]["players"],
  seat: number,
): boolean {
  return log.some((line) => line.type === "post" && line.what === "straddle" && players[line.player]?.seat === seat);
}
