import { agree, enter, look, markNow, onSession, sessionNow, WHO } from "./session.ts";

/** Keeps the session in step between windows of one browser. */

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("croupier.who");
let told: string | null = null;

channel?.addEventListener("message", ({ data }: MessageEvent<string | null>) => agree(data));
onSession(() => {
  const mark = markNow();
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
  if (mark !== told) channel?.postMessage(mark);
  told = mark;
});
window.addEventListener("storage", ({ key }) => {
  if (key === WHO) look();
});
// A suspended window may have missed a message.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") look();
});
window.addEventListener("online", () => {
  const session = sessionNow();
  if (session.state === "away" && session.failed === true) void enter();
});
