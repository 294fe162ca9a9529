import * as z from "zod";
import { entries } from "../../../rooms/games.ts";
import type { AnyWords } from "../../../rooms/kit/words.ts";
import { CLOSE, envelope, roomCommand, seen } from "../../../rooms/kernel/protocol.ts";
import { examplesOf, ROOM_WORDS, told, withCodes } from "./commands.ts";
import { FRAMES } from "./frames.gen.ts";

/**
 * The sockets in the AsyncAPI document: every frame in both directions. Frames from players are described by the schemas that
 * parse them, frames from the server by the types that the code writes (frame-types.ts).
 */

type Json = Readonly<Record<string, unknown>>;
type Message = {
  readonly name: string;
  readonly title: string;
  readonly contentType: string;
  readonly payload: Json;
  readonly examples?: readonly Json[];
};

const schemaOf = (schema: z.core.$ZodType): Json => z.toJSONSchema(schema, { target: "draft-7", io: "input" });

const PING: Message = {
  name: "ping",
  title: "Answered `pong`, and nobody is woken",
  contentType: "text/plain",
  payload: { const: "ping" },
};
const PONG: Message = {
  name: "pong",
  title: "The answer to `ping`",
  contentType: "text/plain",
  payload: { const: "pong" },
};

const typeOf = (frame: Json): string => {
  const { type } = z
    .object({ properties: z.object({ type: z.object({ const: z.string() }) }) })
    .parse(frame).properties;
  return type.const;
};

/** The server's frames on one socket, grouped by `type`. */
function sent(socket: string, title: string): Message[] {
  const types = new Map<string, Json[]>();
  const words = entries.get(socket)?.words;
  const frames = (FRAMES[socket] ?? []).map((frame) => (words === undefined ? frame : withCodes(frame, words)));
  for (const frame of frames) types.set(typeOf(frame), [...(types.get(typeOf(frame)) ?? []), frame]);
  return [...types].map(([type, frames]) => ({
    name: `${socket}_${type}`,
    title: `${title}: ${type}`,
    contentType: "application/json",
    payload: frames.length === 1 ? { ...frames[0] } : { anyOf: frames },
  }));
}

const closedObject = z.object({
  type: z.literal("object"),
  properties: z.record(z.string(), z.unknown()),
  required: z.array(z.string()),
  additionalProperties: z.literal(false),
});
const ENVELOPE = closedObject.omit({ additionalProperties: true }).parse(schemaOf(envelope));
/** Includes the client seed's old name, which is still accepted for one protocol version. */
const HEAD = {
  ...ENVELOPE,
  properties: { ...ENVELOPE.properties, entropy: { ...Object(ENVELOPE.properties["clientSeed"]), deprecated: true } },
};

/** Merges a command with its envelope into one closed object. Two closed schemas would each refuse the other's fields. */
function whole(command: unknown): Json {
  const { properties, required, ...rest } = closedObject.parse(command);
  return {
    ...rest,
    properties: { ...HEAD.properties, ...properties },
    required: [...new Set([...HEAD.required, ...required])],
  };
}

const union = z.union([z.object({ oneOf: z.array(z.unknown()) }), z.object({ anyOf: z.array(z.unknown()) })]);
const command = (name: string, title: string, read: z.core.$ZodType, words: AnyWords): Message => {
  const options = Object.values(union.parse(schemaOf(read))).flat();
  const payload = { oneOf: options.map((one) => told(whole(one), words)) };
  return { name, title, contentType: "application/json", payload, examples: examplesOf(words) };
};

/** Adds the command that sets a client seed under its old name. */
function withOldName({ payload, ...message }: Message): Message {
  const options = z.object({ oneOf: z.array(z.looseObject({ properties: z.looseObject({ type: z.unknown() }) })) });
  const { oneOf } = options.parse(payload);
  const [seed] = oneOf.filter(({ title }) => title === "clientSeed");
  if (seed === undefined) throw new Error("no command gives a client seed");
  const old = {
    ...seed,
    title: "entropy",
    description: "Deprecated: `clientSeed`.",
    deprecated: true,
    properties: { ...seed.properties, type: { type: "string", const: "entropy" } },
  };
  return { ...message, payload: { oneOf: [...oneOf, old] } };
}

