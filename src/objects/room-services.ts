import type { Topic } from "../../rooms/host/outbox.ts";
import type { Publisher, RoomServices } from "../../rooms/host/services.ts";
import { firstConfigOf, settingsOf, type Env } from "../env.ts";
import { logOf } from "../log.ts";
import { step } from "../steps.ts";
import { directoryStub, playerStub, promotionsStub } from "./stubs.ts";

/** The services that this house gives its rooms: settings, wallets, the directory and the queues. */
export function roomServices(env: Env): RoomServices {
  const settings = settingsOf(env);
  return {
    settings: {
      framesPerSecond: settings.ROOM_FRAMES_PER_S,
      framesBurst: settings.ROOM_FRAMES_BURST,
      socketBufferBytes: settings.ROOM_SOCKET_BUFFER_BYTES,
      buyIn: settings.ROOM_BUY_IN,
      graceMs: settings.PRESENCE_GRACE_S * 1_000,
      resendMs: settings.OUTBOX_RESEND_S * 1_000,
    },
    log: logOf(env),
    firstConfig: (room) => firstConfigOf(settings, room),
    wallet: { transfer: async (player, request) => playerStub(env, player).transfer(request) },
    registrar: { report: async (room, report) => directoryStub(env).report(room, report) },
    publisher: publisher(env),
  };
}

function publisher(env: Env): Publisher {
  return {
    async send(topic, events, { room, staked }) {
      // Before the stakes are sent: an award may come back as soon as they are, and needs the budget.
      if (topic === "stakes") {
        await step(env, "stakes.committed");
        await promotionsStub(env).accrue(room, staked);
        await step(env, "stakes.accrued");
      } else if (topic === "awards") await step(env, "awards.committed");
      await queueOf(env, topic).sendBatch(events.map((body) => ({ body })));
      if (topic !== "settled") await step(env, `${topic}.sent`);
    },
  };
}

function queueOf(env: Env, topic: Topic): Queue {
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
}
