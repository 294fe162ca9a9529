/**
 * The bridge's steps by name, like those of the house in src/steps.ts: a test can stall the bridge between any two effects that
 * are not one commit, and kill it there. Without STALL_AT a step does nothing.
 */
export const BRIDGE_STEPS = [
  "bridge.received",
  "bridge.written",
  "bridge.confirmed",
  "feed.stored",
  "feed.sent",
] as const;
export type BridgeStep = (typeof BRIDGE_STEPS)[number];

/** Resolves at once. At the step that STALL_AT names it logs a line and never resolves. */
export type Steps = (name: BridgeStep) => Promise<void>;

export const stepsOf =
  (stallAt: string): Steps =>
  async (name) => {
    if (stallAt !== name) return;
    console.log(`stalled at ${name}`);
    await new Promise(() => {});
  };

export const noSteps: Steps = () => Promise.resolve();
