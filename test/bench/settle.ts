import { setTimeout as sleep } from "node:timers/promises";
import { elapsedTo } from "../../rooms/crash/curve.ts";
import type { EventOf } from "../../rooms/crash/events.ts";
import { TARGETS_EVERY_MS } from "../../rooms/crash/flight.ts";
import type { PublicDelta } from "../../rooms/crash/types.ts";
import { peek } from "../chaos/peek.ts";
import { fullLobby, shownIn, toldIn, type Lobby } from "./lobby.ts";
import { eventually, now, Swarm, type Heard } from "./swarm.ts";
import { post, type Workerd } from "./workerd.ts";

/**
 * 1,000 players with one bet and one auto cash-out each in one flight: from the instant that the settlement is due until the last
 * of them has been told what they alone are told, and what everybody is. Beside it a bare object that sends the very same frames
 * to 1,000 sockets when a timer fires. The two take turns.
 */

export type Settlement = {
  readonly players: number;
  readonly flights: number;
  /** Own and public frames, from the settlement's instant until the last has arrived. */
  readonly frames: number;
  readonly bytes: number;
  readonly told_ms: number;
  readonly raw_ms: number;
  readonly frames_per_s: number;
  readonly raw_frames_per_s: number;
  /** Medians of the pairs: all frames, and the own ones alone. */
  readonly ratio: number;
  readonly ratio_own: number;
  /** Of the time until all were told: how long after its instant the settlement was judged, as the alarm was late. */
  readonly judged_after_ms: number;
  /** Journal rows that paid somebody, by how many bets each paid, one list a flight. */
  readonly paid_by_row: readonly (readonly number[])[];
};

const PLAYERS = 1_000;
/** Late enough that the public frame of the start is a while ago: the next one does not have to wait for its turn. */
const TARGET_X100 = 115;
/** Many targets are settled together, twice a second. */
const SETTLED_AFTER_MS = Math.ceil(elapsedTo(TARGET_X100) / TARGETS_EVERY_MS) * TARGETS_EVERY_MS;
const CONFIG = { bettingMs: 3_000, pauseMs: 50 };

type Pass = {
  readonly ownMs: number;
  readonly allMs: number;
  readonly own: readonly string[];
  readonly everybodys: readonly string[];
};

export async function settle(workerd: Workerd, flights: number, say: (line: string) => void): Promise<Settlement> {
  const lobby = await fullLobby(workerd, "settle", PLAYERS, CONFIG);
  const raw = await Swarm.open(
    Array.from({ length: PLAYERS }, () => `${workerd.ws}/echo/settle`),
    false,
  );
  const pairs: { ours: Pass; theirs: Pass }[] = [];
  while (pairs.length < flights) {
    const ours = await oneFlight(lobby);
    await post(workerd, "/void/crash:settle"); // the rest of the flight has nobody in it
    await sleep(1_000);
    if (ours === null) {
      say("  the flight was over before the target: again");
      continue;
    }
    const theirs = await oneDeal(workerd, raw, ours);
    pairs.push({ ours, theirs });
    say(
      `  flight ${pairs.length}/${flights}: all told in ${ours.allMs.toFixed(0)} ms, the raw fan-out took ${theirs.allMs.toFixed(0)} ms`,
    );
    await sleep(500);
  }
  lobby.players.close();
  raw.close();
  const [first] = pairs;
  if (first === undefined) throw new Error("no flight");
  const texts = [...first.ours.own, ...first.ours.everybodys.flatMap((text) => Array<string>(PLAYERS).fill(text))];
  const paid = paidByRow(workerd);
  const told_ms = median(pairs.map(({ ours }) => ours.allMs));
  const raw_ms = median(pairs.map(({ theirs }) => theirs.allMs));
  return {
    players: PLAYERS,
    flights,
    frames: texts.length,
    bytes: texts.reduce((sum, text) => sum + text.length, 0),
    told_ms,
    raw_ms,
    frames_per_s: (1_000 * texts.length) / told_ms,
    raw_frames_per_s: (1_000 * texts.length) / raw_ms,
    ratio: median(pairs.map(({ ours, theirs }) => theirs.allMs / ours.allMs)),
    ratio_own: median(pairs.map(({ ours, theirs }) => theirs.ownMs / ours.ownMs)),
    judged_after_ms: median(paid.map(({ judgedAfterMs }) => judgedAfterMs)),
    paid_by_row: paid.map(({ rows }) => rows),
  };
}

