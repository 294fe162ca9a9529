import type { EventsFrame, OwnFrame, ServerFrame } from "../../rooms/kernel/protocol.ts";
import type { Seat, PublicDelta, PrivateDelta, View } from "../../rooms/crash/types.ts";
import { post, type Workerd } from "./workerd.ts";
import { Swarm } from "./swarm.ts";

/** A crash lobby full of players, for the bench. */

/** No limit is in the way, flights are cut at 100.00, and nobody waits long. */
export const OPEN_LOBBY = {
  maxStake: 1_000_000_000,
  maxProfit: 1_000_000_000_000,
  minForceX100: 101,
  maxX100: 10_001,
} as const;

export type Lobby = {
  readonly name: string;
  readonly players: Swarm;
  readonly say: (i: number, command: object) => void;
};

/** Players with sockets of their own; none of them has bet yet. */
export async function fullLobby(workerd: Workerd, name: string, size: number, config: object): Promise<Lobby> {
  await post(workerd, `/setup/crash:${name}`, { ...OPEN_LOBBY, ...config });
  const ids = Array.from({ length: size }, (_, i) => `${name}-${i}`);
  for (let i = 0; i < size; i += 50) {
    await Promise.all(ids.slice(i, i + 50).map((id) => post(workerd, `/player/${id}`)));
  }
  const players = await Swarm.open(
    ids.map((id) => `${workerd.ws}/room/crash:${name}?player=${id}`),
    true,
  );
  let n = 0;
  const run = Math.random().toString(36).slice(2, 8);
  const say = (i: number, command: object): void => {
    players.sockets[i]?.send(JSON.stringify({ id: `${run}${i}:${++n}`, ...command }));
  };
  return { name, players, say };
}

type Frame = ServerFrame<View, PublicDelta, Seat, PrivateDelta>;

export function framesOf(text: string): Frame[] {
  return [JSON.parse(text) as Frame | Frame[]].flat();
}

/** The public steps of one type in a message. */
export function shownIn<T extends PublicDelta["type"]>(text: string, type: T): Extract<PublicDelta, { type: T }>[] {
  return framesOf(text)
    .filter((frame): frame is EventsFrame<PublicDelta> => frame.type === "events")
    .flatMap(({ events }) => events.filter((step) => step.type === type) as Extract<PublicDelta, { type: T }>[]);
}

/** The personal steps of one type in a message. */
export function toldIn<T extends PrivateDelta["type"]>(text: string, type: T): Extract<PrivateDelta, { type: T }>[] {
  return framesOf(text)
    .filter((frame): frame is OwnFrame<PrivateDelta, Seat> => frame.type === "own")
    .flatMap(
      ({ events }) => (events ?? []).filter((step) => step.type === type) as Extract<PrivateDelta, { type: T }>[],
    );
}
