import type { Chips, Ms, PlayerId } from "../game.ts";
import type { Batch } from "./batch.ts";
import type { RoomInput, Stamped } from "./inputs.ts";
import { tidyLine } from "./line.ts";
import type { RoomCommand } from "./protocol.ts";
import { allows, shortfall } from "./purse.ts";
import * as kernels from "./state.ts";
import type { TransferAnswer } from "./transfer.ts";

/** Handles the commands of players. Each is carried out once, refused, or parked in order until chips arrive. */

export const PARKED_MAX = 32;
const CLIENT_SEEDS_MAX = 1_000;
const CHAT_EVERY_MS = 1_000;

type CommandInput = RoomInput & { readonly type: "command" };

export function judgeCommand<Token>(batch: Batch<Token>, item: Stamped<Token>, input: CommandInput, at: Ms): void {
  const { player, id, print } = input;
  const known = batch.known(player, id);
  if (known !== undefined) {
    if (known.print === print) {
      const rest = known.result === undefined ? {} : { result: known.result };
      batch.answer(item.token, { ok: true, id, seq: known.seq, at: known.at, ...rest });
    } else conflict(batch, item);
    return;
  }
  if (batch.world.recent.expired(player, id)) {
    batch.refuse(item, "id_expired", "This command id is too old to be told from one already done.");
    return;
  }
  const waiting = batch.parked.get(player);
  if (waiting === undefined) perform(batch, item, input, at, null);
  else queueBehind(batch, item, input, waiting);
}

export function perform<Token>(
  batch: Batch<Token>,
  item: Stamped<Token>,
  input: CommandInput,
  at: Ms,
  refusal: Refusal | null,
): void {
  const { to, command } = input.command;
  if (batch.kernel.table.status === "faulted" && (to === "game" || command.type !== "leave")) {
    batch.refuse(item, "faulted", "This table has stopped. Your chips are safe: leave to take them home.");
    return;
  }
  if (to === "room") roomCommand(batch, item, input.player, command, at);
  else gameCommand(batch, item, input, command, at, refusal);
}

/** Keeps a player's commands in order while an earlier one waits for chips. */
function queueBehind<Token>(
  batch: Batch<Token>,
  item: Stamped<Token>,
  input: CommandInput,
  waiting: readonly Stamped<Token>[],
): void {
  const same = waiting.findIndex((w) => w.input.type === "command" && w.input.id === input.id);
  const first = waiting[same];
  if (first === undefined) park(batch, item, input.player);
  else if (first.input.type === "command" && first.input.print === input.print) {
    batch.parked.set(input.player, waiting.with(same, { ...first, token: item.token }));
  } else conflict(batch, item);
}

function conflict<Token>(batch: Batch<Token>, item: Stamped<Token>): void {
  batch.refuse(item, "id_conflict", "This command id was used for another command.");
}

export function park<Token>(batch: Batch<Token>, item: Stamped<Token>, player: PlayerId): void {
  const waiting = batch.parked.get(player) ?? [];
  if (waiting.length < PARKED_MAX) batch.parked.set(player, [...waiting, item]);
  else batch.refuse(item, "busy", "Too many commands are waiting for your chips.");
}

/** The wallet's refusal. A command that needs as many chips or more, or the same allowance, is refused without asking again. */
type Refusal = { readonly code: (TransferAnswer & { ok: false })["code"]; readonly min: Chips };

const TOO_LITTLE = "Your balance does not cover this.";
const WORDS: Readonly<Record<Refusal["code"], string>> = {
  insufficient_funds: TOO_LITTLE,
  transfer_conflict: TOO_LITTLE,
  unknown_player: TOO_LITTLE,
  limit_stake: "This is more than you let yourself stake today.",
  limit_loss: "This could lose more than you let yourself lose today.",
  limit_session: "Your time at the tables is over for now, as you have set it.",
  excluded: "You have asked us to keep you from playing for now.",
};

function gameCommand<Token>(
  batch: Batch<Token>,
  item: Stamped<Token>,
  input: CommandInput,
  command: unknown,
  at: Ms,
  refusal: Refusal | null,
): void {
  const { kernel } = batch;
  const { player } = input;
  if (!batch.committed()) {
    batch.refuse(item, "not_ready", "This round's commitment is not published yet. Try again.");
    return;
  }
  const { clientSeed } = input;
  const given = clientSeed === null || clientSeedRefusal(batch, player) !== null ? null : { player, value: clientSeed };
  const decision = batch.game.rules.decide(kernel.state, { type: "command", player, command }, batch.facts(at, given));
  if ("refused" in decision) {
    batch.refuse(item, decision.refused, decision.message);
    return;
  }
  const { events } = decision;
  const planned = batch.plan(events);
  const purse = kernels.purseOf(kernel, player);
  for (const [who, amount] of batch.needs(planned)) {
    if (who !== player) continue;
    const missing = shortfall(purse, amount);
    const allowed = allows(purse, amount, at);
    if (missing === 0 && allowed) continue;
    const limited = refusal !== null && refusal.code !== "insufficient_funds";
    if (purse.transfer === null && refusal !== null && (limited ? !allowed : missing >= refusal.min)) {
      batch.refuse(item, limited ? refusal.code : "insufficient_funds", WORDS[refusal.code]);
      return;
    }
    if (purse.transfer === null) batch.askFor(player, amount, at);
    park(batch, item, player);
    return;
  }
  if (events.length > 0) {
    if (given !== null) batch.emit({ type: "room.entropy", ...given }, at);
    if (kernel.leaving.has(player)) batch.emit({ type: "room.leaving", player, leaving: false }, at);
    batch.emitGame(planned, at);
  }
  batch.accept(item, at, events.length > 0, decision.result);
}

function roomCommand<Token>(
  batch: Batch<Token>,
  item: Stamped<Token>,
  player: PlayerId,
  command: RoomCommand,
  at: Ms,
): void {
  const { kernel } = batch;
  switch (command.type) {
    case "clientSeed": {
      const refusal = clientSeedRefusal(batch, player);
      if (refusal !== null) {
        batch.refuse(item, refusal.code, refusal.message);
        return;
      }
      batch.emit({ type: "room.entropy", player, value: command.value }, at);
      break;
    }
    case "chat": {
      const text = tidyLine(command.text);
      if (text === "") {
        batch.refuse(item, "empty_chat", "Say something.");
        return;
      }
      if (kernel.table.chat.some((line) => line.player === player && line.at > at - CHAT_EVERY_MS)) {
        batch.refuse(item, "chat_too_fast", "One message a second, please.");
        return;
      }
      const name = kernel.presence.get(player)?.name ?? "";
      batch.emit({ type: "room.chat", player, name, text, at }, at);
      break;
    }
    case "leave":
      batch.emit({ type: "room.leaving", player, leaving: true }, at);
      break;
    default:
      command satisfies never;
  }
  batch.accept(item, at, true);
}

function clientSeedRefusal<Token>(batch: Batch<Token>, player: PlayerId): { code: string; message: string } | null {
  const { round, state } = batch.kernel;
  if (!batch.committed()) return { code: "not_ready", message: "This round's commitment is not published yet." };
  if (batch.game.rules.seedsClosed(state))
    return { code: "entropy_frozen", message: "Betting is closed: this draw takes no more client seeds." };
  if (round.entropy.some((e) => e.player === player)) {
    return { code: "entropy_given", message: "You have given a client seed for this round." };
  }
  if (round.entropy.length >= CLIENT_SEEDS_MAX)
    return { code: "entropy_full", message: "This draw has as many client seeds as it takes." };
  return null;
}
