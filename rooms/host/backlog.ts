/**
 * Estimates how much data sent to a socket is still in buffers. `send()` gives no back-pressure, and the runtime does not tell
 * what it holds (`bufferedAmount` is undefined on workerd's hibernatable sockets), so the room asks: above half of the cap it
 * sends `check`, and a client that has read so far answers `seen`. A client that sends nothing is closed above the cap. One that
 * sends anything at all is allowed sixteen times as much before it must answer a check.
 */

const TALKING = 16;

export class Backlog {
  /** Sent since the client last sent anything, and since its answer to a check. In characters of text, about bytes. */
  #unheard = 0;
  #unseen = 0;
  #checks = 0;
  #asking = false;
  /** `#unseen` when the open check was sent: its answer proves that much was read. */
  #asked = 0;

  /** Counts what is about to be sent. `ask`: send a check after it; `slow`: close instead. */
  sent(chars: number, cap: number): "fine" | "ask" | "slow" {
    this.#unheard += chars;
    this.#unseen += chars;
    if (this.#unheard > cap || this.#unseen > cap * TALKING) return "slow";
    if (this.#asking) return "fine";
    return this.#unheard > cap / 2 || this.#unseen > (cap * TALKING) / 2 ? "ask" : "fine";
  }

  /** The number of the check that is sent now. */
  check(): number {
    this.#asking = true;
    this.#asked = this.#unseen;
    this.#checks += 1;
    return this.#checks;
  }

  /** A frame came in: the client is alive. */
  heard(): void {
    this.#unheard = 0;
  }

  /** The answer to a check. Ignored if its number is not that of the open one. */
  seen(n: number): void {
    if (!this.#asking || n !== this.#checks) return;
    this.#asking = false;
    this.#unseen -= this.#asked;
  }
}
