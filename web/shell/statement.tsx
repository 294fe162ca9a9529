import { useInfiniteQuery, infiniteQueryOptions } from "@tanstack/react-query";
import { Link } from "react-router";
import { ask } from "../api/client.ts";
import { entries, type Entry } from "../api/shapes.ts";
import { useMoney } from "../api/wallet.ts";
import { drawOf } from "../awards/words.ts";
import { amount, moment, signed } from "../ui/format.ts";
import { titleOf } from "../games.ts";
import { roomOf, roundPath } from "../ui/rooms.ts";

const LINES = 10;

/** The balance is part of the key, so that the list is read again when it changes. */
const statementQuery = (balance: number | null) =>
  infiniteQueryOptions({
    queryKey: ["statement", balance],
    queryFn: ({ pageParam: cursor, signal }) =>
      ask("GET /api/balance/entries", entries, { query: { cursor, limit: LINES }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });

/** The statement, newest first. */
export default function Statement({ onLeave }: { readonly onLeave: () => void }) {
  const { balance } = useMoney();
  const query = useInfiniteQuery(statementQuery(balance));
  const lines = query.data?.pages.flatMap((page) => page.entries) ?? [];
  if (query.isError) return <p className="label">The statement cannot be read just now.</p>;
  if (query.isPending) return <p className="label">Fetching the statement &hellip;</p>;
  return (
    <div className="flex flex-col gap-3" data-testid="statement">
      <ul className="statement">
        {lines.map((entry) => (
          <li key={entry.n}>
            <span className="min-w-0">
              <Words entry={entry} onLeave={onLeave} />
              <span className="label block">{moment(entry.at)}</span>
            </span>
            <span className={`numerals text-right ${entry.amount > 0 ? "text-won" : ""}`} translate="no">
              {signed(entry.amount)}
              <span className="label block">{amount(entry.balance)}</span>
            </span>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <button
          type="button"
          className="btn"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          Earlier
        </button>
      )}
    </div>
  );
}

function Words({ entry, onLeave }: { readonly entry: Entry; readonly onLeave: () => void }) {
  const { kind, room, transfer } = entry;
  const place = room === null ? "" : titleOf(roomOf(room));
  switch (kind) {
    case "grant":
      return <>Welcome chips</>;
    case "faucet":
      return <>Fresh chips</>;
    case "topup":
      return <>To {place}</>;
    case "cashout":
      return <>Back from {place}</>;
    case "award": {
      const found = transfer === null ? null : drawOf({ id: transfer });
      if (found === null) return <>Won at the {place.toLowerCase()}</>;
      return (
        <Link className="statement-link" to={roundPath(found.room, found.draw)} onClick={onLeave}>
          Won at the {place.toLowerCase()}, draw {amount(found.draw)}
        </Link>
      );
    }
    case "operator":
      return <>Set by the house</>;
    default:
      return <>{kind}</>;
  }
}
