import { useQuery } from "@tanstack/react-query";
import type { Player } from "../api/shapes.ts";
import { announce } from "../ui/announce.tsx";
import { amount, moment, time } from "../ui/format.ts";
import { LimitsForm } from "./limits-form.tsx";
import { cancelPending, limitsQuery, type Standing } from "./me.ts";
import { partUsed, pendingWords } from "./rules.ts";
import { useAction } from "./use-action.ts";
import { Fault } from "./who.tsx";

/** The player's own limits, and how much of each is used today. */
export function LimitsSection({ player }: { readonly player: Player }) {
  const { data, isError, refetch } = useQuery(limitsQuery(player.id));
  return (
    <section className="account-card" aria-labelledby="account-limits">
      <h2 id="account-limits">Your limits</h2>
      <p className="text-ivory-dim">
        A lower limit counts at once, at every table you sit at. A higher one, or none, counts after a day: time to
        sleep on it.
      </p>
      {data === undefined ? (
        isError ? (
          <>
            <p>Your limits cannot be read just now. They count all the same.</p>
            <button type="button" className="btn self-start" onClick={() => void refetch()}>
              Try again
            </button>
          </>
        ) : (
          <p className="label">One moment &hellip;</p>
        )
      ) : (
        <>
          <Today standing={data} />
          {data.pending !== null && <Pending player={player} standing={data} />}
          <LimitsForm player={player} limits={data.limits} />
        </>
      )}
    </section>
  );
}

function Today({ standing: { limits, used, session } }: { readonly standing: Standing }) {
  return (
    <dl className="account-today numerals" data-testid="limits-today">
      <Used title="Staked today" used={used.staked} limit={limits.stakePerDay} />
      {used.lost >= 0 ? (
        <Used title="Lost today" used={used.lost} limit={limits.lossPerDay} />
      ) : (
        <div>
          <dt>Ahead today</dt>
          <dd className="text-won">+{amount(-used.lost)}</dd>
        </div>
      )}
      {session !== null && (
        <div>
          <dt>At the tables</dt>
          <dd>
            since {time(session.startedAt)}
            <small>{sessionWords(session)}</small>
          </dd>
        </div>
      )}
    </dl>
  );
}

function sessionWords({ endsAt, breakUntil }: NonNullable<Standing["session"]>): string {
  if (breakUntil !== null) return `A pause until ${time(breakUntil)}`;
  return endsAt === null ? "No limit is set" : `Until ${time(endsAt)}, as you set it`;
}

function Used({
  title,
  used,
  limit,
}: {
  readonly title: string;
  readonly used: number;
  readonly limit: number | null;
}) {
  const part = partUsed(used, limit);
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {amount(used)}
        <small>{limit === null ? "No limit is set" : `of ${amount(limit)}${part === 1 ? ", all used" : ""}`}</small>
        {part !== null && (
          <span className="account-used" aria-hidden="true">
            <span style={{ width: `${part * 100}%` }} data-full={part === 1 || undefined} />
          </span>
        )}
      </dd>
    </div>
  );
}

function Pending({ player, standing }: { readonly player: Player; readonly standing: Standing }) {
  const { busy, error, run } = useAction();
  return (
    <div className="account-pending" data-testid="limits-pending">
      <p>From {moment(standing.pending?.at ?? 0)}:</p>
      <ul>
        {pendingWords(standing).map((words) => (
          <li key={words} className="numerals">
            {words}
          </li>
        ))}
      </ul>
      <Fault text={error} />
      <button
        type="button"
        className="btn self-start"
        disabled={busy}
        data-testid="limits-cancel"
        onClick={() => {
          void run(() => cancelPending(player.id)).then((done) => {
            if (done) announce("Your limits stay as they are.");
          });
        }}
      >
        Keep the limits I have
      </button>
    </div>
  );
}
