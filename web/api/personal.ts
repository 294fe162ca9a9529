import * as z from "zod/mini";
import { Line } from "../../src/client/line.ts";
import { limitsChanged, setReality } from "../care/care.ts";
import { forgetOut, putOut } from "../live/out.ts";
import { reportConnection } from "../ui/connection.ts";
import { ApiError, ask } from "./client.ts";
import { comeBack, enter, onSession, sessionNow } from "./session.ts";
import { award, entry, player, ticket } from "./shapes.ts";
import { heard } from "./wallet.ts";

/** The visitor's personal socket, open while they are logged in. Pages do not wait for it to load. */

/** Rooms that may hold chips of the player. */
const rooms = z.optional(z.array(z.string()));

/** The frames of the personal socket. */
const personal = z.discriminatedUnion("type", [
  /** `awards`: the latest ones, newest first. */
  z.object({ type: z.literal("welcome"), player, available: z.number(), awards: z.array(award), rooms }),
  z.object({ type: z.literal("balance"), available: z.number(), entry, rooms }),
  /** A reality check: sums of the session so far. */
  z.object({ type: z.literal("reality"), minutes: z.number(), staked: z.number(), net: z.number() }),
  /** Limits changed. The other fields are parsed where limits are shown (account/me.ts). */
  z.looseObject({ type: z.literal("limits") }),
]);
/** The frames about money. */
export type Personal = Extract<z.infer<typeof personal>, { readonly available: number }>;

let line: Line | null = null;
let owner: string | null = null;

async function address(): Promise<string> {
  const { ticket: once } = await ask("POST /api/me/ticket", ticket).catch(async (error: unknown) => {
    if (error instanceof ApiError && error.status === 401) await comeBack();
    throw error;
  });
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/me/socket?ticket=${once}`;
}

function again(): void {
  reportConnection("connecting", "own");
  line?.reconnect();
}

function follow(): void {
  const session = sessionNow();
  const next = session.state === "here" ? session.player.id : null;
  if (next === owner) return;
  owner = next;
  line?.close();
  line = null;
  forgetOut(again);
  setReality(null);
  reportConnection(owner === null ? null : "connecting", "own");
  if (owner !== null) line = open();
}

function open(): Line {
  const here: Line = new Line({
    address,
    heard: (text) => {
      const frame = personal.safeParse(JSON.parse(text));
      if (!frame.success || line !== here) return;
      here.whole();
      reportConnection("online", "own");
      // Another player has logged in in another window.
      if (frame.data.type === "welcome" && frame.data.player.id !== owner) void enter();
      else if (frame.data.type === "reality") setReality(frame.data);
      else if (frame.data.type === "limits") limitsChanged(frame.data);
      else heard(frame.data);
    },
    lost: () => {
      if (line === here) reportConnection("lost", "own");
    },
    closed: () => {
      reportConnection("resting", "own");
      putOut(again);
    },
  });
  return here;
}

const look = (): void => {
  if (document.visibilityState === "visible") line?.wake();
};
window.addEventListener("online", look);
document.addEventListener("visibilitychange", look);
onSession(follow);
follow();
