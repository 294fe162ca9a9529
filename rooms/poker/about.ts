import type { Options } from "../game.ts";
import type { Config } from "./types.ts";

export const options: Options<Config> = {
  seats: { title: "Seats", description: "Two is heads-up, nine a full ring." },
  smallBlind: { title: "Small blind", description: "Chips." },
  bigBlind: { title: "Big blind", description: "Chips; at least the small blind." },
  minBuyInBigBlinds: { title: "Minimum buy-in", description: "The least that a player sits down with." },
  maxBuyInBigBlinds: { title: "Maximum buy-in", description: "The most that a player sits down with, or tops up to." },
  actionMs: { title: "Time to act", description: "Before the player's time bank starts to run." },
  runItTwice: {
    title: "Run it twice",
    description: "Players who are all-in may agree to deal the rest of the board twice.",
  },
  ante: { title: "Ante", description: "Chips from everybody in every hand; 0 for none.", advanced: true },
  straddle: {
    title: "Straddle",
    description: "Which seat may post twice the big blind before the cards.",
    advanced: true,
  },
  straddleRaiseBigBlinds: {
    title: "First raise over a straddle",
    description: "The least total, in big blinds: most card rooms ask for four, the rule book for three.",
    advanced: true,
  },
  minPlayers: { title: "Players to begin", description: "A hand starts when this many are ready.", advanced: true },
  maxBots: {
    title: "House players",
    description: "How many seats may be filled with house players; 0 for none.",
    advanced: true,
  },
  botBudget: {
    title: "House players\u2019 chips",
    description: "The most that they may lose at this table in a day.",
    advanced: true,
  },
  rakeX10000: {
    title: "Rake",
    description: "The house's part of each pot. None is taken when no flop was seen.",
    advanced: true,
  },
  rakeCap: { title: "Rake cap", description: "The most that the house takes from one hand.", advanced: true },
  timeBankMs: {
    title: "Time bank",
    description: "Extra time to act for a whole sitting. Each hand gives back a twentieth.",
    advanced: true,
  },
  graceMs: {
    title: "Grace",
    description: "Extra time for a player who lost the connection and is back.",
    advanced: true,
  },
  lineMs: {
    title: "Connection lost",
    description: "Time to act for a player without a connection. After it they sit out.",
    advanced: true,
  },
  awayMs: { title: "Away", description: "A seat is given up after this time without a connection.", advanced: true },
  outMs: { title: "Sitting out", description: "A seat is given up after sitting out this long.", advanced: true },
  orbitsOut: {
    title: "Sat out",
    description: "A seat is given up after this many missed big blinds.",
    advanced: true,
  },
  rejoinMs: {
    title: "Coming back",
    description: "A player who comes back within this time brings the chips they left with.",
    advanced: true,
  },
  runOutMs: {
    title: "Between streets",
    description: "The pause before each street of a hand in which nobody can bet any more.",
    advanced: true,
  },
  pauseMs: { title: "After a hand", description: "Time to look at the result, and to show cards.", advanced: true },
  dealMs: {
    title: "Before the deal",
    description: "The time in which the players' client seeds for the deck come in.",
    advanced: true,
  },
};
