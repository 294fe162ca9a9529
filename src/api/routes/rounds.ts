import type { Proof } from "../../../rooms/fair/deck.ts";
import { namedProof, namedView } from "../../../rooms/kit/names.ts";
import { entryOf } from "../../../rooms/games.ts";
import type { RoundRecord } from "../../../rooms/host/ports.ts";
import { identifyIfAny } from "../auth/identify.ts";
import type { Env } from "../../env.ts";
import { Refused } from "../http/refusals.ts";
import { shownPlayer } from "../../stats/persona.ts";
import { openRoom } from "../../objects/stubs.ts";
import { OUTCOMES } from "../docs/frames.gen.ts";
import { findRoom, roomParams } from "./find.ts";
import { FORMATS, historyOf, TYPES } from "./histories.ts";
import { createRoute, CURSOR, instant, json, pageLimit, router, whole, z } from "./schemas.ts";

/** Routes under /api/rooms/:game/:id/rounds: finished rounds with their proofs. */

const tags = ["rounds"];

const clientSeeds = z.array(z.object({ player: z.string(), value: z.string() })).readonly();
const old = (name: string) => ({ deprecated: true, description: `The old name of \`${name}\`.` });

const proved = {
  room: z.string(),
  round: z.int().openapi({ description: "The nonce of the draw: the number of the round in its room." }),
  clientSeeds: clientSeeds.openapi({ description: "The players' own seeds, in the order in which they came in." }),
  entropy: clientSeeds.openapi(old("clientSeeds")),
};
const seedProof = z.object({
  scheme: z.literal("seed"),
  ...proved,
  serverSeedHash: z.string().openapi({ description: "Published before the bets: SHA-256 of the server seed." }),
  serverSeed: z.string().openapi({ description: "32 bytes, hex: revealed after the round." }),
  commitment: z.string().openapi(old("serverSeedHash")),
  seed: z.string().openapi(old("serverSeed")),
});
const deckProof = z.object({
  scheme: z.literal("deck"),
  ...proved,
  commitment: z.string().openapi({ description: "Published before the hand: SHA-256 of the decks' roots." }),
  roots: z.array(z.string()).readonly(),
  deck: z.int().nullable().openapi({ description: "The deck that was played; null when no cards were dealt." }),
  seeds: z.array(z.string().nullable()).readonly().openapi({ description: "Of the decks that were not." }),
});

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** The outcome, by game; null when a fault ended the round. */
const outcome = z
  .union([
    ...Object.entries(OUTCOMES).map(([game, schema]) => z.unknown().openapi(`${capital(game)}Outcome`, schema)),
    z.null(),
  ])
  .openapi({
    description: "The game's account of it, by game, as this viewer may read it; null: a fault ended it.",
    // The room's game decides which of these types it is, so the typed client leaves it to the caller.
    "x-client-type": "unknown",
  });

const round = z
  .object({
    room: z.string().openapi({ example: "roulette:main" }),
    round: z.int().openapi({ example: 42 }),
    startedAt: instant,
    endedAt: instant,
    void: z.boolean().openapi({ description: "Every stake was given back." }),
    outcome,
    proof: z.discriminatedUnion("scheme", [seedProof, deckProof]).openapi({
      description: "All that is needed to draw it again: rooms/fair/draw.ts and rooms/fair/deck.ts say how.",
    }),
  })
  .openapi("Round");

const listRoute = createRoute({
  method: "get",
  path: "/{game}/{id}/rounds",
  operationId: "listRounds",
  tags,
  summary: "Finished rounds, newest first",
  caller: "visitor",
  request: {
    params: roomParams,
    query: z.object({
      cursor: whole(0).optional().openapi({ description: CURSOR }),
      limit: pageLimit(20, 50),
    }),
  },
  refuses: ["unknown_room"],
  responses: {
    200: json("One page; `next` is null on the last", z.object({ rounds: z.array(round), next: z.int().nullable() })),
  },
});

const roundParams = roomParams.extend({
  n: whole(0).openapi({ param: { name: "n", in: "path" }, example: 42 }),
});

const readRoute = createRoute({
  method: "get",
  path: "/{game}/{id}/rounds/{n}",
  operationId: "getRound",
  tags,
  summary: "One finished round with its proof",
  caller: "visitor",
  request: {
    params: roundParams,
    query: z.object({
      format: z
        .enum(["json", ...FORMATS])
        .default("json")
        .openapi({
          description:
            "A hand of poker also as `phh` (poker hand history, TOML) or as `text` to read; other games are JSON alone.",
        }),
    }),
  },
  refuses: ["unknown_room", "unknown_round", "no_such_format"],
  responses: {
    200: {
      description: "The round, or the hand's history; each as this viewer may read it",
      content: {
        ...json("", round).content,
        "application/toml": { schema: z.string().openapi({ example: 'variant = "NT"\nhand = 42\n' }) },
        "text/plain": { schema: z.string().openapi({ example: "Hand 42 at poker:main\n" }) },
      },
    },
  },
});

