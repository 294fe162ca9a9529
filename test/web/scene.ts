import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { browserPath, openStage, type Stage } from "./browser.ts";

/**
 * A group of tests in one house and one browser. After each everybody goes home, and no page may have complained. Skipped
 * where there is no browser.
 */
export function scene(
  title: string,
  tests: (stage: () => Stage) => void,
  settings: Readonly<Record<string, string | number>> = {},
): void {
  describe.skipIf(browserPath === undefined)(title, () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage(settings);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === "fail") await stage.photograph(task.name);
      expect(await stage.clear()).toEqual([]);
    });
    afterAll(() => stage.close());
    tests(() => stage);
  });
}

/** Waits until what is read is what is expected: `await soon(() => table.stake()).toBe(50)`. */
export const soon = <T>(read: () => T | Promise<T>, timeout = 30_000) => expect.poll(read, { timeout, interval: 60 });
