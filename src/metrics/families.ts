import { COMMIT_BUCKETS_MS } from "../../rooms/host/counters.ts";
import { games as registry } from "../../rooms/games.ts";
import type { Freshness } from "../stats/model.ts";
import { lagOf, NO_BACKLOG, type Census, type GameCensus } from "./census.ts";
import type { Family, Labels, Sample } from "./exposition.ts";

/** The metric families of /metrics. Labels are games, codes, states, queues and topics: few values, no player, room or secret. */

export type Build = { readonly version: string; readonly tag: string };
/** Null: the read side does not answer. */
export type ReadSide = Freshness | null;
/** `deadLetters`: how many are open; null: unknown. */
export type Others = { readonly readSide: ReadSide; readonly deadLetters: number | null };

export function familiesOf(census: Census, build: Build, { readSide, deadLetters }: Others): Family[] {
  const { at, rooms, games, players = NO_BACKLOG, bridges } = census;
  const all = Object.entries(games);
  const each = (of: (game: GameCensus) => number | null): Sample[] =>
    all.flatMap(([game, sums]) => {
      const value = of(sums);
      return value === null ? [] : [{ value, labels: { game } }];
    });
  const counted = (name: string, key: string, help: string): Family =>
    counter(
      name,
      help,
      each(({ counts }) => counts[key] ?? 0),
    );
  return [
    gauge("build_info", "1, with the deployed version.", [{ value: 1, labels: { ...build } }]),
    gauge(
      "game_info",
      "1, with the version of each game's rules.",
      [...registry.values()].map(({ name, version }) => ({
        value: 1,
        labels: { game: name, version: String(version) },
      })),
    ),
    gauge(
      "rooms",
      "Rooms by status; unheard: listed, and never awake.",
      rooms.map(({ game, status, n }) => ({ value: n, labels: { game, status } })),
    ),
    gauge(
      "rooms_active",
      "Rooms that reported within the last minute.",
      each((sums) => sums.active),
    ),
    gauge(
      "sockets",
      "Open sockets, as the rooms last reported.",
      each((sums) => sums.sockets),
    ),
    gauge(
      "players_online",
      "Players at tables, as the rooms last reported.",
      each((sums) => sums.online),
    ),
    counted("commands", "commands", "Commands that came by socket."),
    counted("commands_accepted", "accepted", "Commands that changed something."),
    counter("refusals", "Commands and messages refused, by code.", refusalsOf(census)),
    counted("batches", "batches", "Batches committed, one journal row each."),
    counted("events", "events", "Events committed."),
    counted("rows_written", "rowsWritten", "SQLite rows that rooms wrote, as the platform bills them."),
    counted("faults", "faults", "Inputs and deadlines on which a rule threw."),
    {
      name: "croupier_commit_duration_seconds",
      type: "histogram",
      help: "From the begin of a batch's transaction until it is on the disk.",
      samples: all.flatMap(([game, sums]) => commitsOf(game, sums)),
    },
    gauge(
      "outbox_rows",
      "Rows of events: waiting to be confirmed, or parked since no queue takes so large a message.",
      all.flatMap(([game, { outbox, parked }]) => [
        { value: outbox, labels: { game, state: "waiting" } },
        { value: parked, labels: { game, state: "parked" } },
      ]),
    ),
    gauge(
      "outbox_oldest_seconds",
      "Age of the oldest event that waits to be confirmed; missing where none does.",
      each(({ oldestAt }) => (oldestAt === null ? null : Math.max(0, at - oldestAt) / 1_000)),
    ),
    gauge(
      "player_outboxes",
      "Players whose news for the read side have waited to be confirmed for longer than a few seconds.",
      [{ value: players.outboxes }],
    ),
    gauge("player_outbox_rows", "News of those players that wait to be confirmed.", [{ value: players.waiting }]),
    gauge(
      "player_outbox_oldest_seconds",
      "Age of the oldest of those news; missing where none waits.",
      players.oldestAt === null ? [] : [{ value: Math.max(0, at - players.oldestAt) / 1_000 }],
    ),
    gauge(
      "dead_letters",
      "Messages that will never be right as they are, and wait for an operator.",
      deadLetters === null ? [] : [{ value: deadLetters }],
    ),
    gauge(
      "transfers_open",
      "Transfers between wallets and purses without an answer.",
      each((sums) => sums.transfers),
    ),
    counter(
      "queue_messages",
      "Messages that this Worker consumed, by verdict: done, poison (put to the dead letters), retry.",
      Object.entries(census.consumed).map(([name, value]) => {
        const [queue = "", verdict = ""] = name.split("/");
        return { value, labels: { queue, verdict } };
      }),
    ),
    gauge(
      "bridge_up",
      "Whether this way between the house and Kafka works; 0 too when the bridge says nothing any more.",
      bridges.map((one) => ({ value: one.state === "ok" ? 1 : 0, labels: bridgeLabels(one) })),
    ),
    counter(
      "bridge_records",
      "Records that went this way, since the bridge's object or isolate began.",
      bridges.map((one) => ({ value: one.records, labels: bridgeLabels(one) })),
    ),
    gauge(
      "bridge_lag_records",
      "Records behind the end of the topic, where that is known.",
      bridges.flatMap((one) => (one.lag === null ? [] : [{ value: one.lag, labels: bridgeLabels(one) }])),
    ),
    gauge(
      "bridge_report_age_seconds",
      "How old the bridge's last report is.",
      bridges.map((one) => ({ value: Math.max(0, at - one.at) / 1_000, labels: bridgeLabels(one) })),
    ),
    ...readSideOf(readSide, lagOf(games, at)),
  ];
}

const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name: `croupier_${name}`,
  type: "gauge",
  help,
  samples,
});

const counter = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name: `croupier_${name}_total`,
  type: "counter",
  help,
  samples,
});

const bridgeLabels = ({ topic, direction }: Census["bridges"][number]): Labels => ({ topic, direction });

function refusalsOf({ games }: Census): Sample[] {
  const prefix = "refused/";
  return Object.entries(games).flatMap(([game, { counts }]) =>
    Object.entries(counts)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => ({ value, labels: { game, code: name.slice(prefix.length) } })),
  );
}

/** The histogram of commit times. Prometheus' buckets are cumulative: each counts all values up to its bound. */
function commitsOf(game: string, { counts }: GameCensus): Sample[] {
  let n = 0;
  const buckets = [...COMMIT_BUCKETS_MS, null].map((ms): Sample => {
    n += counts[`commit/${ms ?? "more"}`] ?? 0;
    return { of: "_bucket", labels: { game, le: ms === null ? "+Inf" : String(ms / 1_000) }, value: n };
  });
  return [
    ...buckets,
    { of: "_sum", labels: { game }, value: (counts["commitMs"] ?? 0) / 1_000 },
    { of: "_count", labels: { game }, value: n },
  ];
}

function readSideOf(readSide: ReadSide, lagMs: number): Family[] {
  const { projectedAt = null } = readSide ?? {};
  const known = projectedAt === null ? [] : [projectedAt];
  return [
    gauge("read_model_up", "Whether the read model answers.", [{ value: readSide === null ? 0 : 1 }]),
    gauge(
      "read_model_lag_seconds",
      "How old the oldest result of a table is that is not projected yet; 0: none waits.",
      readSide === null ? [] : [{ value: lagMs / 1_000 }],
    ),
    gauge(
      "read_model_projected_timestamp_seconds",
      "When something was last projected.",
      known.map((ms) => ({ value: ms / 1_000 })),
    ),
  ];
}
