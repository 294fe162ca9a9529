import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { BUST_LABEL } from "../../rooms/crash/bust.ts";
import { entries, games } from "../../rooms/games.ts";
import { drawLabel } from "../../rooms/lottery/tickets.ts";
import { SPIN_LABEL } from "../../rooms/roulette/wheel.ts";
import { roomCommand } from "../../rooms/kernel/protocol.ts";
import { ROOM_REFUSALS } from "../../rooms/kit/room-words.ts";
import { ROOM_WORDS } from "../../src/api/docs/commands.ts";
import { SOCKET_MESSAGES } from "../../src/api/docs/sockets.ts";

/** The AsyncAPI document tells what a command means, how one looks, and why it may be refused. */

type Field = {
  readonly description?: string;
  readonly const?: string;
  readonly items?: { readonly properties?: Fields };
};
type Fields = Readonly<Record<string, Field>>;
type Payload = { readonly oneOf: readonly { readonly description?: string; readonly properties: Fields }[] };

type Replies = { readonly anyOf: readonly { readonly properties: Readonly<Record<string, { anyOf?: object[] }>> }[] };

const codesOf = ({ anyOf }: Replies): object[] => anyOf.flatMap(({ properties }) => properties["code"]?.anyOf ?? []);
const payloadOf = (name: string): Payload => SOCKET_MESSAGES[name]?.payload as Payload;

/** Which fields have no words, with those of the objects in them. */
function silent(fields: Fields, path = ""): string[] {
  return Object.entries(fields).flatMap(([name, field]) => [
    ...(field.description === undefined && field.const === undefined ? [`${path}${name}`] : []),
    ...silent(field.items?.properties ?? {}, `${path}${name}.`),
  ]);
}

test("the client's README names the label of each game's draw", () => {
  const readme = readFileSync("src/client/README.md", "utf8");
  for (const label of [SPIN_LABEL, BUST_LABEL, drawLabel("<root>"), "deck", "cards"])
    expect(readme).toContain(`\`${label}\``);
});

describe("a command in the AsyncAPI document", () => {
  test.each([...games.keys(), "room"])("has words for itself and for each of its fields: %s", (name) => {
    const { oneOf } = payloadOf(`${name}_command`);
    expect(oneOf.length).toBeGreaterThan(0);
    for (const { description, properties } of oneOf) {
      const type = properties["type"]?.const;
      expect([type, typeof description, silent(properties)]).toEqual([type, "string", []]);
    }
  });

  test.each([...games])("has an example that %s takes", (name, game) => {
    for (const { example } of Object.values(entries.get(name)?.words.commands ?? {}))
      expect(game.command.safeParse(example)).toMatchObject({ success: true });
    expect(SOCKET_MESSAGES[`${name}_command`]?.examples).toHaveLength(payloadOf(`${name}_command`).oneOf.length);
  });

  test("has an example that any room takes", () => {
    for (const { example } of Object.values(ROOM_WORDS.commands))
      expect(roomCommand.safeParse(example)).toMatchObject({ success: true });
  });

  test.each([...games.keys()])("is refused with one of the codes that are listed, or with one to come: %s", (name) => {
    const codes = codesOf(SOCKET_MESSAGES[`${name}_reply`]?.payload as Replies);
    const [refused] = codes as { enum: string[] }[];
    expect(refused?.enum.toSorted()).toEqual(
      Object.keys({ ...ROOM_REFUSALS, ...entries.get(name)?.words.refusals }).sort(),
    );
    expect(codes).toContainEqual({ type: "string" });
  });
});
