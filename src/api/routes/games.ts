import type { AnyGame, OptionWords } from "../../../rooms/game.ts";
import { games } from "../../../rooms/games.ts";
import { newOptionName } from "../../../rooms/kit/names.ts";
import { rtp, rtpAnswer } from "./rtp.ts";
import { createRoute, json, router, z } from "./schemas.ts";

/** /api/games: all games and the options of their rooms. A form or a script can make rooms from this alone. */

const option = z
  .looseObject({
    title: z.string().openapi({ example: "Lowest bet" }),
    description: z.string().openapi({ example: "Chips on one spot." }),
    type: z.string().openapi({ example: "integer" }),
    default: z.unknown().openapi({ description: "The value of a room that is made without it.", example: 1 }),
    minimum: z.number().optional().openapi({ example: 1 }),
    maximum: z.number().optional().openapi({ example: 1_000_000_000_000 }),
    enum: z.array(z.string()).optional().openapi({ description: "The values that it can have." }),
    deprecated: z.literal(true).optional().openapi({ description: "An old name; `description` says the new one." }),
    "x-advanced": z.boolean().openapi({ description: "An advanced option: a form may fold it away." }),
  })
  .openapi("ConfigOption");

const game = z
  .object({
    game: z.string().openapi({ example: "roulette" }),
    title: z.string().openapi({ example: "Roulette" }),
    house: z.boolean().openapi({ description: "Only the house makes rooms of this game." }),
    config: z
      .looseObject({
        type: z.literal("object"),
        properties: z.record(z.string(), option),
      })
      .openapi({
        description:
          "JSON Schema of `config` in `POST /api/rooms`, which takes no others. Options by name, in the order to show.",
      }),
    returns: z.array(z.object({ config: z.record(z.string(), z.unknown()), rtp })).openapi({
      description: "Return to player and house edge of a room with these options, the others being as by default.",
    }),
  })
  .openapi("Game");

const listRoute = createRoute({
  method: "get",
  path: "/",
  operationId: "listGames",
  tags: ["rooms"],
  summary: "The games, with the options and the RTP of their rooms",
  description:
    "Each option with its default and limits. Units by the end of its name: `Ms` is milliseconds, `X100` hundredths, `Bps` basis points (parts of 10,000), `BigBlinds` big blinds; chips are minor units.",
  responses: { 200: json("The games", z.object({ games: z.array(game) })) },
});

const properties = z.record(z.string(), z.record(z.string(), z.unknown()));

/** The game's own schema, with a title and a description for each option. */
function configOf({ config, lobby }: AnyGame): z.input<typeof game>["config"] {
  const schema = z.toJSONSchema(config, { io: "input" });
  const known = properties.parse(schema.properties);
  const ordered = Object.entries<OptionWords>(lobby.options).flatMap(([name, words]) => {
    const option = told(words, known[name] ?? {});
    const renamed = newOptionName(name);
    if (renamed === undefined) return [[name, option] as const];
    const old = { ...option, deprecated: true as const, description: `The old name of \`${renamed}\`.` };
    return [[renamed, option] as const, [name, old] as const];
  });
  return { type: "object", properties: Object.fromEntries(ordered), additionalProperties: false };
}

function told(
  { title, description, advanced }: OptionWords,
  { exclusiveMinimum, ...rest }: Record<string, unknown>,
): z.input<typeof option> {
  // An integer above 0 is an integer from 1: readers need to know `minimum` only.
  const least = typeof exclusiveMinimum === "number" ? { minimum: exclusiveMinimum + 1 } : {};
  return option.parse({ title, description, ...rest, ...least, "x-advanced": advanced === true });
}

const listOf = (): z.input<typeof game>[] =>
  [...games].map(([name, rules]) => ({
    game: name,
    title: rules.lobby.title,
    house: rules.kind === "draw",
    config: configOf(rules),
    returns: rules.lobby.variants.map((config) => ({
      config: { ...Object(config) },
      rtp: rtpAnswer(rules.lobby.rtp(rules.config.parse(config))),
    })),
  }));

/** Built on first use; it changes only with a deployment. */
let list: ReturnType<typeof listOf> | undefined;

export const gamesRoutes = router().openapi(listRoute, (c) => c.json({ games: (list ??= listOf()) }, 200));
