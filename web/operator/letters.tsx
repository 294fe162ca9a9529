import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Empty, Waiting } from "../pages/frame.tsx";
import { counted } from "../pages/words.ts";
import { announce } from "../ui/announce.tsx";
import { moment } from "../ui/format.ts";
import { ask, useMay, wordsOf } from "./desk.ts";
import { Bar, Raw, Unread } from "./parts.tsx";
import { letters, replayed, type Letter } from "./shapes.ts";

const KEY = ["operator", "letters"];

/** The dead letters, newest first, with buttons to replay them. */
export function DeadLetters() {
  const query = useInfiniteQuery({
    queryKey: KEY,
    queryFn: async ({ pageParam: cursor }) => ask("GET /api/operator/dead-letters", letters, { query: { cursor } }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
  const again = (): void => void query.refetch();
  const first = query.data?.pages[0];
  const all = query.data?.pages.flatMap((page) => page.letters) ?? [];
  return (
    <section className="page-section">
      <Bar title="Dead letters" at={query.dataUpdatedAt} busy={query.isFetching} onAgain={again} />
      {query.isPending && <Waiting />}
      {query.isError && all.length === 0 && <Unread error={query.error} onAgain={again} />}
      {first !== undefined && all.length === 0 && <Empty words="None. Every message has arrived where it should." />}
      {first !== undefined && all.length > 0 && (
        <div className="page-row justify-between">
          <p className="label numerals">
            {first.open} open, {first.replayed} sent again.
          </p>
          {first.open > 0 && <SendAll />}
        </div>
      )}
      <ul className="desk-list" data-testid="letters">
        {all.map((letter) => (
          <LetterLine key={letter.n} letter={letter} />
        ))}
      </ul>
      {query.hasNextPage && (
        <button type="button" className="btn self-start" onClick={() => void query.fetchNextPage()}>
          Earlier ones
        </button>
      )}
    </section>
  );
}

/** One step of replaying all: how many were sent, how many remain, and the cursor of the next step. */
async function sendFrom(after: number): Promise<{ gone: number; stay: number; next: number | null }> {
  const body = { all: true as const, after };
  const answer = await ask("POST /api/operator/dead-letters/replay", replayed, { body });
  if ("outcome" in answer) return { gone: 0, stay: 0, next: null };
  return { gone: answer.done + answer.queued, stay: answer.parked + answer.retry, next: answer.next };
}

/** Replays all open letters, step by step. */
function SendAll() {
  const may = useMay("admin");
  const client = useQueryClient();
  const sending = useMutation({
    mutationFn: async () => {
      const sum = { gone: 0, stay: 0 };
      for (let after: number | null = 0; after !== null;) {
        const step = await sendFrom(after);
        sum.gone += step.gone;
        sum.stay += step.stay;
        after = step.next;
      }
      return sum;
    },
    onSuccess: ({ gone, stay }) => announce(`${counted(gone, "message")} sent again, ${stay} stay here.`),
    onSettled: async () => client.invalidateQueries({ queryKey: KEY }),
  });
  if (!may) return null;
  return (
    <>
      <button type="button" className="btn" disabled={sending.isPending} onClick={() => sending.mutate()}>
        {sending.isPending ? "Sending" : "Send all again"}
      </button>
      <p role="alert" className="text-lost empty:hidden">
        {sending.isError ? wordsOf(sending.error) : null}
      </p>
    </>
  );
}

function LetterLine({ letter }: { readonly letter: Letter }) {
  const may = useMay("admin");
  const client = useQueryClient();
  const sending = useMutation({
    mutationFn: async () => ask("POST /api/operator/dead-letters/replay", replayed, { body: { id: letter.id } }),
    onSuccess: async (answer) => {
      const { outcome, reason } = "outcome" in answer ? answer : { outcome: "done", reason: null };
      announce(reason === null ? `Sent again: ${outcome}.` : `Sent again: ${outcome}. ${reason}`);
      await client.invalidateQueries({ queryKey: KEY });
    },
  });
  return (
    <li className="desk-letter">
      <div className="page-row justify-between">
        <div className="min-w-0">
          <p>{letter.reason}</p>
          <p className="label numerals wrap-anywhere">
            {letter.code}, from {letter.from}, {moment(letter.at)}. {letter.id}
          </p>
          {letter.replayedAt !== null && (
            <p className="label numerals">
              Sent again on {moment(letter.replayedAt)}: {letter.outcome}
            </p>
          )}
        </div>
        {may && (
          <button type="button" className="btn" disabled={sending.isPending} onClick={() => sending.mutate()}>
            Send again
          </button>
        )}
      </div>
      <p role="alert" className="text-lost empty:hidden">
        {sending.isError ? wordsOf(sending.error) : null}
      </p>
      <Raw words={`The message, ${counted(JSON.stringify(letter.body).length, "character")}`} value={letter.body} />
    </li>
  );
}
