import { expect, test } from "vitest";
import type { Answer, Outcome, RoomInput, Stamped } from "../../rooms/kernel/inputs.ts";
import { DeadlineError } from "../../rooms/kernel/engine.ts";
import { chips, type Ms, type PlayerId } from "../../rooms/game.ts";
import { create } from "../../rooms/kernel/state.ts";
import { Loop } from "../../rooms/host/loop.ts";
import { roulette } from "../../rooms/roulette/index.ts";

const ann = "ann" as PlayerId;
const kernel = create(roulette, "roulette:loop", roulette.config.parse({}));

const command = (n: number): RoomInput => ({
  type: "command",
  player: ann,
  id: `sess:${n}`,
  print: n,
  clientSeed: null,
  command: { to: "room", command: { type: "leave" } },
});

const names = (outcome: Outcome<string>): string => outcome.answers.map(({ token }) => token).join(" ");

/** A loop around a judge of the test's own; `log` has what happened, in order. */
function world(judge: (batch: readonly Stamped<string>[], until: Ms) => void, eventful = true) {
  const log: string[] = [];
  const clock = { now: 5_000 };
  const answers: [string, Answer][] = [];
  const disk: { held: boolean; broken: boolean; waiting: (() => void)[] } = { held: false, broken: false, waiting: [] };
  const hooks: { commit?: () => void; speak?: () => void } = {};
  const loop = new Loop<string>({
    now: () => clock.now as Ms,
    judge: (batch, until) => {
      judge(batch, until);
      const said = batch.map(({ token }) => ({ token, answer: { ok: true, id: "", seq: 1, at: until } as const }));
      return {
        kernel,
        parked: new Map(),
        from: 1,
        at: until,
        events: eventful ? [{ type: "room.leaving", player: ann, leaving: true }] : [],
        accepted: [],
        answers: said,
        roomShown: [],
        gameShown: [],
        told: new Map(),
        purses: new Set(),
        finished: [],
        published: [],
        messages: [],
        seeds: [],
        refused: [],
      };
    },
    commit: (outcome) => {
      hooks.commit?.();
      log.push(`commit ${names(outcome)}`);
    },
    durable: () => {
      log.push("sync");
      if (disk.broken) return Promise.reject(new Error("the disk is broken"));
      return new Promise((resolve) => (disk.held ? disk.waiting.push(resolve) : resolve()));
    },
    speak: (outcome) => {
      log.push(`speak ${names(outcome)}`);
      hooks.speak?.();
    },
    answer: (token, answer) => answers.push([token, answer]),
    failed: (error) => log.push(`failed ${error instanceof Error ? error.message : String(error)}`),
    die: (error) => log.push(`died ${error instanceof Error ? error.message : String(error)}`),
  });
  const push = (token: string, input: RoomInput = command(Number(token.slice(1)) || 0), at = clock.now): void => {
    loop.push({ at: at as Ms, token, input });
  };
  return { loop, log, clock, answers, disk, hooks, push };
}

const fine = (): void => {};
const throwing =
  (bad: string) =>
  (batch: readonly Stamped<string>[]): void => {
    if (batch.some(({ token }) => token === bad)) throw new Error(`a bug in ${bad}`);
  };

test("what is there is one batch: one commit, then the disk, then the answers", async () => {
  const { loop, log, push } = world(fine);
  for (const token of ["a1", "a2", "a3"]) push(token);
  loop.kick();
  await loop.idle();
  expect(log).toEqual(["commit a1 a2 a3", "sync", "speak a1 a2 a3"]);
});

test("nothing is said before the disk has it, and what arrives meanwhile is one next batch", async () => {
  const { loop, log, push, disk } = world(fine);
  disk.held = true;
  push("a1");
  loop.kick();
  for (const token of ["a2", "a3", "a4"]) {
    push(token);
    loop.kick();
    await Promise.resolve();
  }
  expect(log).toEqual(["commit a1", "sync"]);
  disk.held = false;
  disk.waiting.shift()?.();
  await loop.idle();
  expect(log).toEqual(["commit a1", "sync", "speak a1", "commit a2 a3 a4", "sync", "speak a2 a3 a4"]);
});

test("what changed nothing is answered without waiting for the disk", async () => {
  const { loop, log, push } = world(fine, false);
  push("a1");
  loop.kick();
  await loop.idle();
  expect(log).toEqual(["commit a1", "speak a1"]);
});

test("of a batch of three with one that throws only that one is refused, and nothing of it was changed or said", async () => {
  const { loop, log, push, answers } = world(throwing("a2"));
  for (const token of ["a1", "a2", "a3"]) push(token);
  loop.kick();
  await loop.idle();
  expect(log).toEqual(["commit a1", "sync", "speak a1", "failed a bug in a2", "commit a3", "sync", "speak a3"]);
  expect(answers).toEqual([["a2", { ok: false, id: "sess:2", code: "internal", message: expect.any(String) }]]);
  expect(JSON.stringify(answers)).not.toContain("a bug");
});

test("a batch holds at most 512 inputs, and time runs no further in it than the stamp of what comes behind", async () => {
  const untils: [number, number][] = [];
  const { loop, push, clock } = world((batch, until) => untils.push([batch.length, until]));
  for (let n = 0; n < 1_200; n++) push(`a${n}`, command(n), 1_000 + n);
  clock.now = 9_000;
  loop.kick();
  await loop.idle();
  expect(untils).toEqual([
    [512, 1_512],
    [512, 2_024],
    [176, 9_000],
  ]);
});

