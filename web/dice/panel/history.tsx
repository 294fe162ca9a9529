import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { Link } from "react-router";
import * as z from "zod/mini";
import { ask } from "../../api/client.ts";
import { queries } from "../../api/queries.ts";
import { useAnyTable, useRound, useYou } from "../../table/context.tsx";
import { amount, signed, time } from "../../ui/format.ts";
import { pathOf, roomOf } from "../../ui/rooms.ts";

/** Finished rounds as REST tells them: as much as a list of them needs. */
const past = z.object({
  round: z.number(),
  endedAt: z.number(),
  void: z.boolean(),
  outcome: z.nullable(
    z.object({ rolls: z.array(z.object({ player: z.string(), amount: z.number(), payout: z.number() })) }),
  ),
});
type Past = z.infer<typeof past>;
const pages = z.object({ rounds: z.array(past), next: z.nullable(z.number()) });
/** A round may have hundreds of rolls. */
const PAGE = 6;

function pastRounds(room: string) {
  return infiniteQueryOptions({
    queryKey: ["dice", room],
    queryFn: ({ pageParam: cursor, signal }) =>
      ask("GET /api/rooms/{game}/{id}/rounds", pages, { path: roomOf(room), query: { cursor, limit: PAGE }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

/** Every round that is over, with the way to its proof. */
export function HistoryTab() {
  const { room } = useAnyTable();
  const open = useRound();
  const query = useInfiniteQuery(pastRounds(room));
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["dice", room], exact: true });
  }, [room, open]);
  const rounds = query.data?.pages.flatMap((page) => page.rounds) ?? [];
  return (
    <section>
      {query.isPending && <p className="label">Fetching the book &hellip;</p>}
      {query.isError && <p className="empty">The book of rounds cannot be read just now.</p>}
      {query.isSuccess && rounds.length === 0 && (
        <p className="empty">No round is over yet: the first seed is still sealed.</p>
      )}
      <ul className="dice-rounds">
        {rounds.map((one) => (
          <RoundLine key={one.round} past={one} path={pathOf(roomOf(room))} />
        ))}
      </ul>
      {query.hasNextPage && (
        <button
          type="button"
          className="btn mt-2 w-full"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {query.isFetchingNextPage ? "Fetching \u2026" : "Earlier rounds"}
        </button>
      )}
    </section>
  );
}

function RoundLine({
  past: { round, endedAt, void: off, outcome },
  path,
}: {
  readonly past: Past;
  readonly path: string;
}) {
  const you = useYou();
  const rolls = outcome?.rolls ?? [];
  const mine = rolls.filter(({ player }) => player === you);
  const net = mine.reduce((sum, one) => sum + one.payout - one.amount, 0);
  return (
    <li>
      <Link to={`${path}/rounds/${round}`}>
        <span className="flex-1">
          <span className="numerals">
            Round {amount(round)}, {rolls.length === 1 ? "1 roll" : `${amount(rolls.length)} rolls`}
          </span>
          <span className="label block">{off ? "Void" : `${time(endedAt)} \u00b7 verify`}</span>
        </span>
        {mine.length > 0 && !off && (
          <span translate="no" className={`numerals ${net > 0 ? "text-won" : net < 0 ? "text-lost" : ""}`}>
            {signed(net)}
          </span>
        )}
      </Link>
    </li>
  );
}
