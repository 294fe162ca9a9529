import { useInfiniteQuery } from "@tanstack/react-query";
import { Waiting } from "../pages/frame.tsx";
import { clock, counted } from "../pages/words.ts";
import { day } from "../ui/format.ts";
import { ask } from "./desk.ts";
import { Bar, Unread } from "./parts.tsx";
import { audit, type AuditEntry } from "./shapes.ts";

/** The audit log, newest first. */
export function AuditLog() {
  const query = useInfiniteQuery({
    queryKey: ["operator", "audit"],
    queryFn: async ({ pageParam: cursor }) => ask("GET /api/operator/audit", audit, { query: { cursor } }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
  const again = (): void => void query.refetch();
  const first = query.data?.pages[0];
  const all = query.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <section className="page-section">
      <Bar title="Audit log" at={query.dataUpdatedAt} busy={query.isFetching} onAgain={again} />
      {query.isPending && <Waiting />}
      {query.isError && all.length === 0 && <Unread error={query.error} onAgain={again} />}
      {first !== undefined && first.unlisted > 0 && (
        <p className="label numerals">
          {counted(first.unlisted, "call")} without a key of ours more than there is room for.
        </p>
      )}
      <ol className="desk-list" data-testid="audit">
        {all.map((entry) => (
          <AuditLine key={entry.n} entry={entry} />
        ))}
      </ol>
      {query.hasNextPage && (
        <button type="button" className="btn self-start" onClick={() => void query.fetchNextPage()}>
          Earlier calls
        </button>
      )}
    </section>
  );
}

function AuditLine({ entry }: { readonly entry: AuditEntry }) {
  const { name, role, method, path, summary, client, requestId, at, result } = entry;
  const bad = result === null || result.status >= 400;
  return (
    <li className="desk-line" title={`Request ${requestId}, client ${client}`}>
      <div className="min-w-0">
        <p className="wrap-anywhere">
          <span className="label numerals">{method}</span> {path.replace("/api/operator", "")}
        </p>
        <p className="label numerals wrap-anywhere">
          {name === null ? "No key of ours" : `${name}, ${role}`}, {day(at)}, {clock(at)}
          {summary !== null && `: ${summary}`}
        </p>
      </div>
      <p className={`numerals text-right ${bad ? "text-lost" : ""}`}>
        {result === null ? "not finished" : `${result.outcome} ${result.status}`}
      </p>
    </li>
  );
}
