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
 * Bindings and settings. Every setting but AUTH_SECRET has a default here; wrangler hands them over as strings or numbers.
 * Names end in their unit.
 */

const whole = (fallback: number, least: number, most: number): z.ZodType<number> =>
  z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce.number().int().min(least).max(most).default(fallback),
  );

const origin = z.string().refine((value) => URL.canParse(value) && new URL(value).origin === value, "not an origin");

/** A lottery's name in rooms, events and settings. */
const lotteryId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/);

/** `{"main": {}, "late": {"players": 20}}`, as JSON text or as a table of wrangler.toml; each as the game's own schema reads it. */
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
  /** Besides the Worker's own: comma-separated `scheme://host[:port]`. */
  ALLOWED_ORIGINS: listOf(origin),

  /** Play money of a new player, minor units. */
  GUEST_GRANT: whole(100_000, 0, 1_000_000_000_000),
  FAUCET_AMOUNT: whole(10_000, 1, 1_000_000_000_000),
  FAUCET_COOLDOWN_S: whole(3_600, 0, 31_536_000),

  /** How long a session lasts without being used. */
  SESSION_DAYS: whole(30, 1, 365),
  /** How long a socket ticket lives. */
  TICKET_S: whole(30, 1, 300),

  /** By client address: register, log-in and refresh. */
  LIMIT_AUTH_PER_MIN: whole(20, 1, 10_000_000),
  /** By client address: new guests. */
  LIMIT_GUEST_PER_MIN: whole(10, 1, 10_000_000),
  /**
   * By client address and day (UTC): new players who get the grant, guests and registered ones. A loopback address is development and
   * not counted.
   */
  LIMIT_GRANTS_PER_DAY: whole(20, 1, 10_000_000),
  /** By client address: everything else. */
  LIMIT_API_PER_MIN: whole(600, 1, 10_000_000),
  /** Wrong passwords for one user name from one address, or one browser, before each further try has to wait, twice as long each time. */
  LOGIN_FREE_TRIES: whole(5, 1, 1_000),
  /** Wrong passwords for one user name in all, in days without a pause, from which addresses that are new to it have to wait at once. */
  LOGIN_NAME_TRIES: whole(100, 1, 1_000_000),
  /** The longest that such a wait gets. */
  LOGIN_BACKOFF_MAX_S: whole(300, 1, 86_400),
  /** Rooms that one player may have made. */
  ROOMS_PER_PLAYER: whole(10, 0, 10_000),
  /** The shortest round of a room that a player makes, without what is played in it. A loopback address is development and not held to it. */
  MIN_ROUND_MS: whole(4_000, 0, 60_000),
  /** Chips that house players may bring in a day to all poker tables that one player made. [P20] */
  HOUSE_CHIPS_PER_OWNER: whole(200_000, 0, 1_000_000_000),

  /** `lottery`: a deployment that holds nothing but lotteries, fed by Kafka. */
  ROLE: z.enum(["casino", "lottery"]).default("casino"),
  /** Where the stakes go: to the lotteries in here, or by Kafka to somebody else's. Needs the bridge beside it (src/bridge). */
  LOTTERY: z.enum(["embedded", "kafka"]).default("embedded"),
  /**
   * The lotteries that may give awards, by id, and their rules. What was given to a lottery with its first stake stays its rules
   * and its share for good: other rules are another lottery.
   */
  LOTTERIES: lotteries,
  /**
   * What a stake counts for in the lotteries. `edge`: what would have to be staked at a wheel with one zero for the house to expect as much,
   * at most itself: so poker counts by its rake. `stake`: itself. Of an event that does not say what the house gets: itself.
   */
  LOTTERY_WEIGHT_BY: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.enum(["edge", "stake"]).default("edge"),
  ),
  /** For /api/operator: comma-separated `name:role:key`, see auth/roles.ts. A secret. Empty: nobody is an operator. */
  OPERATOR_KEYS: operatorKeys,

  /** What a queue has taken and nobody has confirmed is sent again after so long; then after three and six times as long. */
  OUTBOX_RESEND_S: whole(20, 1, 3_600),
  /** The read side on Upstash Redis, with its token; empty: on D1. */
  UPSTASH_REDIS_REST_URL: z.union([z.literal(""), z.url()]).default(""),
  UPSTASH_REDIS_REST_TOKEN: z.string().default(""),
  /** Whether guests stand on boards that others see. For those who stand there already it counts when the read side is built anew. */
  BOARDS_INCLUDE_GUESTS: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.enum(["off", "on"]).default("off"),
  ),
  /** How long an answer of the read side waits at most for the round that its reader knows of. */
  READ_WAIT_MS: whole(3_000, 0, 10_000),
  /** For /metrics: its `Authorization: Bearer`, a secret. Empty: anyone may read them. */
  METRICS_KEY: z.union([z.literal(""), z.string().min(16)]).default(""),
  /** The least level that is logged (src/log.ts). */
  LOG_LEVEL: z.preprocess((value) => (value === "" ? undefined : value), z.enum(LEVELS).default("info")),
  /** For tests alone: the step (src/steps.ts) at which the house stands still, to be killed there. */
  STALL_AT: z.string().default(""),

  /** Command frames of one socket. */
  ROOM_FRAMES_PER_S: whole(40, 1, 1_000_000),
  ROOM_FRAMES_BURST: whole(80, 1, 1_000_000),
  /** Chips that an automatic top-up takes at least, when the wallet has them. */
  ROOM_BUY_IN: whole(2_000, 1, 1_000_000_000_000),
  /** How long a player may be gone before the purse goes home. */
  PRESENCE_GRACE_S: whole(60, 1, 86_400),
  /** A socket with more than this unsent is closed. */
  ROOM_SOCKET_BUFFER_BYTES: whole(1_048_576, 1_024, 67_108_864),
});

export { BadSettings } from "./bad-settings.ts";

/** Settings that cannot both be meant. */
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
  /** Which version is deployed. */
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

/** The config of a room that nobody made: a lottery's from the settings, any other's the game's own first one. */
export function firstConfigOf(settings: Settings, room: string): unknown {
  const configured = room.startsWith("lottery:") ? settings.LOTTERIES.get(room.slice("lottery:".length)) : undefined;
  return configured ?? firstConfig(room);
}
