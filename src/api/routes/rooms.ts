import { games, HOUSE_GAMES } from "../../../rooms/games.ts";
import { namedConfig, namedTable, namedView, newOptionName } from "../../../rooms/kit/names.ts";
import { identifyIfAny } from "../auth/identify.ts";
import { randomLetters } from "../auth/random.ts";
import { invalid } from "../http/errors.ts";
import { addressOf } from "../http/address.ts";
import { LOOPBACK } from "../http/guards.ts";
import { tooFast } from "../http/round-floor.ts";
import { Refused } from "../http/refusals.ts";
import type { Listed } from "../../objects/directory.ts";
import { step } from "../../steps.ts";
import { directoryStub, openRoom } from "../../objects/stubs.ts";
import { findRoom, roomParams } from "./find.ts";
import { gameFilter } from "./players.ts";
import { rtp, rtpAnswer } from "./rtp.ts";
import { createRoute, idempotencyHeader, instant, json, takes, router, z } from "./schemas.ts";

/** Routes under /api/rooms: the lobby, making rooms, and one room as a spectator sees it. */

const tags = ["rooms"];
const INVITE_CHARS = 16;
const ID_CHARS = 12;

export const lobbyRoom = z
  .object({
    game: z.string().openapi({ example: "roulette" }),
    id: z.string().openapi({ example: "main" }),
    private: z.boolean(),
    online: z.int(),
    status: z.enum(["running", "paused", "faulted"]),
    summary: z.object({
      phase: z.string(),
      round: z.int(),
      players: z.int(),
      minStake: z.int(),
      maxStake: z.int(),
      note: z.unknown().openapi({ description: "The game's own words." }),
    }),
    reportedAt: instant.nullable().openapi({ description: "Null: nobody has played here yet." }),
  })
  .openapi("LobbyRoom");

const listRoute = createRoute({
  method: "get",
  path: "/",
  operationId: "listRooms",
  tags,
  summary: "The lobby",
  description:
    "The rooms that always exist; then, when I am signed in, my own and the private ones that I am of; then at most 200 public ones, the busiest first: two of each owner, and none in which nobody has been for a day.",
  caller: "visitor",
  request: { query: z.object({ game: gameFilter }) },
  responses: {
    200: json("The rooms", z.object({ rooms: z.array(lobbyRoom) })),
  },
});

const makeRoute = createRoute({
  method: "post",
  path: "/",
  operationId: "makeRoom",
  tags,
  summary: "Make a room",
  caller: "player",
  request: {
    headers: idempotencyHeader,
    body: takes(
      z.strictObject({
        game: z.string().max(40).openapi({ example: "roulette" }),
        config: z
          .record(z.string(), z.unknown())
          .optional()
          .openapi({ description: "What differs from the game's defaults.", example: { wheel: "french" } }),
        private: z.boolean().optional().openapi({ description: "Only who has the invitation may enter." }),
      }),
    ),
  },
  refuses: ["too_many_rooms"],
  responses: {
    201: json(
      "It is there",
      z.object({
        game: z.string(),
        id: z.string().openapi({ example: "7k2m9qx4c0v8" }),
        invite: z.string().optional().openapi({ description: "Of a private room." }),
      }),
    ),
  },
});

const readRoute = createRoute({
  method: "get",
  path: "/{game}/{id}",
  operationId: "getRoom",
  tags,
  summary: "One room, as a spectator sees it",
  caller: "visitor",
  request: { params: roomParams },
  refuses: ["unknown_room"],
  responses: {
    200: json(
      "Its config and its state",
      z.object({
        game: z.string(),
        id: z.string(),
        private: z.boolean(),
        invite: z.string().optional().openapi({ description: "For the one who made a private room." }),
        config: z.unknown(),
        rtp,
        seq: z.int().openapi({ description: "Of the last event that the view holds." }),
        view: z.unknown().openapi({ description: "The game's public view, as on the socket." }),
        table: z
          .unknown()
          .openapi({ description: "The players here, the server seed hashes and commitments, the chat." }),
      }),
    ),
  },
});

const joinRoute = createRoute({
  method: "post",
  path: "/{game}/{id}/join",
  operationId: "joinRoom",
  tags,
  summary: "Enter a private room",
  description: "Once: from then on this player is of that room. Harmless on a public one.",
  caller: "player",
  request: {
    headers: idempotencyHeader,
    params: roomParams,
    body: takes(z.strictObject({ invite: z.string().max(100) })),
  },
  refuses: ["bad_invite", "unknown_room", "room_full"],
  responses: {
    200: json("You are of it", z.object({ game: z.string(), id: z.string() })),
  },
});

