import { games } from "../../../rooms/games.ts";
import type { Ctx } from "../http/context.ts";
import type { Order } from "../../../rooms/kernel/orders.ts";
import { Refused } from "../http/refusals.ts";
import { directoryStub, openRoom, type RoomStub } from "../../objects/stubs.ts";
import { roomParams } from "./find.ts";
import { inspection } from "./inspection.ts";
import { lobbyLine, lobbyRoom } from "./rooms.ts";
import { createRoute, CURSOR, freeText, json, takes, pageLimit, router, requestId, z } from "./schemas.ts";

/** Routes under /api/operator/rooms: all rooms, the inside of one room, and orders to it. */

const tags = ["operator"];
const NAME_CHARS_MAX = 80;

const listRoute = createRoute({
  method: "get",
  path: "/",
  operationId: "listEveryRoom",
  tags,
  summary: "Every room, private ones too",
  description:
    "By name, with what each last reported; no room is woken. Rooms that always exist are on the first page.",
  caller: "viewer",
  request: {
    query: z.object({
      cursor: z.string().max(NAME_CHARS_MAX).optional().openapi({ description: CURSOR }),
      limit: pageLimit(100, 200),
    }),
  },
  responses: {
    200: json(
      "One page; `next` is null on the last",
      z.object({
        rooms: z.array(
          lobbyRoom
            .extend({ owner: z.string().nullable().openapi({ description: "The player who made it." }) })
            .openapi("OperatorRoom"),
        ),
        next: z.string().nullable(),
      }),
    ),
  },
});

const readRoute = createRoute({
  method: "get",
  path: "/{game}/{id}",
  operationId: "inspectRoom",
  tags,
  summary: "One room from the inside",
  description:
    "Its journal, outbox, transfers and next deadline, and nothing secret of a round that is on: what is not in the public stream is not in here.",
  caller: "viewer",
  request: { params: roomParams },
  refuses: ["unknown_room", "room_unavailable"],
  responses: {
    200: json("How it stands", inspection),
  },
});

const ordered = json("It is done, and durable", z.object({ game: z.string(), id: z.string() }));
const ORDER_CODES = ["unknown_room", "order_conflict", "faulted", "room_unavailable"] as const;

const simpleOrder = {
  params: roomParams,
  body: takes(z.strictObject({ id: requestId })),
} as const;

const pauseRoute = createRoute({
  method: "post",
  path: "/{game}/{id}/pause",
  operationId: "pauseRoom",
  tags,
  summary: "No new round, no new stakes",
  description:
    "The open round ends as it would. Once by its id: the same again gets the same answer and changes nothing.",
  caller: "floor",
  request: simpleOrder,
  refuses: ORDER_CODES,
  responses: { 200: ordered },
});

const resumeRoute = createRoute({
  method: "post",
  path: "/{game}/{id}/resume",
  operationId: "resumeRoom",
  tags,
  summary: "The room goes on",
  description: "Once by its id: the same again gets the same answer and changes nothing.",
  caller: "floor",
  request: simpleOrder,
  refuses: ORDER_CODES,
  responses: { 200: ordered },
});

const voidRoute = createRoute({
  method: "post",
  path: "/{game}/{id}/void",
  operationId: "voidRound",
  tags,
  summary: "Give the open round's stakes back",
  description:
    "Voids the named round while it is open. It is refused once the result is out: the number is spun, cards are face up, or the hand is over. A flight can be voided until it ends, and its record says so. In poker the stacks are as when the hand began. The table is told the reason. Once by its id.",
  caller: "floor",
  request: {
    params: roomParams,
    body: takes(
      z.strictObject({
        id: requestId,
        round: z.int().min(1).openapi({ description: "As the room's own page and `inspect` number it.", example: 41 }),
        reason: freeText(200).openapi({ example: "A stuck wheel." }),
      }),
    ),
  },
  refuses: [...ORDER_CODES, "no_round", "not_this_round", "result_known"],
  responses: {
    200: ordered,
  },
});

type Place = { readonly game: string; readonly id: string };

/** Any room in the Directory, private ones too. Refused `unknown_room`, without touching a room object. */
async function roomAt(c: Ctx, { game, id }: Place): Promise<RoomStub> {
  const name = `${game}:${id}`;
  const known = games.has(game) && name.length <= NAME_CHARS_MAX;
  const found = known ? await directoryStub(c.env).find(name, null) : null;
  if (found === null) throw new Refused("unknown_room");
  return openRoom(c.env, found.listing);
}

const ORDER_REFUSALS = ["no_round", "not_this_round", "result_known", "order_conflict", "faulted"] as const;
const isOf = <Code extends string>(codes: readonly Code[], code: string): code is Code =>
  codes.some((one) => one === code);

async function answering<T>(asked: Promise<T>): Promise<T> {
  return asked.catch(() => {
    throw new Refused("room_unavailable");
  });
}

async function give(c: Ctx, place: Place, order: Order): Promise<Place> {
  const room = await roomAt(c, place);
  const answer = await answering(room.operate(order, c.get("requestId")));
  if (answer.ok) return { game: place.game, id: place.id };
  if (isOf(ORDER_REFUSALS, answer.code)) throw new Refused(answer.code, { message: answer.message });
  throw new Error(`${place.game}:${place.id} refused ${order.type}: ${answer.code}`);
}

export const operatorRooms = router()
  .openapi(listRoute, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const { rooms, next } = await directoryStub(c.env).every(cursor ?? null, limit);
    return c.json({ rooms: rooms.map((room) => ({ ...lobbyLine(room), owner: room.listing.owner })), next }, 200);
  })
  .openapi(readRoute, async (c) => {
    const room = await roomAt(c, c.req.valid("param"));
    return c.json(inspection.parse(await answering(room.inspect())), 200);
  })
  .openapi(pauseRoute, async (c) => {
    const { id } = c.req.valid("json");
    return c.json(await give(c, c.req.valid("param"), { type: "pause", id }), 200);
  })
  .openapi(resumeRoute, async (c) => {
    const { id } = c.req.valid("json");
    return c.json(await give(c, c.req.valid("param"), { type: "resume", id }), 200);
  })
  .openapi(voidRoute, async (c) =>
    c.json(await give(c, c.req.valid("param"), { type: "void", ...c.req.valid("json") }), 200),
  );
