import { z } from "@hono/zod-openapi";

/** Every refusal of the REST API, with its status and a message for people. Used by the code, the tests and the docs. */
export const REFUSALS = {
  malformed_json: [400, "The body is not JSON."],
  unauthenticated: [401, "Sign in first: the session is missing, over or not ours."],
  not_an_operator: [401, "This is for operators: the key is missing or not ours."],
  bad_metrics_key: [401, "Metrics are for the bearer of METRICS_KEY: the key is missing or not ours."],
  invalid_credentials: [401, "The user name or the password is wrong."],
  bad_recovery_code: [401, "The user name or the recovery code is wrong, or the code was used before."],
  bad_ticket: [
    401,
    "The ticket is not good for this: it is used, expired, for another room or not ours. Ask for a new one.",
  ],
  excluded: [403, "You are excluded from playing at your own request; `nextAt` says until when."],
  limit_session: [403, "You have reached your own session limit; `nextAt` says when you may play again."],
  bad_origin: [403, "Requests from this origin are not allowed."],
  not_yours: [403, "That belongs to another player."],
  role_too_low: [403, "Your operator role does not allow this."],
  bad_invite: [403, "That invitation does not open this room."],
  not_found: [404, "There is nothing at this address."],
  unknown_room: [404, "There is no such room."],
  unknown_round: [404, "There is no such round, or it is not over yet."],
  unknown_player: [404, "There is no such player."],
  unknown_board: [404, "There is no such board."],
  unknown_letter: [404, "There is no such dead letter."],
  unknown_schema: [404, "There is no event of that type."],
  unknown_ticket: [404, "That draw has no such ticket, or no draw has."],
  no_such_format: [406, "This game's rounds are not available in that format."],
  method_not_allowed: [405, "This address does not take that method."],
  username_taken: [409, "Somebody has that name, or one that looks like it."],
  already_registered: [409, "You are registered already."],
  not_registered: [409, "A guest has no password: take a name first."],
  idempotency_conflict: [409, "This Idempotency-Key was used for another request."],
  idempotency_busy: [409, "The first request with this Idempotency-Key has no answer yet. Ask again in a moment."],
  too_many_rooms: [409, "You have made as many rooms as one player may."],
  insufficient_funds: [409, "There is less in the wallet than that."],
  transfer_conflict: [409, "A transfer of this id was made with another body."],
  note_conflict: [409, "A note of this id was made with another text."],
  no_round: [409, "No round with bets is open."],
  not_this_round: [409, "Another round is open by now. Look at the room again, and name the round you mean."],
  result_known: [409, "That round's result is out; it can no longer be voided."],
  order_conflict: [409, "Another order was given to this room under this id."],
  faulted: [409, "The room has faulted; it takes no orders."],
  room_full: [409, "That room has no place left."],
  other_player: [412, "Another player has logged in in another window; nothing was done."],
  too_large: [413, "The body is larger than 16 KB."],
  not_json: [415, "Send the body as application/json."],
  invalid_request: [422, "Some fields are not valid; `fields` says which and why."],
  upgrade_required: [426, "This address speaks WebSocket only."],
  rate_limited: [429, "Too many requests from here. Wait a little."],
  too_many_grants: [429, "This network has reached its limit of new players for today. Log in, or come back tomorrow."],
  too_many_attempts: [429, "Too many wrong tries for this name. Wait a little."],
  too_many_keys: [429, "Too many Idempotency-Keys in a day."],
  faucet_not_due: [429, "The faucet is not due yet; see `nextAt`."],
  internal: [500, "Something went wrong on our side."],
  bad_settings: [500, "The server's settings are wrong."],
  audit_unavailable: [503, "The audit log does not answer, so nothing was changed. Try again."],
  model_unavailable: [503, "The statistics are not available just now. Games go on; try again in a moment."],
  room_unavailable: [503, "A room does not answer just now."],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalCode = keyof typeof REFUSALS;
type StatusOf<Code extends RefusalCode> = (typeof REFUSALS)[Code][0];

/** Further parts of a refusal. */
export type Details = {
  readonly message?: string;
  /** What is wrong with each field, by path. */
  readonly fields?: Readonly<Record<string, string>>;
  /** When to try again, epoch milliseconds. */
  readonly nextAt?: number;
  /** Goes into the Retry-After header too. */
  readonly retryAfterS?: number;
};

/** Thrown anywhere below a route; app.ts turns it into the response. */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly status: StatusOf<RefusalCode>;
  readonly details: Details;

  constructor(code: RefusalCode, details: Details = {}) {
    const [status, message] = REFUSALS[code];
    super(details.message ?? message);
    this.name = "Refused";
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

export const errorBody = z
  .object({
    error: z.object({
      code: z.string().openapi({ description: "Stable; switch on this.", example: "unauthenticated" }),
      message: z.string().openapi({ description: "For a person." }),
      requestId: z.string().openapi({ description: "Name it when you ask us about this request." }),
      fields: z.record(z.string(), z.string()).optional().openapi({ description: "By path: what is wrong." }),
      nextAt: z.int().optional().openapi({ description: "When to try again, epoch milliseconds." }),
      retryAfterS: z.int().optional(),
    }),
  })
  .openapi("Error");

type Documented = {
  description: string;
  content: {
    "application/json": { schema: typeof errorBody; examples: Record<string, { summary: string; value: object }> };
  };
};

/** Documented responses by status. */
export type Refusals<Code extends RefusalCode> = { [Status in StatusOf<Code>]: Documented };

/** Error responses for the OpenAPI document, with an example for each code. */
export function refusals(codes: readonly RefusalCode[]): Record<number, Documented> {
  const byStatus: Record<number, Documented> = {};
  for (const code of new Set(codes)) {
    const [status, message] = REFUSALS[code];
    const value = { error: { code, message, requestId: "7f1c2b9e-0c43-4c55-9d0a-3f0f5b1f6a11" } };
    const documented = (byStatus[status] ??= {
      description: "",
      content: { "application/json": { schema: errorBody, examples: {} } },
    });
    documented.content["application/json"].examples[code] = { summary: message, value };
    documented.description = Object.keys(documented.content["application/json"].examples).join(", ");
  }
  return byStatus;
}
