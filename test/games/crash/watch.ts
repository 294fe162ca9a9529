import type { Outcome } from "../../../rooms/kernel/inputs.ts";
import { PublicFeed } from "../../../rooms/kernel/public-feed.ts";
import * as frames from "../../../rooms/kernel/frames.ts";
import type { AnyGame, PlayerId, Viewer } from "../../../rooms/game.ts";
import { pack } from "../../../rooms/host/outbox.ts";
import type { CrashRoom } from "./room.ts";

/** All that leaves a room, as text: what a player, a spectator, a queue's consumer or the lobby list could read. */
export class Watch {
  readonly #game: AnyGame;
  readonly #room: CrashRoom;
  readonly #feed: PublicFeed;
  readonly #viewers: readonly Viewer[];
  #turn = 0;

  constructor(game: AnyGame, room: CrashRoom, players: readonly PlayerId[]) {
    this.#game = game;
    this.#room = room;
    this.#feed = new PublicFeed(game, room.kernel.seq);
    this.#viewers = [null, ...players];
  }

  /** What one batch sends: the public frame, everybody's own, replies, purses, what is published. */
  sent(outcome: Outcome<string>): string[] {
    const { kernel, at } = outcome;
    this.#feed.push(kernel.seq, outcome.roomShown, outcome.gameShown);
    const origin = { room: kernel.room, epoch: "0e0e0e0e", seq: kernel.seq, firstSequence: 1, at };
    return [
      this.#feed.take(at) ?? "",
      ...[...outcome.told.values()].map((told) => frames.ownFrame(kernel.seq, told)),
      ...[...outcome.purses].map((player) => frames.purseFrame(kernel, player) ?? ""),
      ...outcome.answers.map(({ answer }) => frames.replyFrame(answer)),
      ...pack(outcome.published, origin).map(({ body }) => body),
    ];
  }

  /** What whoever comes now is shown, and the room's line in the lobby. Viewers differ in their seats alone. */
  shown(): string[] {
    const { kernel, now } = this.#room;
    return [
      frames.welcome(this.#game, kernel, this.#next(), "epoch", now),
      ...this.#viewers.map((who) => (who === null ? "" : JSON.stringify(this.#game.sight.seat(kernel.state, who)))),
      JSON.stringify(this.#game.lobby.summary(kernel.state)),
    ];
  }

  /** What who comes back after so many events is sent. */
  resumed(since: number): string {
    const { kernel, now } = this.#room;
    const missed = this.#feed.missed(Math.max(0, kernel.seq - since)) ?? [];
    return frames.resumed(this.#game, kernel, this.#next(), missed, now);
  }

  #next(): Viewer {
    return this.#viewers[this.#turn++ % this.#viewers.length] ?? null;
  }
}

/** Every form in which a number or a text might slip out, each long enough to be no chance hit. */
export function formsOf(secret: number | string): string[] {
  const texts = typeof secret === "number" ? [String(secret), secret.toString(16)] : [secret];
  const forms = texts.flatMap((text) => {
    // In base64 a text looks different at each of three places; what its neighbours change is cut off.
    const encoded = [0, 1, 2].map((shift) => {
      const base64 = Buffer.from(" ".repeat(shift) + text).toString("base64");
      return base64.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + text.length) * 4) / 3) - 1);
    });
    return [text, text.toUpperCase(), Buffer.from(text).toString("hex"), text.split("").reverse().join(""), ...encoded];
  });
  return [...new Set(forms)].filter((form) => form.length >= 7);
}
