import { expect, test } from "vitest";
import { Backlog } from "../../rooms/host/backlog.ts";

const CAP = 1_000;

test("past half of the cap a silent client is asked once, and past the cap it is closed", () => {
  const backlog = new Backlog();
  expect(backlog.sent(500, CAP)).toBe("fine");
  expect(backlog.sent(1, CAP)).toBe("ask");
  backlog.check();
  expect(backlog.sent(400, CAP)).toBe("fine");
  expect(backlog.sent(100, CAP)).toBe("slow");
});

test("a client that answers every check is never closed", () => {
  const backlog = new Backlog();
  for (let i = 0; i < 1_000; i++) {
    const owed = backlog.sent(100, CAP);
    expect(owed).not.toBe("slow");
    if (owed !== "ask") continue;
    const n = backlog.check();
    backlog.heard();
    backlog.seen(n);
  }
});

test("a client that talks but answers no check is closed at sixteen times the cap", () => {
  const backlog = new Backlog();
  let sent = 0;
  for (;;) {
    backlog.heard();
    const owed = backlog.sent(100, CAP);
    if (owed === "slow") break;
    if (owed === "ask") backlog.check();
    sent += 100;
  }
  expect(sent).toBe(16 * CAP);
});

test("an answer to another check than the open one proves nothing", () => {
  const backlog = new Backlog();
  let answered = 0;
  for (let i = 0; i < 1_000; i++) {
    backlog.heard();
    const owed = backlog.sent(100, CAP);
    if (owed === "slow") {
      expect(answered).toBeGreaterThan(0);
      return;
    }
    if (owed === "ask") {
      backlog.seen(backlog.check() + 1);
      answered += 1;
    }
  }
  throw new Error("it was never closed");
});