/** Null: the flight was over before the target. */
async function oneFlight({ players, say }: Lobby): Promise<Pass | null> {
  let placed = 0;
  players.on = (_, data) => {
    const text = data.toString("latin1");
    if (text.includes('"ok":false')) throw new Error(`refused: ${text.slice(0, 300)}`);
    if (text.includes('"type":"placed"')) placed += 1;
  };
  for (let i = 0; i < PLAYERS; i++) {
    say(i, { type: "bet", amount: 100 + i, autoCashout: TARGET_X100 / 100 });
    if (i % 50 === 49) await sleep(20);
  }
  await eventually(() => placed === PLAYERS, "every bet's answer");
  const results = listen(players);
  await eventually(() => results.told() || results.over(), "the settlement");
  const heard = players.heard.some(({ data }) => data.includes('"type":"outs"'));
  if (heard) await eventually(results.told, "the last player's result");
  else await sleep(200); // the rest of the news that the flight is over
  const all = players.take();
  const startedAt = shownOnce(all, "launched").startedAt;
  if (!heard) return null;
  const over = all.some(({ text }) => text.includes('"bustX100"'));
  const endAt = over ? startedAt + elapsedTo(shownOnce(all, "ended").endX100) : Infinity;
  return passOf(all, Math.min(startedAt + SETTLED_AFTER_MS, endAt));
}

/** Records what is heard from here on, and whether everybody has been told; at the same cost for the lobby and for the raw object. */
function listen(swarm: Swarm): { readonly told: () => boolean; readonly over: () => boolean } {
  const own = new Set<number>();
  const everybodys = new Set<number>();
  let over = false;
  swarm.heard = [];
  swarm.recording = true;
  swarm.on = (socket, data) => {
    if (data.includes('"type":"out"')) own.add(socket);
    else if (data.includes('"type":"outs"')) everybodys.add(socket);
    else if (data.includes('"bustX100"')) over = true;
  };
  return { told: () => own.size === PLAYERS && everybodys.size === PLAYERS, over: () => over };
}

function shownOnce<T extends PublicDelta["type"]>(all: readonly Heard[], type: T): Extract<PublicDelta, { type: T }> {
  const found = all.find(({ text }) => shownIn(text, type).length > 0);
  const [step] = found === undefined ? [] : shownIn(found.text, type);
  if (step === undefined) throw new Error(`nobody was shown ${type}`);
  return step;
}

function passOf(heard: readonly Heard[], due: number): Pass {
  const own = heard.filter(({ text }) => toldIn(text, "out").length > 0);
  const everybodys = heard.filter(({ text }) => shownIn(text, "outs").length > 0);
  const last = (some: readonly Heard[]): number => Math.max(...some.map(({ at }) => at)) - due;
  return {
    ownMs: last(own),
    allMs: Math.max(last(own), last(everybodys)),
    own: own.map(({ text }) => text),
    everybodys: everybodys.filter(({ socket }) => socket === 0).map(({ text }) => text),
  };
}

/** The same frames from a bare object, at a timer. */
async function oneDeal(workerd: Workerd, raw: Swarm, { own, everybodys }: Pass): Promise<Pass> {
  const at = Math.ceil(now()) + 1_000;
  const results = listen(raw);
  await post(workerd, "/deal/settle", { own, everybodys, at });
  await eventually(results.told, "the raw frames");
  return passOf(raw.take(), at);
}

/** Flights that paid somebody, from the lobby's own journal. */
function paidByRow(workerd: Workerd): { rows: number[]; judgedAfterMs: number }[] {
  const look = () =>
    peek(workerd.rooms, "crash:settle", (db) => db.prepare("SELECT body FROM journal ORDER BY n").all());
  let bodies = look();
  for (let tries = 1; bodies === null && tries < 20; tries += 1) bodies = look(); // the lobby writes on meanwhile
  if (bodies === null) throw new Error("the lobby's journal could not be read");
  const flights: { startedAt: number; rows: number[]; judgedAt: number }[] = [];
  for (const row of bodies) {
    const { at, events } = JSON.parse(String(row["body"])) as { at: number; events: { event?: Flown }[] };
    let paid = 0;
    for (const { event } of events) {
      if (event?.type === "launched") flights.push({ startedAt: event.startedAt, rows: [], judgedAt: 0 });
      if (event?.type === "targetsMet") paid += Object.values(event.outs).flat().length;
    }
    const flight = flights.at(-1);
    if (paid === 0 || flight === undefined) continue;
    flight.rows.push(paid);
    flight.judgedAt = at;
  }
  return flights
    .filter(({ rows }) => rows.length > 0)
    .map(({ rows, judgedAt, startedAt }) => ({ rows, judgedAfterMs: judgedAt - startedAt - SETTLED_AFTER_MS }));
}

type Flown =
  | Pick<EventOf<"launched">, "type" | "startedAt">
  | Pick<EventOf<"targetsMet">, "type" | "outs">
  | { readonly type: "ended" };

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
