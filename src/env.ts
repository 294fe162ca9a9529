import * as z from "zod";
import { firstConfig } from "../rooms/games.ts";
import { lottery } from "../rooms/lottery/index.ts";
import type { Config as LotteryConfig } from "../rooms/lottery/types.ts";
import type { Room } from "./objects/room.ts";
import { operatorKeys } from "./api/auth/roles.ts";
import { BadSettings, listOf } from "./bad-settings.ts";
import type { Account } from "./objects/account.ts";
import type { Audit } from "./objects/audit.ts";
import type { DeadLetters } from "./objects/dead-letters.ts";
import type { Directory } from "./objects/directory.ts";
import type { Limiter } from "./objects/limiter.ts";
import { LEVELS } from "./log.ts";
import type { Player } from "./objects/player.ts";
import type { Promotions } from "./objects/promotions.ts";

/**
 * Bindings and settings. Every setting except AUTH_SECRET has a default here; wrangler passes them as strings or numbers. Names
 * end in their unit.
 */

const whole = (fallback: number, least: number, most: number): z.ZodType<number> =>
  z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce.number().int().min(least).max(most).default(fallback),
  );

const origin = z.string().refine((value) => URL.canParse(value) && new URL(value).origin === value, "not an origin");

/** A lottery's name in rooms, events and settings. */
const lotteryId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);

/** Lotteries by id, such as `{"main": {}, "late": {"players": 20}}`, as JSON text or a wrangler.toml table. */
const lotteries = z
  .preprocess(
    (value, context) => {
      if (typeof value !== "string") return value;
      if (value === "") return undefined;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue("not JSON");
        return z.NEVER;
      }
    },
    z.record(lotteryId, z.unknown()).default({ main: {} }),
  )
  .transform((configs, context) => {
    const read = new Map<string, LotteryConfig>();
    for (const [id, config] of Object.entries(configs)) {
      const parsed = lottery.config.safeParse(config);
      if (parsed.success) read.set(id, parsed.data);
      else {
        const [issue] = parsed.error.issues;
        const where = [id, ...(issue?.path ?? [])].map(String).join(".");
        context.addIssue(`${where} is not what a lottery may be: ${issue?.message ?? ""}`);
      }
    }
    return read;
  });

const schema = z.object({
  /** Signs session tokens and socket tickets. */
  AUTH_SECRET: z.string().min(32),
  /** Allowed origins besides the Worker's own: comma-separated `scheme://host[:port]`. */
  ALLOWED_ORIGINS: listOf(origin),

  /** Play money for a new player, minor units. */
  GUEST_GRANT: whole(100_000, 0, 1_000_000_000_000),
  FAUCET_AMOUNT: whole(10_000, 1, 1_000_000_000_000),
  FAUCET_COOLDOWN_S: whole(3_600, 0, 31_536_000),

  /** How long an unused session lasts. */
  SESSION_DAYS: whole(30, 1, 365),
  /** How long a socket ticket lives. */
  TICKET_S: whole(30, 1, 300),

  /** Rate limit by client address: register, log-in and refresh. */
  LIMIT_AUTH_PER_MIN: whole(20, 1, 10_000_000),
  /** Rate limit by client address: new guests. */
  LIMIT_GUEST_PER_MIN: whole(10, 1, 10_000_000),
  /**
   * By client address and day (UTC): new players who get the grant, guests and registered ones. Loopback addresses are for
   * development and are not limited.
   */
  LIMIT_GRANTS_PER_DAY: whole(20, 1, 10_000_000),
  /** Rate limit by client address: everything else. */
  LIMIT_API_PER_MIN: whole(600, 1, 10_000_000),
  /** Free wrong passwords for a user name, by address or browser; each further try has to wait, twice as long each time. */
  LOGIN_FREE_TRIES: whole(5, 1, 1_000),
  /** Wrong passwords for a user name in all, until a day has none; above this, unknown addresses have to wait after the first. */
  LOGIN_NAME_TRIES: whole(100, 1, 1_000_000),
  /** The longest of these waits. */
  LOGIN_BACKOFF_MAX_S: whole(300, 1, 86_400),
  /** The most rooms that one player may make. */
  ROOMS_PER_PLAYER: whole(10, 0, 10_000),
  /** The shortest round of a room that a player makes, without the play itself. Not enforced for loopback (development). */
  MIN_ROUND_MS: whole(4_000, 0, 60_000),
  /** Chips that house players may bring in a day to all poker tables of one owner. [P20] */
  HOUSE_CHIPS_PER_OWNER: whole(200_000, 0, 1_000_000_000),

  /** `lottery`: a deployment with lotteries only, which receives the stakes by Kafka. */
  ROLE: z.enum(["casino", "lottery"]).default("casino"),
  /** Where stakes go: to this deployment's lotteries, or by Kafka to another's. `kafka` needs the bridge (src/bridge). */
  LOTTERY: z.enum(["embedded", "kafka"]).default("embedded"),
  /**
   * The lotteries that may give awards, by id, with their rules. A lottery's rules and share are fixed with its first stake: for
   * other rules, configure another lottery.
   */
  LOTTERIES: lotteries,
  /**
   * The weight of a stake in the lotteries. `edge`: the stake that would bring the house the same expected gain at single-zero
   * roulette, at most the stake itself, so that poker counts by its rake. `stake`: the stake itself, as always for an event
   * without the expected gain.
   */
  LOTTERY_WEIGHT_BY: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.enum(["edge", "stake"]).default("edge"),
  ),
  /** Keys for /api/operator: comma-separated `name:role:key`, see auth/roles.ts. A secret. Empty: there are no operators. */
  OPERATOR_KEYS: operatorKeys,

  /** An event that was sent to a queue and is not confirmed is resent after this time, then after three and six times as long. */
  OUTBOX_RESEND_S: whole(20, 1, 3_600),
  /** Upstash Redis for the read side, with its token; empty: the read side is on D1. */
  UPSTASH_REDIS_REST_URL: z.union([z.literal(""), z.url()]).default(""),
  UPSTASH_REDIS_REST_TOKEN: z.string().default(""),
  /** Whether public boards include guests. For guests who are already projected it takes effect when the read side is rebuilt. */
  BOARDS_INCLUDE_GUESTS: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.enum(["off", "on"]).default("off"),
  ),
  /** The longest that a read waits until the round that its request names is projected. */
  READ_WAIT_MS: whole(3_000, 0, 10_000),
  /** The `Authorization: Bearer` key for /metrics, a secret. Empty: anyone may read the metrics. */
  METRICS_KEY: z.union([z.literal(""), z.string().min(16)]).default(""),
  /** The lowest level that is logged (src/log.ts). */
  LOG_LEVEL: z.preprocess((value) => (value === "" ? undefined : value), z.enum(LEVELS).default("info")),
  /** For tests only: the step (src/steps.ts) at which the house stalls, to be killed there. */
  STALL_AT: z.string().default(""),

  /** Rate limit of one socket's command frames: the steady rate, and the burst. */
  ROOM_FRAMES_PER_S: whole(40, 1, 1_000_000),
  ROOM_FRAMES_BURST: whole(80, 1, 1_000_000),
  /** The least chips that an automatic top-up takes, if the wallet has them. */
  ROOM_BUY_IN: whole(2_000, 1, 1_000_000_000_000),
  /** How long a player may be disconnected before the room returns their purse to the wallet. */
  PRESENCE_GRACE_S: whole(60, 1, 86_400),
  /** A socket with more unsent bytes than this is closed. */
  ROOM_SOCKET_BUFFER_BYTES: whole(1_048_576, 1_024, 67_108_864),
});