const ticketRoute = createRoute({
  method: "get",
  path: "/{game}/{id}/rounds/{n}/tickets/{place}",
  operationId: "getLotteryTicket",
  tags,
  summary: "One ticket of a finished draw, with its path to the root",
  description:
    "The leaf is SHA-256(0x00 || fields), each field behind its length in bytes (32 bits, big-endian): `croupier/ticket/1`, place, start, weight, player, stake, stakes, id. A node is SHA-256(0x01 || left || right); the tree is RFC 9162's.",
  caller: "visitor",
  request: {
    params: roundParams.extend({
      place: whole(0).openapi({ param: { name: "place", in: "path" }, example: 3 }),
    }),
  },
  refuses: ["unknown_room", "unknown_round", "unknown_ticket"],
  responses: {
    200: json(
      "The ticket and its proof",
      z.object({
        draw: z.int(),
        place: z.int(),
        size: z.int().openapi({ description: "Tickets of the draw." }),
        ticket: z.object({
          id: z
            .string()
            .openapi({ description: "Of the stake event that it was made of.", example: "roulette:main:3f2a91bc:12" }),
          player: z.string(),
          stake: z.int(),
          weight: z.int(),
          stakes: z.int().openapi({ description: "How many stake events went into it." }),
        }),
        start: z.int().openapi({ description: "It holds the numbers from here up to its weight." }),
        leaf: z.string(),
        path: z.array(z.string()).openapi({ description: "The hashes beside the way to the root, lowest first." }),
        root: z.string().openapi({ description: "Published before the draw." }),
      }),
    ),
  },
});

/** Names of the players that are not hidden; the viewer's own name always. */
async function namesOf(
  env: Env,
  ids: readonly string[],
  me: { readonly id: string; readonly name: string } | null,
): Promise<ReadonlyMap<string, string>> {
  const known = await Promise.all(ids.map(async (id) => (id === me?.id ? me : shownPlayer(env, id))));
  return new Map(known.flatMap((one) => (one === null ? [] : [[one.id, one.name] as const])));
}

const shown = (record: RoundRecord<Proof>): z.input<typeof round> => ({
  ...record,
  outcome: namedView(record.outcome),
  proof: namedProof(record.proof),
});

export const rounds = router()
  .openapi(listRoute, async (c) => {
    const viewer = (await identifyIfAny(c))?.profile.id ?? null;
    const { cursor, limit } = c.req.valid("query");
    const { listing } = await findRoom(c.env, c.req.valid("param"), viewer);
    const room = await openRoom(c.env, listing);
    const page = await room.listRounds(cursor ?? null, limit, viewer);
    return c.json({ rounds: page.rounds.map(shown), next: page.next }, 200);
  })
  .openapi(readRoute, async (c) => {
    const me = (await identifyIfAny(c))?.profile ?? null;
    const viewer = me?.id ?? null;
    const { n, game, id } = c.req.valid("param");
    const { format } = c.req.valid("query");
    const { listing } = await findRoom(c.env, { game, id }, viewer);
    const record = await (await openRoom(c.env, listing)).readRound(n, viewer);
    if (record === null) throw new Refused("unknown_round");
    if (format === "json") return c.json(shown(record), 200);
    const history = await historyOf(record, format, viewer, (ids) => namesOf(c.env, ids, me));
    if (history === null) throw new Refused("no_such_format");
    const file = `${game}-${id}-${n}.${format === "phh" ? "phh" : "txt"}`;
    return c.text(history, 200, {
      "content-type": `${TYPES[format]}; charset=utf-8`,
      "content-disposition": `inline; filename="${file}"`,
    });
  })
  .openapi(ticketRoute, async (c) => {
    const viewer = (await identifyIfAny(c))?.profile.id ?? null;
    const { n, place, game, id } = c.req.valid("param");
    const { listing } = await findRoom(c.env, { game, id }, viewer);
    const record = await (await openRoom(c.env, listing)).readRound(n, viewer);
    if (record === null) throw new Refused("unknown_round");
    const ticket = entryOf(record.room)?.ticketOf?.(record, place) ?? null;
    if (ticket === null) throw new Refused("unknown_ticket");
    return c.json(ticket, 200);
  });
