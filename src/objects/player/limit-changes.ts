import { transact } from "../../../rooms/host/sql.ts";
import type { Exclusion, LimitsStanding, LimitChange } from "./limits.ts";
import type { Parts } from "./parts.ts";
import type { Operation } from "./requests.ts";
import type { RoomCalls } from "./room-calls.ts";
import type { Pages } from "./sockets.ts";

/** `tellRooms`: tells every table that has the player's chips; those that do not answer are told again later. */
export type LimitChangesWorld = {
  readonly parts: Parts;
  readonly rooms: Pick<RoomCalls, "standing">;
  readonly pages: Pick<Pages, "tell" | "hangUp">;
  readonly tellRooms: () => Promise<void>;
};

/** Changes of a player's own limits: each idempotent by its operation, then told to rooms and pages. Null: no such player. */
export class LimitChanges {
  readonly #world: LimitChangesWorld;

  constructor(world: LimitChangesWorld) {
    this.#world = world;
  }

  /** The standing, including what open tables have not reported yet. */
  async standing(): Promise<LimitsStanding | null> {
    const { parts, rooms } = this.#world;
    const row = parts.profile.row();
    return row === null ? null : rooms.standing(row.id, parts.limits.standing(Date.now()));
  }

  set(change: LimitChange, operation: Operation | null): Promise<LimitsStanding | null> {
    return this.#change(operation, (now) => this.#world.parts.limits.set(change, now));
  }

  cancel(operation: Operation | null): Promise<LimitsStanding | null> {
    return this.#change(operation, (now) => this.#world.parts.limits.cancelPending(now));
  }

  /** Excludes the player. Ends every session, except a guest's, who could not log in again. */
  exclude(exclusion: Exclusion, operation: Operation | null): Promise<LimitsStanding | null> {
    const { parts, pages } = this.#world;
    const named = parts.profile.row()?.account != null;
    const out = (now: number): void => {
      parts.limits.exclude(exclusion, now);
      if (named) parts.sessions.killAll();
    };
    // Only the personal sockets: the rooms close theirs when they are told of the limits.
    return this.#change(operation, out, () => named && pages.hangUp("all"));
  }

  async #change(
    operation: Operation | null,
    change: (now: number) => void,
    then: () => void = () => undefined,
  ): Promise<LimitsStanding | null> {
    const { parts, rooms, pages, tellRooms } = this.#world;
    const row = parts.profile.row();
    if (row === null) return null;
    const { storage, requests, limits, ledger } = parts;
    const now = Date.now();
    const { result, again } = transact(storage, () =>
      requests.once(operation, () => {
        change(now);
        limits.revoke(ledger.purses(), now);
        return limits.standing(now);
      }),
    );
    await tellRooms();
    if (again) return rooms.standing(row.id, result); // the limits as they were when the change was made
    const standing = await rooms.standing(row.id, limits.standing(Date.now()));
    pages.tell({ type: "limits", ...standing });
    then();
    return standing;
  }
}
