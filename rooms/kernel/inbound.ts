import type { AnyGame, Code } from "../game.ts";
import {
  CLOSE,
  COMMAND_ID,
  CLIENT_SEED_CHARS_MAX,
  envelope,
  FRAME_BYTES_MAX,
  roomCommand,
  seen,
  type Envelope,
} from "./protocol.ts";
import type { RoomInput } from "./inputs.ts";
import { fingerprint } from "./command-ids.ts";
import { differWords, readCommandNames } from "../kit/names.ts";
import "../kit/unknown-fields.ts";

/** Reads frames from a socket: text in, parsed commands or refusals out. Data that is not even a frame closes its socket. */

export const FRAME_COMMANDS_MAX = 32;

type CommandInput = Omit<RoomInput & { type: "command" }, "player">;
export type Inbound =
  | { readonly kind: "command"; readonly input: CommandInput }
  | { readonly kind: "seen"; readonly n: number }
  | { readonly kind: "refused"; readonly id: string | null; readonly code: Code; readonly message: string };
export type BadFrame = { readonly close: number; readonly code: Code; readonly message: string };

const ROOM_COMMANDS: ReadonlySet<string> = new Set(["clientSeed", "chat", "leave"]);

export function readFrame(data: unknown, game: AnyGame): readonly Inbound[] | BadFrame {
  if (typeof data !== "string")
    return { close: CLOSE.badFrame, code: "binary_frame", message: "Frames are JSON text." };
  if (data.length > FRAME_BYTES_MAX) {
    return {
      close: CLOSE.tooBig,
      code: "frame_too_big",
      message: `A frame has at most ${FRAME_BYTES_MAX} characters.`,
    };
  }
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return { close: CLOSE.badFrame, code: "bad_json", message: "This is not JSON." };
  }
  if (!Array.isArray(json) || json.length === 0) return [readCommand(json, game)];
  if (json.length > FRAME_COMMANDS_MAX) {
    return {
      close: CLOSE.tooBig,
      code: "frame_too_big",
      message: `A frame has at most ${FRAME_COMMANDS_MAX} commands.`,
    };
  }
  return json.map((one) => readCommand(one, game));
}

function readCommand(sent: unknown, game: AnyGame): Inbound {
  const plain = plainHead(sent);
  const { value: json, differ } = plain === null ? readCommandNames(sent) : { value: sent, differ: [] as const };
  const head = plain === null ? envelope.safeParse(json) : ({ success: true, data: plain } as const);
  if (!head.success) {
    const answer = seen.safeParse(json);
    if (answer.success) return { kind: "seen", n: answer.data.n };
    if (isSeen(json)) return { kind: "refused", id: null, ...explain(answer.error.issues) };
    const [issue] = head.error.issues;
    const field = String(issue?.path[0] ?? "");
    const given =
      typeof json === "object" && json !== null && "id" in json && typeof json.id === "string" ? json.id : null;
    const id = field === "id" || given === null ? null : given.slice(0, 64);
    if (field === "clientSeed") return { kind: "refused", id, ...INVALID_CLIENT_SEED };
    const code = field === "id" ? "invalid_id" : field === "type" ? "unknown_command" : "invalid_command";
    return {
      kind: "refused",
      id,
      code,
      message: field === "" ? "A command is a JSON object." : `${field}: not valid.`,
    };
  }
  const { id, type, clientSeed } = head.data;
  const [twice] = differ;
  if (twice !== undefined) return { kind: "refused", id, code: "names_differ", message: differWords(twice) };
  const toRoom = ROOM_COMMANDS.has(type);
  const body = beyondHead(json);
  const parsed = toRoom ? roomCommand.safeParse(body) : game.command.safeParse(body);
  if (!parsed.success) {
    const seed = type === "clientSeed" && parsed.error.issues[0]?.path[0] === "value";
    const refusal = seed ? INVALID_CLIENT_SEED : explain(parsed.error.issues);
    return { kind: "refused", id, ...refusal };
  }
  const print = fingerprint(
    clientSeed === undefined ? JSON.stringify(parsed.data) : JSON.stringify([parsed.data, clientSeed]),
  );
  const command = toRoom
    ? { to: "room" as const, command: parsed.data as ReturnType<typeof roomCommand.parse> }
    : { to: "game" as const, command: parsed.data };
  return { kind: "command", input: { type: "command", id, print, clientSeed: clientSeed ?? null, command } };
}

/** Reads the head of an ordinary command frame without the schema, for speed. Null: the schema has to check this frame. */
function plainHead(json: unknown): Envelope | null {
  if (typeof json !== "object" || json === null) return null;
  const { id, type, clientSeed, entropy } = json as { readonly [key: string]: unknown };
  if (typeof id !== "string" || !COMMAND_ID.test(id) || typeof type !== "string") return null;
  if (clientSeed !== undefined || entropy !== undefined || type === "entropy") return null;
  return type.length >= 1 && type.length <= 40 ? { id, type } : null;
}

/** The frame without the fields that only the envelope reads. */
function beyondHead(json: unknown): object {
  const { id: _id, clientSeed: _clientSeed, ...body } = json as { readonly [key: string]: unknown };
  return body;
}

const isSeen = (json: unknown): boolean =>
  typeof json === "object" && json !== null && !("id" in json) && "type" in json && json.type === "seen";

const INVALID_CLIENT_SEED = {
  code: "invalid_entropy",
  message: `A client seed is well-formed text of 1 to ${CLIENT_SEED_CHARS_MAX} characters.`,
} as const;

type Issue = { readonly code: string; readonly path: readonly PropertyKey[]; readonly message: string };

/** The first fault in words, and every unknown field, since a missing field may only be misspelt. */
function explain(issues: readonly Issue[]): { code: Code; message: string } {
  const [issue] = issues;
  if (issue === undefined) return { code: "invalid_command", message: "Not valid." };
  if (issue.path[0] === "type") return { code: "unknown_command", message: "There is no such command here." };
  const code =
    issue.code !== "unrecognized_keys" && issue.path.at(-1) === "amount" ? "invalid_amount" : "invalid_command";
  const told = [issue, ...issues.slice(1).filter((other) => other.code === "unrecognized_keys")];
  return { code, message: told.map(wordsOf).join(" ") };
}

function wordsOf({ code, path, message }: Issue): string {
  const where = path.map(String).join(".");
  if (code === "unrecognized_keys") return where === "" ? message : `${where}: ${message}`;
  const words = path.at(-1) === "amount" ? "an amount is a whole number, at least 1" : message;
  return `${where}: ${words}${words.endsWith(".") ? "" : "."}`;
}
