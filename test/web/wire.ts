import type { Page, WebSocketRoute } from "playwright-core";

/** A hand on the line between a page and its table: frames can be kept waiting on the way, and the line can be cut. */
export class Wire {
  /** Every frame that the page has put on the line, over all its sockets. */
  readonly sent: string[] = [];
  #line: { readonly page: WebSocketRoute; readonly house: WebSocketRoute } | null = null;
  #held: string[] | null = null;
  #deaf = false;

  /** Before the page goes to its table. */
  static async on(page: Page): Promise<Wire> {
    const wire = new Wire();
    await page.routeWebSocket(/\/api\/rooms\/[^?]*\/socket/, (socket) => wire.#connect(socket));
    return wire;
  }

  #connect(page: WebSocketRoute): void {
    const house = page.connectToServer();
    this.#line = { page, house };
    this.#deaf = false;
    page.onMessage((message) => {
      const frame = message.toString();
      this.sent.push(frame);
      if (this.#held === null) house.send(frame);
      else this.#held.push(frame);
    });
    house.onMessage((message) => {
      if (!this.#deaf) page.send(message);
    });
  }

  /** What the page sends from now on is under way until `release`. */
  hold(): void {
    this.#held = [];
  }

  release(): void {
    const late = this.#held ?? [];
    this.#held = null;
    for (const frame of late) this.#line?.house.send(frame);
  }

  /** The page hears nothing more on this line. */
  deafen(): void {
    this.#deaf = true;
  }

  /** Both ends lose the other. */
  async cut(): Promise<void> {
    const line = this.#line;
    this.#line = null;
    this.#held = null;
    await line?.house.close({ code: 1001 });
    await line?.page.close({ code: 1001 });
  }

  /** The frames with a command of this type. */
  commands(type: string): { readonly id: string }[] {
    return this.sent.flatMap((text) => {
      if (!text.startsWith("{")) return []; // a ping
      const frame = JSON.parse(text) as { readonly id: string; readonly type: string };
      return frame.type === type ? [frame] : [];
    });
  }
}