test("judged one by one, each is judged in the time before the next one came", async () => {
  const untils: [string, number][] = [];
  const { loop, push, clock } = world((batch, until) => {
    untils.push([batch.map(({ token }) => token).join(" "), until]);
    throwing("a2")(batch);
  });
  push("a1", command(1), 1_000);
  push("a2", command(2), 2_000);
  push("a3", command(3), 3_000);
  clock.now = 9_000;
  loop.kick();
  await loop.idle();
  expect(untils).toEqual([
    ["a1 a2 a3", 9_000],
    ["a1", 2_000],
    ["a2", 3_000],
    ["a3", 9_000],
  ]);
});

test("what comes as the loop ends is not left lying, at whatever moment that is", async () => {
  for (let late = 0; late < 12; late++) {
    const { loop, log, push, hooks } = world(fine, false);
    hooks.speak = () => {
      delete hooks.speak;
      void (async () => {
        for (let i = 0; i < late; i++) await Promise.resolve();
        push("a2");
        loop.kick();
      })();
    };
    push("a1");
    loop.kick();
    await new Promise((resolve) => void setImmediate(resolve));
    expect(log).toEqual(["commit a1", "speak a1", "commit a2", "speak a2"]);
  }
});

test("a commit that throws kills the room: nothing is said, of this batch or of what waits behind it", async () => {
  const { loop, log, push, hooks, answers } = world(fine);
  hooks.commit = () => {
    throw new Error("the disk is full");
  };
  for (let n = 0; n < 600; n++) push(`a${n}`);
  loop.kick();
  await loop.idle();
  expect(log).toEqual(["died the disk is full"]);
  expect(answers).toEqual([]);
});

test("a disk that fails to sync kills the room, and nothing is said", async () => {
  const { loop, log, push, disk } = world(fine);
  disk.broken = true;
  push("a1");
  loop.kick();
  push("a2");
  await loop.idle();
  expect(log).toEqual(["commit a1", "sync", "died the disk is broken"]);
});

// ---- deadlines that throw ----

/** The game's deadline throws so often; then, or once the room is faulted, it does not. */
function late(times: number): (batch: readonly Stamped<string>[]) => void {
  let left = times;
  return (batch) => {
    if (batch.some(({ input }) => input.type === "fault")) left = 0;
    if (left === 0) return;
    left -= 1;
    throw new DeadlineError("spin", new Error("a bug"));
  };
}

test("a deadline that throws three times faults the room, and what came next is judged in the faulted room", async () => {
  const { loop, log, push, answers } = world(late(99));
  for (const token of ["a1", "a2", "a3", "a4"]) {
    push(token);
    loop.kick();
    await loop.idle();
  }
  expect(answers.map(([token]) => token)).toEqual(["a1", "a2", "a3"]);
  const failed = "failed deadline spin failed: a bug";
  expect(log).toEqual([failed, failed, failed, "commit a3", "sync", "speak a3", "commit a4", "sync", "speak a4"]);
});

test("a deadline that throws twice and then does not is forgiven", async () => {
  const { loop, log, push } = world(late(2));
  for (const token of ["a1", "a2", "a3"]) {
    push(token);
    loop.kick();
    await loop.idle();
  }
  expect(log.filter((line) => line.startsWith("commit"))).toEqual(["commit a3"]);
});

test("commands that throw fault nothing, however many they are", async () => {
  const { loop, log, push } = world(throwing("bad"));
  for (let i = 0; i < 10; i++) {
    push("bad");
    loop.kick();
    await loop.idle();
  }
  push("good");
  loop.kick();
  await loop.idle();
  expect(log.filter((line) => !line.startsWith("failed"))).toEqual(["commit good", "sync", "speak good"]);
});

const answer: RoomInput = {
  type: "answer",
  player: ann,
  id: "r:ann:1",
  answer: { ok: true, amount: chips(5), balance: chips(0) },
};
const presence: RoomInput = { type: "presence", player: ann, name: "Ann", online: false };

test.each([answer, presence])(
  "what nobody would send again is judged again after a deadline threw: $type",
  async (input) => {
    for (const times of [1, 2, 99]) {
      const { loop, log, push, answers } = world(late(times));
      push("it", input);
      loop.kick();
      await loop.idle();
      const commits = log.filter((line) => line.startsWith("commit"));
      expect(commits).toEqual(times === 99 ? ["commit it", "commit it"] : ["commit it"]); // the fault first
      expect(answers).toEqual([]);
    }
  },
);

test("when not even the fault can be judged the loop gives up on that input, and lives", async () => {
  let calls = 0;
  const { loop, log, push } = world((batch) => {
    calls += 1;
    if (batch.every(({ token }) => token === "it")) throw new DeadlineError("spin", new Error("a bug"));
  });
  push("it", presence);
  loop.kick();
  await loop.idle();
  expect(calls).toBeLessThan(10);
  push("a1");
  loop.kick();
  await loop.idle();
  expect(log.at(-1)).toBe("speak a1");
});

test("the wallet's answer is judged alone when a command that waited for it throws", async () => {
  const seen: RoomInput[] = [];
  const { loop, log, push } = world((batch) => {
    for (const { input } of batch) {
      seen.push(input);
      if (input.type === "answer" && input.alone !== true) throw new Error("a bug");
    }
  });
  push("it", answer);
  loop.kick();
  await loop.idle();
  expect(seen).toEqual([answer, { ...answer, alone: true }]);
  expect(log).toEqual(["failed a bug", "commit it", "sync", "speak it"]);
});