/** A room's line in the lobby. A room that never reported is shown in its game's initial state. */
export function lobbyLine({ listing, report }: Listed): z.input<typeof lobbyRoom> {
  const { game, id, private: closed } = listing;
  if (report !== null) {
    const { online, status, summary, at } = report;
    return { game, id, private: closed, online, status, summary, reportedAt: at };
  }
  const known = games.get(game);
  if (known === undefined) throw new Error(`a room of an unknown game is listed: ${listing.name}`);
  const summary = known.lobby.summary(known.rules.initial(known.stored.parse(JSON.parse(listing.config))));
  return { game, id, private: closed, online: 0, status: "running", summary, reportedAt: null };
}

/** Reads a config with the game's own schema. Refused `invalid_request`, with a message for each field. */
function readConfig(game: string, config: unknown, leastMs: number): string {
  const rules = HOUSE_GAMES.has(game) ? undefined : games.get(game);
  if (rules === undefined) {
    const open = [...games.keys()].filter((name) => !HOUSE_GAMES.has(name));
    throw new Refused("invalid_request", { fields: { game: `One of: ${open.join(", ")}` } });
  }
  const read = rules.config.safeParse(config);
  if (!read.success) {
    // Errors use the field name that was given; a missing field is named by its new name.
    const nameOf = (name: PropertyKey): PropertyKey =>
      Object.hasOwn(Object(config), name) ? name : (newOptionName(String(name)) ?? name);
    const issues = read.error.issues.map((issue) => ({ ...issue, path: issue.path.map(nameOf) }));
    throw invalid(issues, ["config"]);
  }
  const fast = tooFast(game, read.data as object, leastMs);
  if (fast !== null) throw new Refused("invalid_request", { fields: { [`config.${fast[0]}`]: fast[1] } });
  return JSON.stringify(read.data);
}

export const rooms = router()
  .openapi(listRoute, async (c) => {
    const player = (await identifyIfAny(c))?.profile.id ?? null;
    const listed = await directoryStub(c.env).list(c.req.valid("query").game ?? null, player);
    return c.json({ rooms: listed.map(lobbyLine) }, 200);
  })
  .openapi(makeRoute, async (c) => {
    const { game, config = {}, private: closed = false } = c.req.valid("json");
    const { MIN_ROUND_MS, ROOMS_PER_PLAYER } = c.get("settings");
    const leastMs = LOOPBACK.has(addressOf(c.req.header("cf-connecting-ip"))) ? 0 : MIN_ROUND_MS;
    const wanted = readConfig(game, config, leastMs);
    const owner = c.get("me").profile.id;
    const id = (c.get("operation")?.id ?? randomLetters(ID_CHARS)).slice(0, ID_CHARS);
    const invite = randomLetters(INVITE_CHARS);
    const directory = directoryStub(c.env);
    const room = { game, id, config: wanted, private: closed, owner, invite };
    const made = await directory.make(room, ROOMS_PER_PLAYER);
    if (!made.ok) throw new Refused(made.code);
    await step(c.env, "requests.between");
    const { listing } = await findRoom(c.env, { game, id }, owner);
    await openRoom(c.env, listing);
    return c.json({ game, id, ...(made.invite === null ? {} : { invite: made.invite }) }, 201);
  })
  .openapi(readRoute, async (c) => {
    const player = (await identifyIfAny(c))?.profile.id ?? null;
    const { listing, invite } = await findRoom(c.env, c.req.valid("param"), player);
    const { config, seq, view, table } = await (await openRoom(c.env, listing)).describe();
    const { game, id, private: closed } = listing;
    const rules = games.get(game);
    if (rules === undefined) throw new Error(`a room of an unknown game is listed: ${listing.name}`);
    const back = rtpAnswer(rules.lobby.rtp(rules.stored.parse(config)));
    const shown: { config: unknown; view: unknown; table: unknown } = {
      config: namedConfig(config),
      view: namedView(view),
      table: namedTable(table),
    };
    return c.json({ game, id, private: closed, ...(invite === null ? {} : { invite }), seq, rtp: back, ...shown }, 200);
  })
  .openapi(joinRoute, async (c) => {
    const { game, id } = c.req.valid("param");
    const { invite } = c.req.valid("json");
    const answer = await directoryStub(c.env).join(`${game}:${id}`, c.get("me").profile.id, invite);
    if (answer !== "joined") throw new Refused(answer);
    return c.json({ game, id }, 200);
  });
