import { settingsOf, type Env } from "../env.ts";
import { directoryStub, playerStub, promotionsStub } from "./stubs.ts";
import type { Topic } from "../../rooms/host/outbox.ts";
import type { Registrar, Treasury, Wallet } from "../../rooms/host/ports.ts";

/** The room's outside world, bound to the platform: the wallet, the directory and the queues behind their small interfaces. */
export type House = {
  readonly wallet: Wallet;
  readonly registrar: Registrar;
  readonly treasury: Treasury;
  readonly queue: (topic: Topic) => Queue;
};

export function houseOf(env: Env): House {
  return {
    wallet: {
      transfer: async (player, request) => playerStub(env, player).transfer(request),
    },
    registrar: {
      report: async (room, report) => directoryStub(env).report(room, report),
    },
    treasury: {
      accrue: async (room, staked) => promotionsStub(env).accrue(room, staked),
    },
    queue: (topic) => {
      const { ROLE, LOTTERY } = settingsOf(env);
      switch (topic) {
        case "stakes":
          return LOTTERY === "kafka" ? env.STAKES_KAFKA : env.STAKES;
        case "awards":
          return ROLE === "lottery" ? env.AWARDS_KAFKA : env.AWARDS;
        case "settled":
          return env.SETTLED;
        default:
          throw new Error(`no queue for ${String(topic satisfies never)}`);
      }
    },
  };
}
