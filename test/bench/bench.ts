import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { evaluators } from "./evaluators.ts";
import { fanout, type Fanout } from "./fanout.ts";
import { hands } from "./hands.ts";
import { idle, type Idle } from "./idle.ts";
import { roundBytes } from "./round.ts";
import { median, settle } from "./settle.ts";
import { table } from "./table.ts";
import { OPEN_TABLE, post, startWorkerd, type Workerd } from "./workerd.ts";

/**
 * `npm run bench [-- --json] [--quick] [--only roulette|crash|poker|evaluators|hands]`: one workerd, everything side by side and interleaved, medians of the rounds.
 * Each load has messages in flight on every socket, as many for the echoes as for the room. Absolute figures are this machine's; the ratios are what travels.
 */

const SOCKETS = 100;
/** Enough in flight that the room, and not the way there and back, is what is measured. */
const BUSY_WINDOW = 4;
const quick = process.argv.includes("--quick");
const json = process.argv.includes("--json");
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
const rounds = quick ? 1 : 5;
const seconds = quick ? 2 : 5;
const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);

type Load = { perSecond: number; p50Ms: number; p99Ms: number; bytesPerSecond: number; cpuUsPerMessage: number };
type Kind = "echo" | "insert" | "room";

const say = (line: string): void => {
  if (!json) console.log(line);
};

async function load(workerd: Workerd, kind: Kind, window: number): Promise<Load> {
  const args = [
    kind === "room" ? "room" : "echo",
    `${workerd.ws}/${kind}/bench`,
    SOCKETS,
    window,
    seconds,
    workerd.pid,
  ];
  const { stdout } = await run(process.execPath, [
    "--disable-warning=ExperimentalWarning",
    join(here, "load.ts"),
    ...args.map(String),
  ]);
  return JSON.parse(stdout) as Load;
}

type Counters = { accepted: number; rowsWritten: number; batches: number };

async function stats(workerd: Workerd): Promise<Counters> {
  const response = await fetch(`${workerd.http}/stats/bench`);
  const { counters } = await response.json<{ counters: Counters }>();
  return counters;
}

async function rates(workerd: Workerd, window: number): Promise<Record<Kind, Load[]>> {
  const out: Record<Kind, Load[]> = { echo: [], insert: [], room: [] };
  for (let round = 1; round <= rounds; round++) {
    for (const kind of ["echo", "insert", "room"] as const) {
      const result = await load(workerd, kind, window);
      out[kind].push(result);
      say(
        `  round ${round}/${rounds}  ${kind.padEnd(6)} ${Math.round(result.perSecond).toLocaleString("en")} a second`,
      );
    }
  }
  return out;
}

function ratio(a: readonly Load[], b: readonly Load[]): number {
  return median(a.map((load, i) => load.perSecond / (b[i]?.perSecond ?? Number.NaN)));
}

const of = (loads: readonly Load[], key: keyof Load): number => median(loads.map((load) => load[key]));

const n = (value: number, digits = 0): string =>
  value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });

function figures(loads: Record<Kind, Load[]>) {
  return {
    bets_per_s: Math.round(of(loads.room, "perSecond")),
    echo_per_s: Math.round(of(loads.echo, "perSecond")),
    insert_echo_per_s: Math.round(of(loads.insert, "perSecond")),
    ratio: ratio(loads.room, loads.echo),
    p50_ms: of(loads.room, "p50Ms"),
    p99_ms: of(loads.room, "p99Ms"),
    echo_p50_ms: of(loads.echo, "p50Ms"),
    echo_p99_ms: of(loads.echo, "p99Ms"),
    cpu_us_per_bet: of(loads.room, "cpuUsPerMessage"),
    cpu_us_per_echo: of(loads.echo, "cpuUsPerMessage"),
  };
}

function lines(loads: Record<Kind, Load[]>): string {
  const names = { echo: "raw echo", insert: "echo with an insert a message", room: "roulette, durable bets" };
  return (["echo", "insert", "room"] as const)
    .map((kind) => {
      const cells = [
        n(of(loads[kind], "perSecond")).padStart(10),
        n(ratio(loads[kind], loads.echo), 2).padStart(14),
        n(of(loads[kind], "p50Ms"), 1).padStart(9),
        n(of(loads[kind], "p99Ms"), 1).padStart(9),
      ];
      return `  ${names[kind].padEnd(34)}${cells.join("")}`;
    })
    .join("\n");
}

