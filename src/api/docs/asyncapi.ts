import * as z from "zod";
import { TOPICS, type Topic } from "../../events.ts";
import { SOCKET_CHANNELS, SOCKET_MESSAGES, SOCKET_OPERATIONS } from "./sockets.ts";

/** The AsyncAPI 3.0 document and JSON Schemas for topics and sockets, generated from the schemas that the code itself uses. */

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Each event's schema by type. Objects are open, because later versions may add fields. */
export const SCHEMAS: ReadonlyMap<string, JsonSchema> = new Map(
  Object.values(TOPICS).flatMap(({ events }) =>
    events.map(
      (schema) =>
        [schema.shape.type.value as string, z.toJSONSchema(schema, { target: "draft-7", io: "input" })] as const,
    ),
  ),
);

const ABOUT: Readonly<
  Record<Topic, { readonly who: string; readonly action: "send" | "receive"; readonly about: string }>
> = {
  stakes: {
    who: "The casino sends; lotteries receive.",
    action: "send",
    about:
      "One event for each player and round or hand, in the commit that settles it. Delivered at least once and in no order: dedupe by `id`. The record's key is the player.",
  },
  awards: {
    who: "Lotteries send; the casino receives.",
    action: "receive",
    about:
      "Credited once by `payload.award`, for a configured lottery and within its budget: its share of the stakes sent, less the awards approved. What is not right goes to the dead letters with its reason.",
  },
  settled: {
    who: "The casino sends, by the queue `settled`.",
    action: "send",
    about: "The sums of settled rounds and finished hands, for read sides; up to 100 players an event.",
  },
};

const nameOf = (type: string): string => type.replaceAll(/[^A-Za-z0-9]/g, "_");

function messagesOf(topic: Topic): string[] {
  return TOPICS[topic].events.map((schema) => schema.shape.type.value);
}

const refs = (types: readonly string[], at: (name: string) => string): Record<string, { $ref: string }> =>
  Object.fromEntries(types.map((type) => [nameOf(type), { $ref: at(nameOf(type)) }]));

const topics: readonly Topic[] = ["stakes", "awards", "settled"];

const topicChannels = Object.fromEntries(
  topics.map((topic) => [
    topic,
    {
      address: TOPICS[topic].kafka,
      title: ABOUT[topic].who,
      description: ABOUT[topic].about,
      messages: refs(messagesOf(topic), (name) => `#/components/messages/${name}`),
      ...(topic === "settled" ? {} : { bindings: { kafka: { topic: TOPICS[topic].kafka, bindingVersion: "0.5.0" } } }),
    },
  ]),
);

const topicOperations = Object.fromEntries(
  topics.map((topic) => [
    `${ABOUT[topic].action}${topic.charAt(0).toUpperCase()}${topic.slice(1)}`,
    {
      action: ABOUT[topic].action,
      channel: { $ref: `#/channels/${topic}` },
      summary: ABOUT[topic].who,
      messages: messagesOf(topic).map((type) => ({ $ref: `#/channels/${topic}/messages/${nameOf(type)}` })),
    },
  ]),
);

const topicMessages = Object.fromEntries(
  [...SCHEMAS].map(([type, payload]) => [
    nameOf(type),
    {
      name: type,
      title: type,
      contentType: "application/json",
      headers: {
        type: "object",
        description: "Record headers on Kafka, as text.",
        properties: { id: { type: "string" }, type: { const: type }, version: { const: "1" } },
      },
      payload,
    },
  ]),
);

export const ASYNCAPI = {
  asyncapi: "3.0.0",
  info: {
    title: "Croupier",
    version: "1",
    description:
      "Events of the play-money house, and the frames of its sockets. Amounts are integer minor units, instants epoch milliseconds. `version` is of the payload: a reader that does not know it puts the message aside. `[R6]`, `[C8]`, `[P12]`, `[L2]` and the like are rules of the rule book, rooms/RULES.md of the repository: roulette's, crash's, dice's, poker's and the lottery's, by number; `LA` is the book that poker's follow.",
  },
  defaultContentType: "application/json",
  channels: { ...topicChannels, ...SOCKET_CHANNELS },
  operations: { ...topicOperations, ...SOCKET_OPERATIONS },
  components: { messages: { ...topicMessages, ...SOCKET_MESSAGES } },
};
