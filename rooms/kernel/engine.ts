import { chips, type AnyGame, type Ms, type PlayerId, type TableStatus } from "../game.ts";
import { Batch } from "./batch.ts";
import { judgeCommand, park, perform } from "./commands.ts";
import { INTERNAL, type Outcome, type Parked, type RoomInput, type Stamped, type World } from "./inputs.ts";
import * as kernels from "./state.ts";
import type { Kernel } from "./state.ts";
import type { KernelEvent } from "./room-events.ts";
import { printOf, type Order } from "./orders.ts";
import { allows, revoked, shortfall } from "./purse.ts";

/**
 * The pure engine: takes a batch of stamped inputs and the room's state, and returns the new state with everything to journal and
 * to send. Nothing here reads a clock, uses randomness or calls the platform. A batch that throws has changed nothing.
 *
 * Before each input the deadlines with `at <= stamp` fire, soonest first; after the last input, those that are due now.
 */

/** A deadline threw when it fired. The room counts these and stops as faulted after three. */
export class DeadlineError extends Error {
  readonly deadline: string;
  constructor(deadline: string, cause: unknown) {
    super(`deadline ${deadline} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.deadline = deadline;
  }
}

const FIRINGS_MAX = 10_000;

type Clocked = Pick<World, "game" | "graceMs">;

/** Handles a batch. Throws on a bug (in a game or here) and then leaves `kernel` unchanged. */
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

/** Folds journaled events into a copy of `kernel`. Drops their published events and finished rounds, which were stored then. */
export function replay(
  kernel: Kernel,
  rows: Iterable<{ readonly at: Ms; readonly events: readonly KernelEvent[] }>,
  game: AnyGame,
): Kernel {
  const next = kernels.fork(kernel);
  for (const row of rows) {
    for (const event of row.events)
      kernels.apply(game, next, event, row.at, { finished: [], published: [], moved: new Set() });
    // The batch may have ended later than its last event.
    next.at = row.at;
  }
  return next;
}

/** When the kernel or the game next has to be woken; null: never. */
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

/** Tops up purses in advance for automatic bets of the game; once a round, so an empty wallet is not asked for ever. */
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

/** Handles a queue message once, by its id. A repeated delivery gets the same answer and changes nothing. */
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

/** Journals the wallet's answer once. Then handles the commands parked for it, in order, as of now; `alone`: refuses them. */
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
  // Tells the game again that the player is offline: a parked command may have seated them, and without a seat it meant nothing.
  if (online === false && waiting.length > 0) tellPresence(batch, player, false, at);
  const gone = online !== true && !kernel.away.has(player);
  if (gone && !kernel.leaving.has(player)) batch.emit({ type: "room.leaving", player, leaving: true }, at);
}

/**
 * The player's limits have changed. A player who may not play at all, or is signed out (`out`), leaves: the game gets the
 * `standDown` commands as if the player had sent them (a poker player stands up), and parked commands are refused.
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
      // A refusal only means that there was nothing to end.
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

/** Announces the status to everybody; tells the game only of a change. */
function setStatus<Token>(batch: Batch<Token>, status: TableStatus, at: Ms): void {
  const was = kernels.tableStatus(batch.kernel);
  batch.emit({ type: "room.notice", status, message: NOTICES[status] }, at);
  if (status === was) return;
  const decision = batch.play({ type: "table", status }, at);
  if ("refused" in decision) throw new Error(`a change of the table was refused ${decision.refused}`);
}

/** Refunds the open round from its journaled chip movements, whatever state the game is in, and stops the room as faulted. */
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
