import type { Options } from "../game.ts";
import type { Config } from "./types.ts";

export const options: Options<Config> = {
  seats: { title: "Seats", description: "Two is heads-up, nine a full ring." },
  smallBlind: { title: "Small blind", description: "Chips." },
  bigBlind: { title: "Big blind", description: "Chips; at least the small blind." },
  minBuyInBigBlinds: { title: "Least to sit down with", description: "What a player has to bring." },
  maxBuyInBigBlinds: { title: "Most to sit down with", description: "And to top up to." },
  actionMs: { title: "Time to act", description: "Before a player's time bank runs." },
  runItTwice: {
    title: "Run it twice",
    description: "Players who are all-in may agree to deal the rest of the board twice.",
  },
  ante: { title: "Ante", description: "Chips from everybody in every hand; 0 for none.", advanced: true },
  straddle: { title: "Straddle", description: "Who may post twice the big blind, unseen.", advanced: true },
  straddleRaiseBigBlinds: {
    title: "First raise over a straddle",
    description: "In big blinds in all: most houses ask four, the book three.",
    advanced: true,
  },
  minPlayers: { title: "Players to begin", description: "A hand starts when so many are ready.", advanced: true },
  maxBots: {
    title: "House players",
    description: "So many seats may be filled with house players; 0 for none.",
    advanced: true,
  },
  botBudget: {
    title: "House players\u2019 chips",
    description: "What they may bring in a day and not take home.",
    advanced: true,
  },
  rakeX10000: {
    title: "Rake",
    description: "The house's part of each pot; nothing when no flop was seen.",
    advanced: true,
  },
  rakeCap: { title: "Most rake", description: "Chips that the house takes of one pot.", advanced: true },
  timeBankMs: {
    title: "Time bank",
    description: "More time to act, for a whole sitting; each hand gives a twentieth back.",
    advanced: true,
  },
  graceMs: {
    title: "Grace",
    description: "More time for who had lost the connection, and is back.",
    advanced: true,
  },
  lineMs: {
    title: "Line lost",
    description: "To act for who has lost the connection; then they sit out.",
    advanced: true,
  },
  awayMs: { title: "Away", description: "A seat without a connection is given free after so long.", advanced: true },
  outMs: { title: "Sitting out", description: "A seat is given free after so long.", advanced: true },
  orbitsOut: {
    title: "Sat out",
    description: "A seat is given free after so many big blinds were missed.",
    advanced: true,
  },
  rejoinMs: {
    title: "Coming back",
    description: "Who comes back within this time brings what they left with.",
    advanced: true,
  },
  runOutMs: {
    title: "Between streets",
    description: "In a hand in which nobody can bet any more.",
    advanced: true,
  },
  pauseMs: { title: "After a hand", description: "Time to look, and to show.", advanced: true },
  dealMs: { title: "Before the deal", description: "The players' words for the deck come in now.", advanced: true },
};