export { BadSettings } from "./bad-settings.ts";

/** Refuses settings that contradict each other. */
const consistent = schema.superRefine((read, context) => {
  const { ROLE, LOTTERY, LOTTERIES, UPSTASH_REDIS_REST_URL, UPSTASH_REDIS_REST_TOKEN } = read;
  const contradiction = (setting: keyof z.output<typeof schema>, message: string): void =>
    context.addIssue({ code: "custom", path: [setting], message });
  if (ROLE === "lottery" && LOTTERY !== "kafka")
    contradiction("LOTTERY", "a deployment with ROLE=lottery needs LOTTERY=kafka");
  if (ROLE === "lottery" && LOTTERIES.size === 0)
    contradiction("LOTTERIES", "a deployment with ROLE=lottery needs a lottery");
  if (UPSTASH_REDIS_REST_URL !== "" && UPSTASH_REDIS_REST_TOKEN === "")
    contradiction("UPSTASH_REDIS_REST_TOKEN", "UPSTASH_REDIS_REST_URL is set, and its token is not");
  if (UPSTASH_REDIS_REST_URL === "" && UPSTASH_REDIS_REST_TOKEN !== "")
    contradiction("UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN is set, and its URL is not");
});

export type Settings = Readonly<z.output<typeof schema>>;

type Bindings = {
  readonly ROOM: DurableObjectNamespace<Room>;
  readonly PLAYER: DurableObjectNamespace<Player>;
  readonly ACCOUNT: DurableObjectNamespace<Account>;
  readonly DIRECTORY: DurableObjectNamespace<Directory>;
  readonly LIMITER: DurableObjectNamespace<Limiter>;
  readonly PROMOTIONS: DurableObjectNamespace<Promotions>;
  readonly DEAD_LETTERS: DurableObjectNamespace<DeadLetters>;
  readonly AUDIT: DurableObjectNamespace<Audit>;
  readonly ASSETS: Fetcher;
  readonly STAKES: Queue;
  readonly STAKES_KAFKA: Queue;
  readonly AWARDS: Queue;
  readonly AWARDS_KAFKA: Queue;
  readonly SETTLED: Queue;
  readonly READ_MODEL: D1Database;
  /** The deployed version. */
  readonly CF_VERSION_METADATA?: WorkerVersionMetadata;
};

export type Env = Bindings & { readonly [Name in keyof Settings]?: unknown };

const parsed = new WeakMap<Env, Settings>();

/** The settings, parsed once for each isolate. Throws `BadSettings`. */
export function settingsOf(env: Env): Settings {
  const known = parsed.get(env);
  if (known !== undefined) return known;
  const result = consistent.safeParse(env);
  if (!result.success) throw new BadSettings(result.error.issues, "src/env.ts");
  parsed.set(env, result.data);
  return result.data;
}

/** The config of a room that always exists: a lottery's is in the settings, any other's is the game's default. */
export function firstConfigOf(settings: Settings, room: string): unknown {
  const configured = room.startsWith("lottery:") ? settings.LOTTERIES.get(room.slice("lottery:".length)) : undefined;
  return configured ?? firstConfig(room);
}
