import type { Croupier } from "../../client/index.ts";
import type { Simulated } from "./habit.ts";

/** Assigns players to tables: first the tables that always exist, then new ones made by players without a place. */
export class Tables {
  readonly #quick: boolean;
  readonly #open = new Map<string, { id: string; left: number }>();
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(quick: boolean) {
    this.#quick = quick;
  }

  /** Takes a place and returns the table's id. If no table has one, this player makes a new table. */
  async place(game: Simulated, house: Croupier): Promise<string> {
    const { at } = game;
    const turn = (this.#turns.get(at) ?? Promise.resolve()).catch(() => {}).then(async () => this.#next(game, house));
    this.#turns.set(at, turn);
    return turn;
  }

  async #next(game: Simulated, house: Croupier): Promise<string> {
    const table = this.#open.get(game.at) ?? (await this.#main(game, house));
    const { id, left } = table.left > 0 ? table : await this.#make(game, house);
    this.#open.set(game.at, { id, left: left - 1 });
    return id;
  }

  async #main({ places, left }: Simulated, house: Croupier): Promise<{ id: string; left: number }> {
    return { id: "main", left: this.#quick ? 0 : ((await left?.(house)) ?? places) };
  }

  async #make({ at, config, quick, places }: Simulated, house: Croupier): Promise<{ id: string; left: number }> {
    const body = { game: at, config: { ...config, ...(this.#quick ? quick : {}) } };
    const { id } = await house.call("POST /api/rooms", { body });
    return { id, left: places };
  }
}
