import { Store } from "../ui/store.ts";

/** The names of players by their ids, asked for as they are shown, all that a page shows in as few requests as there can be. */

type Named = { readonly id: string; readonly name: string };
type Ask = (ids: readonly string[]) => Promise<readonly Named[]>;

/** A request takes so many. */
const ASKED_MAX = 20;
/** As long as a page may take to be drawn, part by part. */
const GATHER_MS = 20;
/** Who could not be asked for is asked for again. */
const AGAIN_MS = 10_000;

/** As the house makes them; a visitor may have written another one into a record. */
const ID = /^[0-9a-z]{20}$/;

export class NameBook {
  readonly #ask: Ask;
  /** Null: asked for, or nobody may know. */
  readonly #names = new Map<string, string | null>();
  readonly #version = new Store(0);
  #wanted: string[] = [];

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Null as long as it is not known. Whoever asks for the first time has the house asked. */
  nameOf(player: string): string | null {
    const known = this.#names.get(player);
    if (known === undefined && ID.test(player)) this.#want(player);
    return known ?? null;
  }

  readonly subscribe = this.#version.subscribe;

  /** Another one whenever names may have changed. */
  readonly version = this.#version.get;

  #want(player: string): void {
    this.#names.set(player, null);
    if (this.#wanted.push(player) === 1) setTimeout(() => this.#send(), GATHER_MS);
  }

  #send(): void {
    const wanted = this.#wanted;
    this.#wanted = [];
    for (let at = 0; at < wanted.length; at += ASKED_MAX) void this.#fetch(wanted.slice(at, at + ASKED_MAX));
  }

  async #fetch(ids: readonly string[]): Promise<void> {
    try {
      const named = await this.#ask(ids);
      for (const { id, name } of named) this.#names.set(id, name);
      if (named.length > 0) this.#changed();
    } catch {
      setTimeout(() => {
        for (const id of ids) this.#names.delete(id);
        this.#changed();
      }, AGAIN_MS);
    }
  }

  #changed(): void {
    this.#version.set(this.#version.get() + 1);
  }
}
