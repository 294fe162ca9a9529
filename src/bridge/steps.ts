/**
 * The bridge's steps by name, as those of the house in src/steps.ts: a test can have it stand still between any two effects that
 * are not one commit, to be killed there. Without STALL_AT they are nothing.
 */
export const BRIDGE_STEPS = [
  "bridge.received",
  "bridge.written",
  "bridge.confirmed",
  "feed.stored",
  "feed.sent",
] as const;
export type BridgeStep = (typeof BRIDGE_STEPS)[number];

/** Resolves at once, or never where that is the step to stand still at: the log says so. */
export type Steps = (name: BridgeStep) => Promise<void>;

export const stepsOf =
  (stallAt: string): Steps =>
  async (name) => {
    if (stallAt !== name) return;
    console.log(`stalled at ${name}`);
    await new Promise(() => {});
  };

export const noSteps: Steps = () => Promise.resolve();
