import type { Env } from "../src/env.ts";
import { playerStub } from "../src/stubs.ts";
import type { Topic } from "./outbox.ts";
import type { Registrar, Wallet } from "./ports.ts";

/** The room's outside world, bound to the platform: the wallet, the directory and the queues behind their small interfaces. */
export type House = {
  readonly wallet: Wallet;
  readonly registrar: Registrar;
  readonly queue: (topic: Topic) => Queue;
};

export function houseOf(env: Env): House {
  return {
    wallet: {
      transfer: async (player, request) => playerStub(env, player).transfer(request),
    },
    registrar: {
      report: async (room, report) => env.DIRECTORY.get(env.DIRECTORY.idFromName("main")).report(room, report),
    },
    queue: (topic) => (topic === "stakes" ? env.STAKES : env.SETTLED),
  };
}
