import type { PlayerId } from "../../../rooms/game.ts";
import type { RoomRpc } from "../../../rooms/host/ports.ts";
import { backOff } from "../../../rooms/kit/resend.ts";
import type { Flow } from "../../../rooms/kernel/transfer.ts";
import type { LimitsStanding, Revocation } from "./limits.ts";
import type { Parts } from "./parts.ts";
import type { PersonalFrame } from "./sockets.ts";
import type { Leaving } from "./sessions.ts";

/** What a player's object asks its rooms, and what it tells them until they have heard it. */

/** When a room that did not hear of changed limits, or of a session's end, is told again: at last every five minutes or so. */
const BACK_OFF = { fromMs: 5_000, toMs: 320_000 };

type Room = Pick<RoomRpc, "holdings" | "revoke" | "hangUp">;

export class RoomCalls {
  readonly #parts: Parts;
  readonly #room: (name: string) => Room;
  /** When rooms that did not hear are told again, and how often they did not. */
  #tellAt: number | null = null;
  #unheard = 0;

  constructor(parts: Parts, room: (name: string) => Room) {
    this.#parts = parts;
    this.#room = room;
  }

  // ---- asked ----

  /** What lies in each room with an open purse, and what was played for there since the room last told; not of one that does not answer. */
  async #tables(player: PlayerId): Promise<{ held: number; flow: Flow }[]> {
    const asked = this.#parts.ledger.purses().map(async (room) => this.#room(room).holdings(player));
    const answers = await Promise.allSettled(asked);
    return answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  }

  /** With what the open tables have not told yet. */
  async standing(player: PlayerId, { used, ...standing }: LimitsStanding): Promise<LimitsStanding> {
    const tables = await this.#tables(player);
    const staked = tables.reduce((sum, { flow }) => sum + flow.staked, used.staked);
    const lost = tables.reduce((sum, { flow }) => sum + flow.staked - flow.returned, used.lost);
    return { ...standing, used: { ...used, staked, lost } };
  }

  /** How it stands in this session, with what lies at the tables. Null: nobody has asked for that now. */
  async realityCheck(now: number): Promise<PersonalFrame | null> {
    const { profile, limits } = this.#parts;
    const player = profile.row()?.id;
    const due = (limits.realityAt(now) ?? Infinity) <= now;
    const told = due ? limits.reality(now) : null;
    if (told === null || player === undefined) return null;
    const tables = await this.#tables(player);
    const staked = tables.reduce((sum, { flow }) => sum + flow.staked, told.staked);
    const back = tables.reduce((sum, { flow, held }) => sum + flow.returned + held, told.returned);
    const minutes = Math.round((now - told.startedAt) / 60_000);
    return { type: "reality", minutes, staked, net: back - staked, now };
  }

  // ---- told ----

  /** Of changed limits, and of sessions that are over. A room that does not answer is due again. */
  async tell(): Promise<void> {
    const { profile, limits, sessions } = this.#parts;
    const player = profile.row()?.id;
    if (player === undefined) return;
    const revoke = async (revocation: Revocation): Promise<void> => {
      await this.#room(revocation.room).revoke(player, revocation.version, revocation.leaves === 1);
      limits.revoked(revocation);
    };
    const leave = async (leaving: Leaving): Promise<void> => {
      await this.#room(leaving.room).hangUp(player, leaving.session, leaving.last);
      sessions.left(leaving);
    };
    const told = [...limits.revoking().map(revoke), ...sessions.leaving().map(leave)];
    const heard = (await Promise.allSettled(told)).every(({ status }) => status === "fulfilled");
    this.#unheard = heard ? 0 : this.#unheard + 1;
    this.#tellAt = null;
  }

  /** When `tell` is to be called; null: nothing is to be told. */
  due(now: number): number | null {
    const telling = this.#parts.limits.revoking().length > 0 || this.#parts.sessions.leaving().length > 0;
    this.#tellAt = telling ? (this.#tellAt ?? now + backOff(Math.max(1, this.#unheard), BACK_OFF)) : null;
    return this.#tellAt;
  }

  /** The clock was put back: what is to be told is due anew. */
  clockJumped(): void {
    this.#tellAt = null;
  }
}
