import type { Options } from "../game.ts";
import type { Config } from "./types.ts";

export const options: Options<Config> = {
  players: { title: "Players", description: "A draw starts as soon as so many have tickets." },
  minPlayers: { title: "Fewest players", description: "With fewer, time does not start a draw." },
  timeLimitMs: { title: "Time limit", description: "From the first ticket until time starts the draw." },
  prizeShare: { title: "Prize", description: "In parts of 10,000 of the draw's stakes." },
  drawMs: { title: "Time for words", description: "How long a started draw takes words before it is drawn." },
  weighting: { title: "Weight", description: "By stake, or every ticket the same." },
  capPerPlayer: { title: "Most weight", description: "Of one player's tickets together, in one draw." },
  games: { title: "Games", description: "Whose stakes make tickets; none named: every game's." },
};
