import type { Options } from "../game.ts";
import type { Config } from "./types.ts";

export const options: Options<Config> = {
  players: { title: "Players", description: "A draw starts as soon as this many have tickets." },
  minPlayers: { title: "Fewest players", description: "With fewer, the time limit does not start a draw." },
  timeLimitMs: { title: "Time limit", description: "From the first ticket until the draw starts by itself." },
  prizeShare: { title: "Prize", description: "The part of the draw's stakes that is its prize, in basis points." },
  drawMs: {
    title: "Time for client seeds",
    description: "How long a started draw takes client seeds before it is drawn.",
  },
  weighting: { title: "Weight", description: "Whether tickets weigh by their stake, or all the same." },
  capPerPlayer: { title: "Most weight", description: "The most that one player's tickets weigh together in one draw." },
  games: { title: "Games", description: "The games whose stakes make tickets. None named: all games." },
};
