import type { Reply } from "../../rooms/kernel/protocol.ts";
import { roulette } from "../../rooms/roulette/index.ts";
import type { Bet, Seat, PublicDelta, PrivateDelta, View } from "../../rooms/roulette/types.ts";
import { greeted, Line, socketTo, ticketSocket, type Memory, type Who } from "./room-line.workerd.ts";

export { expectNo, expectYes, type Who } from "./room-line.workerd.ts";

/** A socket to a roulette table. */

type Past = Memory<View, PublicDelta, Seat, PrivateDelta>;

export class Client extends Line<View, PublicDelta, Seat, PrivateDelta> {
  constructor(socket: WebSocket, from: Past | null = null) {
    super(roulette, socket, from);
  }

  async bet(spot: string, amount: number): Promise<Reply> {
    return this.ask({ type: "bet", bets: [{ spot, amount } satisfies Bet] });
  }

  async phase(name: View["phase"]["name"]): Promise<void> {
    await this.until(() => this.view?.phase.name === name, `phase ${name}`);
  }
}

/** A socket straight to the room object. `null`: a spectator. */
export async function join(
  room: Pick<Fetcher, "fetch">,
  who: Who | null,
  { query = "", from = null }: { readonly query?: string; readonly from?: Past | null } = {},
): Promise<Client> {
  return greeted(new Client(await socketTo(room, who, query), from));
}

/** Comes back where `before` left off. */
export async function rejoin(room: Pick<Fetcher, "fetch">, who: Who | null, before: Client): Promise<Client> {
  const { view, seat, table, seq, purse, welcomes, epoch } = before;
  const from = { view, seat, table, seq, purse, welcomes };
  return join(room, who, { query: `?since=${seq}&epoch=${epoch}`, from });
}

/** Through the Worker, as the page does it. */
export async function enter(room: string, token: string): Promise<Client> {
  return greeted(new Client(await ticketSocket(room, token)));
}
