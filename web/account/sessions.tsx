import { useQuery } from "@tanstack/react-query";
import type { Player } from "../api/shapes.ts";
import { announce } from "../ui/announce.tsx";
import { moment } from "../ui/format.ts";
import { endSession, sessionsQuery, type SignedIn } from "./me.ts";
import { useAction } from "./use-action.ts";
import { Fault } from "./who.tsx";

/** Lists the player's sessions, with buttons to end them. */
export function Sessions({ player }: { readonly player: Player }) {
  const { data, isError, refetch } = useQuery(sessionsQuery(player.id));
  const { busy, error, run } = useAction();
  const end = (which: Parameters<typeof endSession>[1]): void => {
    void run(() => endSession(player.id, which)).then((done) => {
      if (done) announce("others" in which ? "All other sessions are ended." : "The session is ended.");
    });
  };
  const others = data?.filter(({ current }) => !current) ?? [];
  const sessions = [...(data?.filter(({ current }) => current) ?? []), ...others];
  return (
    <section className="account-card" aria-labelledby="account-sessions">
      <h2 id="account-sessions">Where you are logged in</h2>
      {data === undefined &&
        (isError ? (
          <>
            <p>Your sessions cannot be read just now.</p>
            <button type="button" className="btn self-start" onClick={() => void refetch()}>
              Try again
            </button>
          </>
        ) : (
          <p className="label">One moment &hellip;</p>
        ))}
      {data !== undefined && (
        <ul className="account-sessions" data-testid="sessions">
          {sessions.map((one) => (
            <li key={one.id} data-current={one.current || undefined}>
              <Line session={one} />
              {!one.current && (
                <button
                  type="button"
                  className="btn"
                  disabled={busy}
                  aria-label={`End the session that began on ${moment(one.startedAt)}`}
                  onClick={() => end({ id: one.id })}
                >
                  End it
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Fault text={error} />
      {others.length > 1 && (
        <button
          type="button"
          className="btn self-start"
          disabled={busy}
          data-testid="sessions-end-others"
          onClick={() => end({ others: true })}
        >
          End all {others.length} others
        </button>
      )}
    </section>
  );
}

function Line({ session: { startedAt, expiresAt, current } }: { readonly session: SignedIn }) {
  return (
    <span className="numerals min-w-0">
      {current ? "Here, since" : "Since"} {moment(startedAt)}
      <span className="label block">Ends by itself on {moment(expiresAt)}</span>
    </span>
  );
}
