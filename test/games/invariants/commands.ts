import assert from "node:assert/strict";
import type { Answer, Outcome, RoomInput, Stamped } from "../../../rooms/kernel/inputs.ts";
import { run } from "../../../rooms/kernel/engine.ts";
import { answersOf, commandOf, type History } from "../../kit/history.ts";
import { keyOf, last, worldAfter, type Hits } from "./common.ts";

/** Invariants of what goes in: everything has one effect, and what is refused has none. */

function judgeAgain(history: History, after: number, inputs: readonly Stamped<number>[]): Outcome<number> {
  const judged = history.batches[after - 1];
  assert.ok(judged !== undefined);
  const { kernel } = judged.outcome;
  return run(kernel, new Map(), inputs, kernel.at, worldAfter(history, after));
}

/** Repeating any input id changes nothing and answers the same; the same id with another body is refused `id_conflict`. */
export function idsAreOnce(history: History): Hits {
  const { game, batches } = history;
  let repeated = 0;
  for (const [i, { inputs, outcome }] of batches.entries()) {
    const answers = answersOf(outcome);
    const accepted = new Set(outcome.accepted.map(keyOf));
    assert.equal(accepted.size, outcome.accepted.length, "a command that comes twice in one batch is accepted once");
    for (const { input, token } of inputs) {
      const answer = answers.get(token);
      if (input.type !== "command" || answer?.ok !== true) continue;
      if (!accepted.has(keyOf(input))) {
        const known = batches.slice(0, i).some((b) => b.outcome.accepted.some((a) => a.id === input.id));
        assert.ok(known || answer.result !== undefined, "what is accepted is remembered, but for a question");
        continue;
      }
      repeated += 1;
      const other = commandOf(game, input.player, { id: input.id, type: "chat", text: `not ${input.id}` });
      const at = outcome.kernel.at;
      const again = judgeAgain(history, i + 1, [
        { at, token: 1, input },
        { at, token: 2, input: { ...other, player: input.player } },
        { at, token: 3, input },
      ]);
      const given = answersOf(again);
      assert.deepEqual(again.events, [], "a repeated command changes nothing");
      assert.deepEqual(given.get(1), answer, "a repeated command is answered the same");
      assert.deepEqual(given.get(3), answer, "and once more");
      assert.equal(codeOf(given.get(2)), "id_conflict", "another command under a known id is a conflict");
    }
  }
  return { repeated };
}

/** A refused command leaves nothing behind. */
export function refusalsChangeNothing(history: History): Hits {
  let refused = 0;
  for (const [i, { inputs, outcome }] of history.batches.entries()) {
    const answers = answersOf(outcome);
    const { at } = outcome.kernel;
    const again = inputs.filter(({ token }) => answers.get(token)?.ok === false).map((one) => ({ ...one, at }));
    for (const one of again) {
      const alone = judgeAgain(history, i + 1, [one]);
      if (answersOf(alone).get(one.token)?.ok !== false) continue;
      refused += 1;
      assert.deepEqual(alone.events, [], "a refused command changes nothing");
    }
  }
  return { refused };
}

const codeOf = (answer: Answer | undefined): string | null => (answer?.ok === false ? answer.code : null);

/** Every answer and message once more at the end, and where everybody was last; and each message as often as it came. */
export function inputsAreOnce(history: History): Hits {
  const hits = messagesAreOnce(history);
  const { kernel } = last(history).outcome;
  const open = new Set([...kernel.purses.values()].map(({ transfer }) => transfer?.id));
  const said = new Map<string, RoomInput>();
  for (const { input } of history.batches.flatMap((judged) => judged.inputs)) {
    if (input.type === "message") said.set(input.id, input);
    if (input.type === "answer" && !open.has(input.id)) said.set(input.id, input);
    if (input.type === "presence") said.set(input.player, input);
  }
  const again = [...said.values()].map((input): Stamped<number> => ({ at: kernel.at, token: 0, input }));
  const { events, messages } = judgeAgain(history, history.batches.length, again);
  assert.deepEqual(events, [], "what was said before is no news");
  assert.deepEqual(messages, [], "and no message is taken again");
  return hits;
}

/** A message is taken by the first batch that does not refuse it; who delivers it again, in that batch or later, is told the same. */
function messagesAreOnce({ batches, world }: History): Hits {
  const taken = new Set<string>();
  const hits = { again: 0, inOneBatch: 0 };
  for (const { inputs, outcome } of batches) {
    const answers = answersOf(outcome);
    const here = new Set<string>();
    for (const { input, token } of inputs) {
      if (input.type !== "message") continue;
      const answer = answers.get(token);
      const { id } = input;
      if (taken.has(id) || here.has(id)) {
        assert.equal(answer?.ok, true, "a message that was taken is taken");
        if (taken.has(id)) hits.again += 1;
        else hits.inOneBatch += 1;
      } else if (answer?.ok === true) here.add(id);
    }
    assert.deepEqual(outcome.messages, [...here], "a message is taken once, and remembered in the same commit");
    for (const id of here) taken.add(id);
  }
  return world.messages === undefined ? {} : hits;
}
