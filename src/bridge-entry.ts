import { WorkerEntrypoint } from "cloudflare:workers";
import { isPlayerId } from "./api/auth/random.ts";
import { isRoom } from "./queue/existence-cache.ts";
import { settingsOf, type Env } from "./env.ts";
import type { Topic } from "./events.ts";
import type { BridgeWord, DeadLetter, BridgePort, Unconfirmed } from "./bridge-port.ts";
import { deadLettersStub, directoryStub, playerStub, promotionsStub, roomStub } from "./objects/stubs.ts";

/** The entrypoint `House`: the methods that the bridge to Kafka calls over a service binding. Nobody else can call it. */
export class BridgeEntrypoint extends WorkerEntrypoint<Env> implements BridgePort {
  async confirm(topic: Topic, ids: readonly string[]): Promise<void> {
    await confirmEvents(this.env, topic, ids);
  }

  async unconfirmed(topic: Topic, ids: readonly string[]): Promise<Unconfirmed> {
    return unconfirmedOf(this.env, topic, ids);
  }

  async unsettled(topic: "stakes" | "awards", ids: readonly string[]): Promise<string[]> {
    const open = topic === "awards" ? await promotionsStub(this.env).unpaid(ids) : await unticketed(this.env, ids);
    return open.length === 0 ? [] : deadLettersStub(this.env).missing(open);
  }

  async park(letters: readonly DeadLetter[]): Promise<void> {
    await deadLettersStub(this.env).park(letters);
  }

  async report(report: BridgeWord): Promise<void> {
    await directoryStub(this.env).bridge(report);
  }
}

/** The ids of stakes for which at least one lottery of the settings has made no ticket yet. */
async function unticketed(env: Env, ids: readonly string[]): Promise<string[]> {
  const { LOTTERIES } = settingsOf(env);
  const open = await Promise.all([...LOTTERIES.keys()].map((id) => roomStub(env, `lottery:${id}`).untaken(ids)));
  return [...new Set(open.flat())];
}

/** Confirms events to the outboxes of this house's rooms and players. Ignores malformed ids and ids of other houses. */
export async function confirmEvents(env: Env, topic: Topic, ids: readonly string[]): Promise<void> {
  const { bySource } = sorted(ids);
  await Promise.all([...bySource].map(async ([source, mine]) => confirmTo(env, source, topic, mine)));
}

function sorted(ids: readonly string[]): { bySource: Map<string, string[]>; others: string[] } {
  const bySource = new Map<string, string[]>();
  const others: string[] = [];
  for (const id of ids) {
    const source = /^([a-z]+:[A-Za-z0-9_-]+):[0-9a-f]+:\d+$/.exec(id)?.[1];
    if (source === undefined) others.push(id);
    else bySource.set(source, [...(bySource.get(source) ?? []), id]);
  }
  return { bySource, others };
}

/** Events that no room knows are answered as open: better written twice than not at all. */
async function unconfirmedOf(env: Env, topic: Topic, ids: readonly string[]): Promise<Unconfirmed> {
  const { bySource, others: open } = sorted(ids);
  const silent: string[] = [];
  const ask = async (source: string, mine: readonly string[]): Promise<void> => {
    try {
      open.push(...((await isRoom(env, source)) ? await roomStub(env, source).unconfirmed(topic, mine) : mine));
    } catch {
      silent.push(...mine);
    }
  };
  await Promise.all([...bySource].map(async ([source, mine]) => ask(source, mine)));
  return { open, silent };
}

async function confirmTo(env: Env, source: string, topic: Topic, ids: readonly string[]): Promise<void> {
  const player = source.startsWith("player:") ? source.slice("player:".length) : null;
  if (player === null) {
    if (await isRoom(env, source)) await roomStub(env, source).confirm(topic, ids);
  } else if (isPlayerId(player)) {
    await playerStub(env, player).confirm(ids);
  }
}
