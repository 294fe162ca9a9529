import { Store } from "../ui/store.ts";

/** A cache of players' names by id. Names are requested when first shown, in as few batches as possible. */

type Named = { readonly id: string; readonly name: string };
type Ask = (ids: readonly string[]) => Promise<readonly Named[]>;

/** The most ids in one request. */
const ASKED_MAX = 20;
/** How long ids are gathered for one batch, in milliseconds: about the time to draw a page part by part. */
const GATHER_MS = 20;
/** Failed requests are retried after this time. */
const AGAIN_MS = 10_000;

/** The form of real ids. A record edited by a visitor may contain others. */
const ID = /^[0-9a-z]{20}$/;

export class NameBook {
  readonly #ask: Ask;
  /** Null: requested, or not public. */
  readonly #names = new Map<string, string | null>();
  readonly #version = new Store(0);
  #wanted: string[] = [];

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Null while the name is not known. The first call for an id requests it. */
  nameOf(player: string): string | null {
    const known = this.#names.get(player);
    if (known === undefined && ID.test(player)) this.#want(player);
    return known ?? null;
  }

  readonly subscribe = this.#version.subscribe;

  /** Changes whenever names may have changed. */
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
