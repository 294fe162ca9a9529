import type { RoomCommand } from "../../../rooms/kernel/protocol.ts";
import { ROOM_REFUSALS } from "../../../rooms/kit/room-words.ts";
import type { AnyWords, Words } from "../../../rooms/kit/words.ts";

/** Documents commands in the AsyncAPI document: the meaning of each field, an example, and the codes of refusals. */

type Json = Readonly<Record<string, unknown>>;

/** Commands and refusals common to all rooms. */
export const ROOM_WORDS = {
  commands: {
    clientSeed: {
      about: "The player's own seed for this round's draw: once a round, before betting closes.",
      fields: { value: "1 to 64 characters." },
      example: { type: "clientSeed", value: "my own words" },
    },
    chat: {
      about: "A message to everybody at the table.",
      fields: { text: "At most 280 characters as people count them." },
      example: { type: "chat", text: "good evening" },
    },
    leave: {
      about: "Takes the player's chips home as soon as none of them is at stake.",
      fields: {},
      example: { type: "leave" },
    },
  },
  refusals: ROOM_REFUSALS,
} as const satisfies Words<RoomCommand>;

const HEAD: Readonly<Record<string, string>> = {
  id: "`<random session>:<n>`, n counting up; the reply has it again. Sent again under it, within five minutes, it is answered and not done again.",
  clientSeed: "The player's own seed for this round's draw, with a bet.",
  entropy: "Deprecated: `clientSeed`. When both are given and differ: `names_differ`.",
};

/** A command's schema with descriptions of the command and of each field. */
export function told(schema: Json, { commands }: AnyWords): Json {
  const properties = schema["properties"] as Readonly<Record<string, Json>>;
  const words = commands[String(properties["type"]?.["const"])];
  if (words === undefined) return schema;
  const fields = Object.entries(properties).map(([name, field]) => {
    const about = words.fields[name] ?? HEAD[name];
    return [
      name,
      { ...field, ...(about === undefined ? {} : { description: about }), ...within(name, field, words.fields) },
    ];
  });
  return {
    title: String(properties["type"]?.["const"]),
    description: words.about,
    ...schema,
    properties: Object.fromEntries(fields) as Json,
  };
}

/** Adds descriptions to the fields of objects in an array. */
function within(name: string, { items }: Json, words: Readonly<Record<string, string>>): Json {
  const { properties, ...rest } = Object(items) as { properties?: Readonly<Record<string, Json>> };
  if (properties === undefined) return {};
  const fields = Object.entries(properties).map(([one, field]) => [
    one,
    { ...field, description: words[`${name}.${one}`] },
  ]);
  return { items: { ...rest, properties: Object.fromEntries(fields) as Json } };
}

/** One example message for each command. */
export const examplesOf = ({ commands }: AnyWords): Json[] =>
  Object.entries(commands).map(([type, { about, example }], i) => ({
    name: type,
    summary: about,
    payload: { id: `mysession:${i + 1}`, ...example },
  }));

/** Lists all codes of the game and the room in a refusing reply. Open: readers must accept unknown codes as plain strings. */
export function withCodes(frame: Json, { refusals }: AnyWords): Json {
  const properties = frame["properties"] as Readonly<Record<string, Json>>;
  if (properties["ok"]?.["const"] !== false) return frame;
  const known = Object.entries({ ...ROOM_REFUSALS, ...refusals }).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const code = {
    description: `Stable: switch on it, and expect further ones. ${known.map(([one, about]) => `\`${one}\`: ${about}`).join(" ")}`,
    anyOf: [
      { type: "string", enum: known.map(([one]) => one), "x-enum-descriptions": known.map(([, about]) => about) },
      { type: "string" },
    ],
  };
  return { ...frame, properties: { ...properties, code } };
}
