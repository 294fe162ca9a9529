import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ApiError, Croupier } from "../client/index.ts";
import { BadInput, runTool } from "./input.ts";
import { Crowd } from "./simulate/crowd.ts";
import { paced } from "./simulate/pace.ts";
import { brief, draw, lines, report, type Frame } from "./simulate/screen.ts";
import { SIMULATED } from "./simulate/games.ts";
import { Tally } from "./simulate/tally.ts";
import { readTokens, writeTokens } from "./simulate/tokens.ts";

/**
 * `npm run simulate -- --players 100 --game all`: simulated players who check their chips after every step, on any server,
 * through its public API. Exit code 0: no difference; 1: a difference; 2: bad arguments, or a server that cannot be played on.
 */

const USAGE = `usage: npm run simulate -- [options]

  --players N      so many players (100)
  --game GAME      ${[...SIMULATED.keys()].join(", ")} or all (all)
  --seconds N      how long they play, once everybody is in (60)
  --url URL        the house (http://localhost:8787)
  --quick          tables of their own with short rounds, instead of the main ones
  --tokens FILE    keeps the players there for the next run

exit code 0: no difference; 1: a difference; 2: bad arguments, or no house to play at`;

type Order = {
  readonly url: string;
  readonly players: number;
  readonly seconds: number;
  readonly games: readonly string[];
  readonly quick: boolean;
  readonly tokens: string | null;
};

async function main(): Promise<number> {
  const order = orderOf(process.argv.slice(2));
  if (order === null) {
    console.log(USAGE);
    return 0;
  }
  const { url, players, seconds, games, quick, tokens } = order;
  const kept = tokens === null ? [] : readTokens(tokens);
  await reach(url);
  let note = "";
  const fetch = paced((what) => (note = what));
  const tally = new Tally();
  const house = new Croupier({ url, tries: 100, waitMsMax: 120_000, fetch });
  const crowd = new Crowd({ house, players, games, quick, kept }, tally);
  let doing = "arriving";
  const frame = (): Frame => ({ url, players, tally, crowd, doing, note });
  const screen = show(frame);
  const stop = stopper();
  try {
    await crowd.arrive(stop.signal);
    const until = Date.now() + seconds * 1_000;
    while (!stop.signal.aborted && Date.now() < until) {
      doing = `playing, ${Math.ceil((until - Date.now()) / 1_000)} s left`;
      await sleep(200);
    }
    stop.abort();
    doing = "leaving";
    await crowd.finish();
  } finally {
    screen.close();
    if (tokens !== null) writeTokens(tokens, keep(crowd, kept));
  }
  doing = "done";
  note = "";
  console.log(lines(frame()).join("\n"));
  for (const fault of crowd.faults) console.log(`\n${report(fault)}`);
  if (crowd.differences > 0) return 1;
  if (crowd.faults.length === 0 && tally.bets === 0) console.log("\nNobody placed a bet: nothing was checked.");
  return crowd.faults.length > 0 || tally.bets === 0 ? 2 : 0;
}

function orderOf(args: readonly string[]): Order | null {
  const values = parsed(args);
  if (values.help === true) return null;
  const game = values.game ?? "all";
  const games = [...SIMULATED.keys()].filter((name) => game === "all" || name === game);
  if (games.length === 0) throw new BadInput(`--game takes ${[...SIMULATED.keys()].join(", ")} or all`);
  const url = values.url ?? "http://localhost:8787";
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new BadInput("--url takes http(s)://...");
  return {
    url: new URL(url).origin,
    games,
    players: whole("--players", values.players, 100, 10_000),
    seconds: whole("--seconds", values.seconds, 60, 86_400),
    quick: values.quick === true,
    tokens: values.tokens ?? null,
  };
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  try {
    const options = { players: text, game: text, seconds: text, url: text, tokens: text, quick: flag };
    return parseArgs({ args: [...args], options: { ...options, help: { ...flag, short: "h" } } }).values;
  } catch (error) {
    throw new BadInput(error instanceof Error ? error.message : String(error), USAGE);
  }
}

function whole(name: string, text: string | undefined, fallback: number, most: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isSafeInteger(value) || value < 1 || value > most)
    throw new BadInput(`${name} takes a whole number from 1 to ${most}`);
  return value;
}

/** Throws BadInput when no Croupier server answers at that URL. */
async function reach(url: string): Promise<void> {
  try {
    const { rooms } = await new Croupier({ url, tries: 2 }).call("GET /api/rooms");
    if (!Array.isArray(rooms)) throw new BadInput(`${url} answers, and is no house of ours`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw new BadInput(`${url} answers, and is no house of ours`);
    if (error.status === 0) throw new BadInput(`no house answers at ${url}; \`npm run dev\` starts one`);
    if (error.status !== 429) throw new BadInput(`${url} answered ${error.status}: ${error.message}`);
  }
}

/** Ctrl-C ends the run in an orderly way; a second one exits at once. */
function stopper(): AbortController {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130);
      stop.abort();
    });
  }
  return stop;
}

const restore = (): void => void process.stdout.write("\x1b[?25h\x1b[?1049l");

/** Redraws a full screen on a terminal; otherwise prints a line every five seconds. */
function show(frame: () => Frame): { close(): void } {
  const tty = process.stdout.isTTY;
  if (tty) process.stdout.write("\x1b[?1049h\x1b[?25l");
  const timer = setInterval(() => (tty ? draw(frame()) : console.log(brief(frame()))), tty ? 500 : 5_000);
  if (tty) process.once("exit", restore);
  return {
    close: () => {
      clearInterval(timer);
      if (!tty) return;
      process.off("exit", restore);
      restore();
    },
  };
}

/** The players of this run first; kept players that were not needed stay in the list. */
function keep({ people }: Crowd, before: ReturnType<typeof readTokens>): ReturnType<typeof readTokens> {
  const now = people.map(({ id, name, token }) => ({ id, username: name, token }));
  return [...now, ...before.filter(({ id }) => !now.some((one) => one.id === id))];
}

await runTool("simulate", main);
