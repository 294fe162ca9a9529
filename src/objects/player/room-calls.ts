import type { PlayerId } from "../../../rooms/game.ts";
import type { RoomRpc } from "../../../rooms/host/ports.ts";
import { backOff } from "../../../rooms/kit/resend.ts";
import type { Flow } from "../../../rooms/kernel/transfer.ts";
import type { LimitsStanding, Revocation } from "./limits.ts";
import type { Parts } from "./parts.ts";
import type { PersonalFrame } from "./sockets.ts";
import type { Leaving } from "./sessions.ts";

/** A player's object asks its rooms for figures, and tells them of changes until they acknowledge. */

/** Back-off for telling a room again of changed limits or a session's end: from 5 s to about five minutes. */
const BACK_OFF = { fromMs: 5_000, toMs: 320_000 };

type Room = Pick<RoomRpc, "holdings" | "revoke" | "hangUp">;

export class RoomCalls {
  readonly #parts: Parts;
  readonly #room: (name: string) => Room;
  /** When rooms are told next, and how many attempts in a row have failed. */
  #tellAt: number | null = null;
  #unheard = 0;

  constructor(parts: Parts, room: (name: string) => Room) {
    this.#parts = parts;
    this.#room = room;
  }

  // ---- asked ----

  /** For each room with an open purse: the chips in it, and the flow not reported yet. Leaves out rooms that do not answer. */
  async #tables(player: PlayerId): Promise<{ held: number; flow: Flow }[]> {
    const asked = this.#parts.ledger.purses().map(async (room) => this.#room(room).holdings(player));
    const answers = await Promise.allSettled(asked);
    return answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  }

  /** Adds what open tables have not reported yet. */
  async standing(player: PlayerId, { used, ...standing }: LimitsStanding): Promise<LimitsStanding> {
    const tables = await this.#tables(player);
    const staked = tables.reduce((sum, { flow }) => sum + flow.staked, used.staked);
    const lost = tables.reduce((sum, { flow }) => sum + flow.staked - flow.returned, used.lost);
    return { ...standing, used: { ...used, staked, lost } };
  }

  /** The frame of a reality check, including the chips at the tables. Null: none is due. */
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

  /** Tells rooms of changed limits and ended sessions. If one does not answer, `due` says when to try again. */
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

  /** When `tell` is to be called; null: there is nothing to tell. */
  due(now: number): number | null {
    const telling = this.#parts.limits.revoking().length > 0 || this.#parts.sessions.leaving().length > 0;
    this.#tellAt = telling ? (this.#tellAt ?? now + backOff(Math.max(1, this.#unheard), BACK_OFF)) : null;
    return this.#tellAt;
  }

  /** To be called after the clock was put back: `due` computes a new instant. */
  clockJumped(): void {
    this.#tellAt = null;
  }
}
