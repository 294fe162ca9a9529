import type { View } from "../../../rooms/poker/types.ts";
import type { House } from "../../client/index.ts";

/** Where the players sit: the tables that always exist, and more made by those who find no place. */

export const GAMES = ["roulette", "crash", "poker", "lottery"] as const;
export type GameName = (typeof GAMES)[number];
/** What is played at: who is here for the lottery gets their tickets at roulette. */
type TableGame = Exclude<GameName, "lottery">;

export const tableGame = (game: GameName): TableGame => (game === "lottery" ? "roulette" : game);

/** So many to a table, so that each is busy and none is the whole crowd's. */
const PLACES: Readonly<Record<TableGame, number>> = { roulette: 30, crash: 30, poker: 9 };

/** Short rounds: more of them in a run. */
const QUICK: Readonly<Record<TableGame, object>> = {
  roulette: { openMs: 4_000, closedMs: 500, spinMs: 1_000, settledMs: 1_000 },
  crash: { bettingMs: 3_000, pauseMs: 1_500 },
  poker: { actionMs: 5_000, pauseMs: 1_000, dealMs: 500, runOutMs: 300 },
};

export class Tables {
  readonly #quick: boolean;
  readonly #open = new Map<TableGame, { id: string; left: number }>();
  readonly #turns = new Map<TableGame, Promise<unknown>>();

  constructor(quick: boolean) {
    this.#quick = quick;
  }

  /** The id of a table with a place, which is then taken. A new one is made in this player's name. */
  async place(game: TableGame, house: House): Promise<string> {
    const turn = (this.#turns.get(game) ?? Promise.resolve()).catch(() => {}).then(async () => this.#next(game, house));
    this.#turns.set(game, turn);
    return turn;
  }

  async #next(game: TableGame, house: House): Promise<string> {
    const table = this.#open.get(game) ?? (this.#quick ? { id: "main", left: 0 } : await mainOf(game, house));
    const { id, left } = table.left > 0 ? table : await this.#make(game, house);
    this.#open.set(game, { id, left: left - 1 });
    return id;
  }

  async #make(game: TableGame, house: House): Promise<{ id: string; left: number }> {
    const config = { ...(game === "poker" ? { seats: 9 } : {}), ...(this.#quick ? QUICK[game] : {}) };
    const { id } = await house.call("POST /api/rooms", { body: { game, config } });
    return { id, left: PLACES[game] };
  }
}

/** At a poker table others may sit already. */
async function mainOf(game: TableGame, house: House): Promise<{ id: string; left: number }> {
  if (game !== "poker") return { id: "main", left: PLACES[game] };
  const { view } = await house.call("GET /api/rooms/{game}/{id}", { path: { game, id: "main" } });
  const { seats } = view as View; // the game's public view, as on its socket
  return { id: "main", left: seats.filter((seat) => seat === null).length };
}
