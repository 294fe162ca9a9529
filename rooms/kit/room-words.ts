import type { RefusalWords } from "./words.ts";

/** Refusals of commands that any room may give: from the kernel, the wallet, and where frames and tickets are read. */
export const ROOM_REFUSALS: RefusalWords = {
  bad_json: "The frame is not JSON; the socket is closed.",
  binary_frame: "The frame is not text; the socket is closed.",
  busy: "Too many commands of this player wait for chips. Again in a moment.",
  chat_too_fast: "More than one message a second.",
  empty_chat: "The message has nothing that can be seen.",
  entropy_frozen: "Betting is closed: this draw takes no more client seeds.",
  entropy_full: "This draw has as many client seeds as it takes.",
  entropy_given: "The player has given a client seed for this round.",
  excluded: "The player is excluded at their own request.",
  faulted: "The room has stopped. `leave` takes the player's chips home.",
  flooding: "More commands than a socket may send; go slower, or it is closed.",
  frame_too_big: "The frame is too long, or has too many commands; the socket is closed.",
  id_conflict: "The command's `id` was used for another command.",
  id_expired: "The command's `id` is too old to be told from one that was done.",
  insufficient_funds: "There is less in the wallet than this takes.",
  internal: "Something went wrong on the house's side; nothing was done.",
  invalid_amount: "An amount is not a whole number of at least 1.",
  invalid_command: "The command is not as its schema has it; `message` names the field.",
  invalid_entropy: "The client seed is empty, too long or not well-formed.",
  invalid_id: "The `id` is not `<random session>:<n>`.",
  left: "The player left this table before the command's turn came.",
  limit_loss: "It could lose more than the player's own daily loss limit.",
  limit_session: "The player's own session limit is reached.",
  limit_stake: "It is more than the player's own daily stake limit.",
  names_differ: "An old and a new name of one field were given, and they differ: `entropy` and `clientSeed`.",
  not_ready: "The round's commitment is not published yet. Again in a moment.",
  paused: "The room is paused: no new bets or chips for now.",
  spectator: "A socket without a ticket only watches.",
  transfer_conflict: "The wallet has another transfer under this id; nothing was done.",
  unknown_command: "This game has no command of that `type`.",
  unknown_player: "The wallet does not know this player.",
};

/** Refusal codes of operators' orders, of messages and of the games' own inputs. No command is refused with one. */
export const ORDER_REFUSALS: ReadonlySet<string> = new Set([
  "draw_full",
  "invalid_message",
  "no_round",
  "not_this_round",
  "order_conflict",
  "result_known",
  "unknown_input",
  "unknown_message",
]);
