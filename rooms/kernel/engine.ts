import { chips, type AnyGame, type Chips, type Ms, type PlayerId, type TableStatus } from "../game.ts";
import { Batch, INTERNAL, type Outcome, type Parked, type RoomInput, type Stamped, type World } from "./batch.ts";
import * as kernels from "./state.ts";
import type { Kernel, KernelEvent } from "./state.ts";
import { tidyLine } from "./line.ts";
import { printOf, type Order } from "./orders.ts";
import type { RoomCommand } from "./protocol.ts";
import { allows, revoked, shortfall } from "./purse.ts";
import type { TransferAnswer } from "./transfer.ts";

/**
 * The pure engine: takes a batch of stamped inputs and the room's state, gives back the new state with everything to journal
 * and to send. Nothing here reads a clock, draws chance or touches a platform; a batch that throws has changed nothing.
 *
 * Time before input: before each input the deadlines with `at <= stamp` fire, soonest first; after the last, those due now.
 */

/** A deadline's firing threw: the room counts these and faults after three. */
export class DeadlineError extends Error {
  readonly deadline: string;
  constructor(deadline: string, cause: unknown) {
    super(`deadline ${deadline} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.deadline = deadline;
  }
}

export const PARKED_MAX = 32;
const FIRINGS_MAX = 10_000;
const CLIENT_SEEDS_MAX = 1_000;
const CHAT_EVERY_MS = 1_000;

type CommandInput = RoomInput & { readonly type: "command" };
type Clocked = Pick<World, "game" | "graceMs">;

/** Judges a batch. Throws on a bug (in a game or here) with `kernel` untouched. */
export function run<Token>(
  kernel: Kernel,
  parked: Parked<Token>,
  inputs: readonly Stamped<Token>[],
  now: Ms,
  world: World,
): Outcome<Token> {
  const batch = new Batch(kernel, parked, world);
  batch.begin(Math.max(kernel.at, now) as Ms);
  for (const item of inputs) {
    const at = Math.max(batch.kernel.at, item.at) as Ms;
    if (item.input.type !== "fault") catchUp(batch, at);
    batch.kernel.at = at;
    judge(batch, item, at);
    batch.sendHome(at);
  }
  const end = Math.max(batch.kernel.at, now) as Ms;
  catchUp(batch, end);
  batch.kernel.at = end;
  askWants(batch, end);
  return batch.outcome();
}

/** Folds journaled events into a fork. What they published and finished was stored with them. */
export function replay(
  kernel: Kernel,
  rows: Iterable<{ readonly at: Ms; readonly events: readonly KernelEvent[] }>,
  game: AnyGame,
): Kernel {
  const next = kernels.fork(kernel);
  for (const row of rows) {
    for (const event of row.events)
      kernels.apply(game, next, event, row.at, { finished: [], published: [], moved: new Set() });
  }
  return next;
}

/** When the kernel or the game next wants to be woken; null: never. */
export function nextDeadline(kernel: Kernel, world: Clocked): Ms | null {
  return earliest(kernel, world)?.at ?? null;
}

type Due = { readonly name: string; readonly at: Ms; readonly away?: PlayerId };

function earliest(kernel: Kernel, world: Clocked): Due | null {
  let soonest: Due | null = null;
  for (const deadline of kernels.deadlinesOf(world.game, kernel)) {
    if (soonest === null || deadline.at < soonest.at) soonest = deadline;
  }
  for (const [player, since] of kernel.away) {
    if (kernel.leaving.has(player)) continue;
    const at = (since + world.graceMs) as Ms;
    if (soonest === null || at < soonest.at) soonest = { name: "room.grace", at, away: player };
  }
  return soonest;
}

function catchUp<Token>(batch: Batch<Token>, upTo: Ms): void {
  let firings = 0;
  for (;;) {
    const due = earliest(batch.kernel, batch.world);
    if (due === null || due.at > upTo) return;
    try {
      if (due.away === undefined && ++firings > FIRINGS_MAX) throw new Error("it fires without end");
      fire(batch, due, Math.max(batch.kernel.at, upTo) as Ms);
      batch.sendHome(upTo);
    } catch (error) {
      throw new DeadlineError(due.name, error);
    }
  }
}

function fire<Token>(batch: Batch<Token>, due: Due, now: Ms): void {
  if (due.away !== undefined) {
    batch.emit({ type: "room.leaving", player: due.away, leaving: true }, now);
    return;
  }
  const decision = batch.play({ type: "deadline", name: due.name, at: due.at }, now);
  if ("refused" in decision) throw new Error(`refused ${decision.refused}`);
  if (decision.events.length === 0) throw new Error("it changed nothing, so it would fire for ever");
}

/** Tops purses up ahead for what the game will stake by itself; once a round, so a dry wallet is not asked for ever. */
function askWants<Token>(batch: Batch<Token>, at: Ms): void {
  const { kernel, game } = batch;
  if (kernel.table.status !== "running") return;
  for (const want of game.bank.prefund(kernel.state)) {
    const leaves = kernel.leaving.has(want.player) && kernel.presence.get(want.player)?.online === true;
    const purse = kernels.purseOf(kernel, want.player);
    const enough = shortfall(purse, want.amount) === 0 && allows(purse, want.amount, at);
    if (leaves || enough || purse.transfer !== null || purse.asked === kernel.round.n) continue;
    batch.askFor(want.player, want.amount, at);
  }
}

// ---- inputs ----

function judge<Token>(batch: Batch<Token>, item: Stamped<Token>, at: Ms): void {
  const { input } = item;
  switch (input.type) {
    case "command":
      judgeCommand(batch, item, input, at);
      return;
    case "presence":
      judgePresence(batch, input, at);
      return;
    case "answer":
      judgeAnswer(batch, input, at);
      return;
    case "order":
      judgeOrder(batch, item, input.order, at);
      return;
    case "message":
      judgeMessage(batch, item, input, at);
      return;
    case "revoke":
      judgeRevoke(batch, item, input, at);
      return;
    case "fault":
      fault(batch, input.reason, at);
      return;
    case "wake":
      return;
    default:
      input satisfies never;
  }
}

/** However often a message is delivered, it is taken once; who delivers it again is told the same. */
function judgeMessage<Token>(
  batch: Batch<Token>,
  item: Stamped<Token>,
  { id, message }: RoomInput & { type: "message" },
  at: Ms,
): void {
  const { kernel } = batch;
  if (!batch.taken(id)) {
    if (kernel.table.status === "faulted") {
      batch.refuse(item, "faulted", "This room has stopped.");
      return;
    }
    const decision = batch.play({ type: "message", id, message }, at);
    if ("refused" in decision) {
      batch.refuse(item, decision.refused, decision.message);
      return;
    }
    batch.take(id);
  }
  batch.answer(item.token, { ok: true, id, seq: kernel.seq, at });
}

function judgeCommand<Token>(batch: Batch<Token>, item: Stamped<Token>, input: CommandInput, at: Ms): void {
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

function perform<Token>(
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

function park<Token>(batch: Batch<Token>, item: Stamped<Token>, player: PlayerId): void {
  const waiting = batch.parked.get(player) ?? [];
  if (waiting.length < PARKED_MAX) batch.parked.set(player, [...waiting, item]);
  else batch.refuse(item, "busy", "Too many commands are waiting for your chips.");
}

/** What the wallet has just refused: what needs as many chips or more, or the leave that it did not give, is not asked for again. */
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

function judgePresence<Token>(batch: Batch<Token>, input: RoomInput & { type: "presence" }, at: Ms): void {
  const { kernel } = batch;
  const { player, name, online } = input;
  const was = kernel.presence.get(player);
  if ((was?.online ?? false) === online) return;
  if (online && kernel.leaving.has(player)) batch.emit({ type: "room.leaving", player, leaving: false }, at);
  const listed = online ? [] : kernels.movesUp(kernel, player);
  const shown = { player, name: online ? name : (was?.name ?? name), online, at };
  batch.emit({ type: "room.presence", ...shown, ...(listed.length === 0 ? {} : { listed }) }, at);
  tellPresence(batch, player, online, at);
}

function tellPresence<Token>(batch: Batch<Token>, player: PlayerId, online: boolean, at: Ms): void {
  if (batch.kernel.table.status === "faulted") return;
  const decision = batch.play({ type: "presence", player, online }, at);
  if ("refused" in decision) throw new Error(`presence was refused ${decision.refused}`);
}

/** The wallet's answer, journaled once; then the commands that waited for it, in their order, as of now (or none: `alone`). */
function judgeAnswer<Token>(batch: Batch<Token>, input: RoomInput & { type: "answer" }, at: Ms): void {
  const { kernel } = batch;
  const { player, id, answer } = input;
  const open = kernels.purseOf(kernel, player).transfer;
  if (open === null || open.id !== id) return;
  batch.emit({ type: "room.transferred", player, id, answer }, at);
  const waiting = batch.parked.get(player) ?? [];
  batch.parked.delete(player);
  const refusal = open.kind === "cashout" || answer.ok ? null : { code: answer.code, min: open.min };
  for (const item of waiting) {
    if (item.input.type !== "command") continue;
    if (input.alone === true) batch.refuse(item, INTERNAL.code, INTERNAL.message);
    else if (batch.parked.has(player)) park(batch, item, player);
    else perform(batch, item, item.input, at, refusal);
  }
  const online = kernel.presence.get(player)?.online;
  // What waited may have given a seat to somebody who has left meanwhile, and that was no news to the game then.
  if (online === false && waiting.length > 0) tellPresence(batch, player, false, at);
  const gone = online !== true && !kernel.away.has(player);
  if (gone && !kernel.leaving.has(player)) batch.emit({ type: "room.leaving", player, leaving: true }, at);
}

/**
 * The player's limits have changed. Who may not play at all, or is signed out, has the game told so by their own commands, as if they
 * had given them (a poker player stands up), and leaves; what of theirs waited for chips is not done any more.
 */
function judgeRevoke<Token>(
  batch: Batch<Token>,
  item: Stamped<Token>,
  { player, version, out }: RoomInput & { type: "revoke" },
  at: Ms,
): void {
  const { kernel, game } = batch;
  if (out) {
    for (const waiting of batch.parked.get(player) ?? []) batch.refuse(waiting, "left", "You have left this table.");
    batch.parked.delete(player);
  }
  if (kernel.purses.has(player)) {
    if (revoked(kernels.purseOf(kernel, player), version) !== kernels.purseOf(kernel, player))
      batch.emit({ type: "room.revoked", player, version }, at);
    if (out && kernel.table.status !== "faulted") {
      // A refusal: there was nothing to end.
      for (const command of game.bank.standDown(kernel.state, player)) {
        batch.play({ type: "command", player, command }, at);
      }
    }
    if (out && !kernel.leaving.has(player)) batch.emit({ type: "room.leaving", player, leaving: true }, at);
  }
  batch.answer(item.token, { ok: true, id: "", seq: kernel.seq, at });
}

function judgeOrder<Token>(batch: Batch<Token>, item: Stamped<Token>, order: Order, at: Ms): void {
  const { kernel } = batch;
  const known = order.id === undefined ? null : batch.ordered(order.id);
  if (known !== null) {
    if (known === printOf(order)) batch.answer(item.token, { ok: true, id: "", seq: kernel.seq, at });
    else batch.refuse(item, "order_conflict", "Another order was given under this id.");
    return;
  }
  if (kernel.table.status === "faulted") {
    batch.refuse(item, "faulted", "The room has faulted.");
    return;
  }
  if (order.type === "void" && order.round !== undefined && order.round !== kernel.round.n) {
    batch.refuse(item, "not_this_round", `Round ${kernel.round.n} is open, not ${order.round}.`);
    return;
  }
  if (order.type === "void") {
    batch.voiding = true;
    const decision = batch.play({ type: "void", reason: order.reason }, at);
    batch.voiding = false;
    if ("refused" in decision) {
      batch.refuse(item, decision.refused, decision.message);
      return;
    }
    const message = `This round is void, every stake was given back: ${order.reason}`;
    batch.emit({ type: "room.notice", status: kernel.table.status, message }, at);
  } else setStatus(batch, order.type === "pause" ? "paused" : "running", at);
  batch.order(order);
  batch.answer(item.token, { ok: true, id: "", seq: kernel.seq, at });
}

const NOTICES: Readonly<Record<TableStatus, string>> = {
  paused: "The table is paused: this round ends, no new one opens.",
  running: "The table is open again.",
};

/** Everybody is told; the game only of a change. */
function setStatus<Token>(batch: Batch<Token>, status: TableStatus, at: Ms): void {
  const was = kernels.tableStatus(batch.kernel);
  batch.emit({ type: "room.notice", status, message: NOTICES[status] }, at);
  if (status === was) return;
  const decision = batch.play({ type: "table", status }, at);
  if ("refused" in decision) throw new Error(`a change of the table was refused ${decision.refused}`);
}

/** Gives the open round back from its journaled money, whatever state the game is in. */
function fault<Token>(batch: Batch<Token>, reason: string, at: Ms): void {
  const { kernel } = batch;
  if (kernel.table.status === "faulted") return;
  const due = new Map<PlayerId, number>(kernel.round.opening);
  for (const [player, flow] of kernel.round.flows) due.set(player, (due.get(player) ?? 0) + flow);
  const refunds = [...due]
    .filter(([, amount]) => amount > 0)
    .map(([player, amount]) => [player, chips(amount)] as const);
  const overpaid = [...due.values()].reduce((sum, amount) => sum + Math.max(0, -amount), 0);
  batch.emit({ type: "room.faulted", reason, refunds, house: kernel.round.house + overpaid }, at);
  if (kernel.commitments.some((c) => c.round === kernel.round.n)) batch.reveal(true, at);
  for (const waiting of batch.parked.values()) {
    for (const item of waiting) batch.refuse(item, "faulted", "This table has stopped.");
  }
  batch.parked.clear();
}