const SHARED: readonly Message[] = [
  withOldName(command("room_command", "What every room takes", roomCommand, ROOM_WORDS)),
  { name: "seen", title: "The answer to `check`", contentType: "application/json", payload: schemaOf(seen) },
  PING,
];

const ROOM_QUERY: Json = {
  type: "object",
  properties: {
    ticket: { type: "string", description: "From POST /api/rooms/{game}/{id}/ticket: one use. None: a spectator." },
    since: { type: "integer", description: "The last `seq` seen, to be sent what was missed." },
    epoch: { type: "string", description: "The last `welcome`'s, with `since`." },
  },
};

type Socket = {
  readonly key: string;
  readonly address: string;
  readonly about: string;
  readonly query: Json;
  readonly parameters?: Json;
  readonly sends: readonly Message[];
  readonly receives: readonly Message[];
};

/** `4001 flooding`, and so on. */
const ENDINGS = Object.entries(CLOSE)
  .map(([why, code]) => `${code} ${why}`)
  .join(", ");

const ROOMS: readonly Socket[] = [...entries].map(([name, { game, words }]) => ({
  key: `${name}Room`,
  address: `/api/rooms/${name}/{id}/socket`,
  about: `A room of ${name}. Every code that a command can be refused with is in its \`reply\`. Each text frame is one message or an array of them, both ways, except \`ping\` and \`pong\`. \`welcome\` or \`resumed\` is first. A command may say what it was meant for (\`hand\`, \`street\` and \`amount\` at poker, \`round\` at crash and roulette): where that has changed, it is refused and nothing is done. The codes that the room closes it with: ${ENDINGS} (its session is over).`,
  query: ROOM_QUERY,
  parameters: { id: { description: "The room's.", examples: ["main"] } },
  sends: [...sent(name, name), PONG],
  receives: [command(`${name}_command`, `Commands of ${name}`, game.command, words), ...SHARED],
}));

const ME: Socket = {
  key: "personal",
  address: "/api/me/socket",
  about: "The player's own socket: the wallet, awards, limits. It closes with 4007 when its session ends.",
  query: {
    type: "object",
    properties: { ticket: { type: "string", description: "From POST /api/me/ticket: one use." } },
    required: ["ticket"],
  },
  sends: [...sent("me", "personal"), PONG],
  receives: [PING],
};

const SOCKETS: readonly Socket[] = [...ROOMS, ME];

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export const SOCKET_MESSAGES: Readonly<Record<string, Message>> = Object.fromEntries(
  SOCKETS.flatMap(({ sends, receives }) => [...sends, ...receives]).map((message) => [message.name, message]),
);

export const SOCKET_CHANNELS: Json = Object.fromEntries(
  SOCKETS.map(({ key, address, about, query, parameters, sends, receives }) => [
    key,
    {
      address,
      description: about,
      ...(parameters === undefined ? {} : { parameters }),
      messages: Object.fromEntries(
        [...sends, ...receives].map(({ name }) => [name, { $ref: `#/components/messages/${name}` }]),
      ),
      bindings: { ws: { method: "GET", query, bindingVersion: "0.1.0" } },
    },
  ]),
);

const operation = (action: "send" | "receive", { key }: Socket, messages: readonly Message[]) => [
  `${action}${capital(key)}`,
  {
    action,
    channel: { $ref: `#/channels/${key}` },
    summary: action === "send" ? "The house sends these." : "The house receives these.",
    messages: messages.map(({ name }) => ({ $ref: `#/channels/${key}/messages/${name}` })),
  },
];

export const SOCKET_OPERATIONS: Json = Object.fromEntries(
  SOCKETS.flatMap((socket) => [operation("send", socket, socket.sends), operation("receive", socket, socket.receives)]),
);
