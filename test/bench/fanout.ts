import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { OPEN_TABLE, post, type Workerd } from "./workerd.ts";

/**
 * 1,000 spectators at one table while 20 players bet without a pause: public frames that reach them, beside a raw object that
 * sends a frame of the same size to 1,000 sockets at the same cadence. And the bytes of one whole round for one viewer.
 */

export type Fanout = {
  readonly frames_per_s: number;
  readonly raw_frames_per_s: number;
  readonly ratio: number;
  readonly bytes_per_frame: number;
  readonly bytes_per_viewer_per_round: number;
};

const VIEWERS = 1_000;
const PLAYERS = 20;
const EVERY_MS = 50;

type Viewers = { frames: number; bytes: number; sample: string; readonly close: () => void };

async function watch(url: string): Promise<Viewers> {
  const sockets: WebSocket[] = [];
  const viewers: Viewers = {
    frames: 0,
    bytes: 0,
    sample: "",
    close: () => sockets.forEach((socket) => socket.terminate()),
  };
  for (let i = 0; i < VIEWERS; i += 100) {
    const some = Array.from({ length: 100 }, () => new WebSocket(url, { perMessageDeflate: false }));
    await Promise.all(
      some.map((socket) => new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject))),
    );
    sockets.push(...some);
  }
  await sleep(500);
  for (const socket of sockets) {
    socket.on("message", (data: Buffer) => {
      viewers.frames += 1;
      viewers.bytes += data.length;
      if (viewers.frames % 5_000 === 1) viewers.sample = data.toString();
    });
  }
  return viewers;
}

/** Players who bet about fifty times a second each, so that there is something new for every frame. */
async function bettors(workerd: Workerd, room: string, betEveryMs: number): Promise<{ readonly close: () => void }> {
  const spots = ["red", "black", "odd", "even", "straight:17", "dozen:1"];
  const closers: (() => void)[] = [];
  for (let i = 0; i < PLAYERS; i++) {
    await post(workerd, `/player/fan-${room}-${i}`);
    const socket = new WebSocket(`${workerd.ws}/room/${room}?player=fan-${room}-${i}`, { perMessageDeflate: false });
    await new Promise((resolve, reject) => socket.once("message", resolve).once("error", reject));
    let n = 0;
    const timer = setInterval(() => {
      n += 1;
      socket.send(
        `{"id":"fan${room}${i}:${n}","type":"bet","bets":[{"spot":"${spots[(i + n) % spots.length]}","amount":1}]}`,
      );
    }, betEveryMs);
    closers.push(() => {
      clearInterval(timer);
      socket.terminate();
    });
  }
  return { close: () => closers.forEach((close) => close()) };
}

export async function fanout(workerd: Workerd, seconds: number, say: (line: string) => void): Promise<Fanout> {
  const bytes_per_viewer_per_round = await oneRound(workerd);
  await post(workerd, "/setup/fan", OPEN_TABLE);
  const ours = await watch(`${workerd.ws}/room/fan`);
  const players = await bettors(workerd, "fan", 20);
  await sleep(1_000);
  ours.frames = 0;
  ours.bytes = 0;
  await sleep(seconds * 1_000);
  const frames_per_s = ours.frames / seconds;
  const bytes_per_frame = Math.round(ours.bytes / ours.frames);
  players.close();
  ours.close();
  say(`  our room: ${Math.round(frames_per_s).toLocaleString("en")} frames a second of ${bytes_per_frame} bytes`);

  const raw = await watch(`${workerd.ws}/echo/fan`);
  const text = ours.sample.padEnd(bytes_per_frame, " ").slice(0, bytes_per_frame);
  const sent = post(workerd, "/fan/fan", {
    text,
    times: Math.round((seconds + 1) * (1_000 / EVERY_MS)),
    everyMs: EVERY_MS,
  });
  await sleep(1_000);
  raw.frames = 0;
  await sleep(seconds * 1_000);
  const raw_frames_per_s = raw.frames / seconds;
  await sent;
  raw.close();
  say(`  raw: ${Math.round(raw_frames_per_s).toLocaleString("en")} frames a second`);

  return {
    frames_per_s,
    raw_frames_per_s,
    ratio: frames_per_s / raw_frames_per_s,
    bytes_per_frame,
    bytes_per_viewer_per_round,
  };
}

/** A round of ten seconds of betting, 20 players with a bet every half second: bytes that one spectator gets. */
export async function oneRound(workerd: Workerd): Promise<number> {
  await post(workerd, "/setup/round", { openMs: 10_000, closedMs: 500, spinMs: 1_000, settledMs: 500 });
  const socket = new WebSocket(`${workerd.ws}/room/round`, { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once("message", resolve).once("error", reject));
  let bytes = 0;
  let opened = false;
  const over = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("the round does not end")), 60_000);
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      if (text.includes('"opened"')) opened = true;
      if (opened) bytes += data.length;
      if (!opened || !text.includes('"ready"')) return;
      clearTimeout(late);
      resolve();
    });
  });
  const players = await bettors(workerd, "round", 500);
  await over;
  players.close();
  socket.terminate();
  return bytes;
}
