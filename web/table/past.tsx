import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { Fragment, useEffect, type ReactNode } from "react";
import { Link } from "react-router";
import * as z from "zod/mini";
import { ask } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import { amount, signed, time } from "../ui/format.ts";
import { roomOf, roundPath } from "../ui/rooms.ts";
import { useAnyTable } from "./context.tsx";

/** The list of a table's finished rounds, read by REST, newest first, with links to their proofs. */

export type Past<Outcome> = { readonly round: number; readonly endedAt: number; readonly outcome: Outcome };

/** `outcome`: parses the parts of the outcome that the list needs. */
function pastRounds<Outcome>(room: string, outcome: z.ZodMiniType<Outcome>, limit: number) {
  const past = z.object({ round: z.number(), endedAt: z.number(), outcome });
  const pages = z.object({ rounds: z.array(past), next: z.nullable(z.number()) });
  return infiniteQueryOptions({
    queryKey: ["rounds", room],
    queryFn: ({ pageParam: cursor, signal }) =>
      ask("GET /api/rooms/{game}/{id}/rounds", pages, { path: roomOf(room), query: { cursor, limit }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}

type Props<Outcome> = {
  readonly outcome: z.ZodMiniType<Outcome>;
  /** Rounds per page; 20 by default. */
  readonly limit?: number;
  /** Changes when a new round has been recorded, so that the list is read again. */
  readonly newest: number;
  /** The plural for rounds: "rounds". */
  readonly what: string;
  /** Shown while there are none. */
  readonly none: ReactNode;
  readonly className: string;
  /** Renders a line; null: the round is not listed. */
  readonly children: (past: Past<Outcome>) => ReactNode;
};

export function PastRounds<Outcome>({ outcome, limit = 20, newest, what, none, className, children }: Props<Outcome>) {
  const { room } = useAnyTable();
  const query = useInfiniteQuery(pastRounds(room, outcome, limit));
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["rounds", room], exact: true });
  }, [room, newest]);
  const lines = (query.data?.pages ?? [])
    .flatMap((page) => page.rounds)
    .map((past) => ({ key: past.round, line: children(past) }))
    .filter(({ line }) => line !== null);
  return (
    <>
      {query.isPending && <p className="label">Fetching the book &hellip;</p>}
      {query.isError && <p className="empty">The book of {what} cannot be read just now.</p>}
      {query.isSuccess && lines.length === 0 && <p className="empty">{none}</p>}
      <ul className={className}>
        {lines.map(({ key, line }) => (
          <Fragment key={key}>{line}</Fragment>
        ))}
      </ul>
      {query.hasNextPage && (
        <button
          type="button"
          className="btn mt-2 w-full"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {query.isFetchingNextPage ? "Fetching \u2026" : `Earlier ${what}`}
        </button>
      )}
    </>
  );
}

type LineProps = {
  readonly past: Past<unknown>;
  readonly face: ReactNode;
  readonly void: boolean;
  /** The visitor's profit; null: they did not take part. */
  readonly net: number | null;
};

/** A line that links to the round's page. */
export function RoundLine({ past, face, void: off, net }: LineProps) {
  const { room } = useAnyTable();
  return (
    <li>
      <Link to={roundPath(room, past.round)}>
        {face}
        <span className="flex-1">
          <span className="numerals">Round {amount(past.round)}</span>
          <span className="label block">{off ? "Void, stakes given back" : `${time(past.endedAt)} \u00b7 verify`}</span>
        </span>
        {net !== null && <Net net={net} />}
      </Link>
    </li>
  );
}

/** A signed, coloured profit. `even`: the class for 0. */
export function Net({ net, even = "" }: { readonly net: number; readonly even?: string }) {
  return (
    <span translate="no" className={`numerals ${net > 0 ? "text-won" : net < 0 ? "text-lost" : even}`}>
      {signed(net)}
    </span>
  );
}