async function rouletteReport(workerd: Workerd) {
  await post(workerd, "/setup/bench", OPEN_TABLE);
  await Promise.all(Array.from({ length: SOCKETS }, (_, i) => post(workerd, `/player/bench-${i}`)));
  say(`${SOCKETS} sockets on one room, ${BUSY_WINDOW} messages each in flight:`);
  const busy = await rates(workerd, BUSY_WINDOW);
  const counters = await stats(workerd);
  say(`${SOCKETS} sockets on one room, one message each in flight:`);
  const single = await rates(workerd, 1);
  const sleeping = await sleeper(workerd, "roulette");
  say("1,000 spectators:");
  const fan: Fanout = await fanout(workerd, quick ? 3 : 10, say);
  const report = {
    room: { ...figures(busy), window: BUSY_WINDOW, bets_per_batch: counters.accepted / counters.batches },
    room_one_in_flight: { ...figures(single), window: 1 },
    fanout: fan,
    idle: sleeping,
    rows_per_bet: counters.rowsWritten / counters.accepted,
  };
  say(`
${SOCKETS} sockets, one room, one workerd          a second   of raw echo   p50 ms   p99 ms
${BUSY_WINDOW} messages in flight a socket
${lines(busy)}
1 message in flight a socket
${lines(single)}
rows written per bet ${n(report.rows_per_bet, 3)}, bets per commit ${n(report.room.bets_per_batch, 1)}
1,000 spectators: ${n(fan.frames_per_s)} frames a second, ${n(fan.ratio, 2)} of the raw fan-out of the same frames; ${n(fan.bytes_per_viewer_per_round)} bytes per viewer per round
${asleep(sleeping)}`);
  return report;
}

async function crashReport(workerd: Workerd) {
  say("1,000 players in one flight, everyone with an auto cash-out at 1.15:");
  const settlement = await settle(workerd, quick ? 2 : 9, say);
  say("1,000 players with amounts and targets of their own:");
  const bytes = await roundBytes(workerd, quick ? 1 : 5, say);
  const sleeping = await sleeper(workerd, "crash");
  say(`
1,000 players with one bet and one auto cash-out each in one crash flight
  ${n(settlement.frames)} frames, own and public, until the last had arrived: ${n(settlement.told_ms)} ms (${n(settlement.judged_after_ms)} of them until the alarm fired), ${n(settlement.frames_per_s)} a second
  the very same frames from a bare object at a timer: ${n(settlement.raw_ms)} ms, ${n(settlement.raw_frames_per_s)} a second; the lobby has ${n(settlement.ratio, 2)} of its rate (own frames alone ${n(settlement.ratio_own, 2)})
  bets paid by one journal row, flight by flight: ${settlement.paid_by_row.map((rows) => rows.join("+")).join(" ")}
with amounts and targets of their own, ${bytes.rounds} rounds of ${n(bytes.flight_s_mean, 1)} s in the air on average
  bytes per flight: ${n(bytes.player_bytes_per_flight)} for a player, ${n(bytes.spectator_bytes_per_flight)} for a spectator (the dearest ${n(bytes.player_bytes_per_flight_max)} and ${n(bytes.spectator_bytes_per_flight_max)})
  bytes per whole round: ${n(bytes.player_bytes_per_round)} for a player, ${n(bytes.spectator_bytes_per_round)} for a spectator
${asleep(sleeping)}`);
  return { settlement, bytes, idle: sleeping };
}

async function sleeper(workerd: Workerd, game: string): Promise<Idle> {
  say(`An idle room of ${game} with 100 sockets, 15 s:`);
  const sleeping = await idle(workerd, game);
  say(`  ${asleep(sleeping)}`);
  return sleeping;
}

function asleep({ hibernated, sockets, rows_written_idle }: Idle): string {
  const how = hibernated ? "hibernated" : "still awake";
  return `100 idle sockets for 15 s: ${how}, ${sockets} sockets open, ${rows_written_idle} rows written`;
}

async function pokerReport(workerd: Workerd) {
  say("Nine players at one table, each acting as soon as the act before is durable:");
  const room = await table(workerd, rounds, seconds, say);
  say(`
${room.hands} hands, ${n(room.acts)} acts: ${n(room.acts_per_s)} a second while a hand is on, ${n(room.ratio, 2)} of a raw echo with one message in flight (${n(room.echo_per_s)}), ${n(room.ratio_insert, 2)} of an echo with an insert (${n(room.insert_per_s)}); ${n(room.acts_per_s_overall)} with the pauses between hands`);
  return { room };
}

async function evaluatorsReport() {
  say("Seven-card hands ranked a second, the same hands for each:");
  return evaluators(rounds, say);
}

function handsReport() {
  say("Whole hands through the engine, every seat played by the house's policy:");
  return hands(rounds, quick ? 40 : 300, say);
}

const asked = (part: string): boolean => only === undefined || only === part;

/** What needs no room goes first, and alone. */
async function report() {
  const pure = {
    ...(asked("evaluators") ? { evaluators: await evaluatorsReport() } : {}),
    ...(asked("hands") ? { hands: handsReport() } : {}),
  };
  if (!["roulette", "crash", "poker"].some(asked)) return pure;
  const workerd = await startWorkerd();
  try {
    return {
      ...pure,
      ...(asked("roulette") ? await rouletteReport(workerd) : {}),
      ...(asked("crash") ? { crash: await crashReport(workerd) } : {}),
      ...(asked("poker") ? { poker: await pokerReport(workerd) } : {}),
    };
  } finally {
    await workerd.stop();
  }
}

const result = await report();
if (json) console.log(JSON.stringify(result));
