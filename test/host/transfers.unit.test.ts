import { expect, test } from "vitest";
import { TransferRetrier } from "../../rooms/host/transfers.ts";
import { chips, type Ms, type PlayerId } from "../../rooms/game.ts";
import type { TransferAnswer, TransferRequest } from "../../rooms/kernel/transfer.ts";

const ann = "ann" as PlayerId;
const request: TransferRequest = { id: "r:ann:1", room: "r", kind: "topup", amount: chips(200), min: chips(10) };
const yes: TransferAnswer = { ok: true, amount: chips(200), balance: chips(800) };

/** A courier with a clock, and a wallet whose calls are answered by hand. */
function world() {
  const clock = { now: 1_000 };
  const calls: { id: string; answer: (answer: TransferAnswer) => void; lose: () => void }[] = [];
  const heard: [string, TransferAnswer][] = [];
  const failures: string[] = [];
  const courier = new TransferRetrier({
    now: () => clock.now as Ms,
    wallet: {
      transfer: (_, { id }) =>
        new Promise((resolve, reject) => {
          calls.push({ id, answer: resolve, lose: () => reject(new Error("lost")) });
        }),
    },
    answered: (_, id, answer) => heard.push([id, answer]),
    failed: (id) => failures.push(id),
  });
  return { clock, calls, heard, failures, courier };
}

async function quiet(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

test("with nothing to carry there is nothing to wake for", () => {
  const { courier } = world();
  expect(courier.next()).toBeNull();
  expect(courier.go()).toEqual([]);
});

test("a committed transfer is called at once, and the alarm is there for it all the time until its answer is journaled", async () => {
  const { courier, calls, heard } = world();
  courier.expect(ann, request);
  expect(courier.next()).toBe(6_000);
  void Promise.all(courier.go());
  expect(calls.map(({ id }) => id)).toEqual(["r:ann:1"]);
  expect(courier.go()).toEqual([]); // not due again yet
  calls[0]?.answer(yes);
  await quiet();
  expect(heard).toEqual([["r:ann:1", yes]]);
  expect(courier.next()).not.toBeNull();
  courier.done("r:ann:1");
  expect(courier.next()).toBeNull();
});

test("an answer that was never journaled is asked for again under the same id", async () => {
  const { courier, calls, heard, clock } = world();
  courier.expect(ann, request);
  void Promise.all(courier.go());
  calls[0]?.answer(yes);
  await quiet();
  clock.now = courier.next() ?? 0;
  void Promise.all(courier.go());
  calls[1]?.answer(yes);
  await quiet();
  expect(calls.map(({ id }) => id)).toEqual(["r:ann:1", "r:ann:1"]);
  expect(heard).toHaveLength(2); // and the engine journals the first of them
});

test("a lost call is an unknown outcome: it is repeated under the same id, ever more slowly, at most half a minute apart", async () => {
  const { courier, calls, failures, heard, clock } = world();
  courier.expect(ann, request);
  const pauses: number[] = [];
  for (let i = 0; i < 9; i++) {
    void Promise.all(courier.go());
    calls.at(-1)?.lose();
    await quiet();
    pauses.push((courier.next() ?? 0) - clock.now);
    clock.now = courier.next() ?? 0;
  }
  expect(calls).toHaveLength(9);
  expect(new Set(calls.map(({ id }) => id))).toEqual(new Set(["r:ann:1"]));
  expect(failures).toHaveLength(9);
  expect(pauses).toEqual([5_000, 10_000, 15_000, 20_000, 25_000, 30_000, 30_000, 30_000, 30_000]);
  expect(heard).toEqual([]);
});

test("a wallet that does not answer at all is called again when it is due, and either answer will do", async () => {
  const { courier, calls, heard, clock } = world();
  courier.expect(ann, request);
  void Promise.all(courier.go());
  clock.now = courier.next() ?? 0;
  void Promise.all(courier.go());
  expect(calls).toHaveLength(2);
  calls[1]?.answer(yes);
  await quiet();
  expect(heard).toHaveLength(1);
});

test("a refusal is an answer; a conflict of ids is none, and is tried again for somebody to see", async () => {
  const { courier, calls, heard, failures } = world();
  courier.expect(ann, request);
  courier.expect(ann, { ...request, id: "r:ann:2" });
  void Promise.all(courier.go());
  const no = { ok: false, code: "insufficient_funds", balance: chips(1) } as const;
  calls[0]?.answer(no);
  calls[1]?.answer({ ...no, code: "transfer_conflict" });
  await quiet();
  expect(heard).toEqual([["r:ann:1", no]]);
  expect(failures).toEqual(["r:ann:2"]);
});
