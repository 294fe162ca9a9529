import { useQuery } from "@tanstack/react-query";
import { PageFrame, Unread, Waiting } from "../pages/frame.tsx";
import { useNow } from "../pages/now.ts";
import { ago, counted } from "../pages/words.ts";
import type { Check, Health } from "../api/stats.ts";
import { healthQuery, type Felt } from "./query.ts";
import { factWords, partOf, STATE_WORDS, titleOf } from "./words.ts";
import "./health.css";

/** The state of each part of the system. */
export default function HealthPage() {
  const query = useQuery(healthQuery);
  const { data } = query;
  return (
    <PageFrame title="Health" lead="Everything that the house stands on, asked a moment ago.">
      {data === undefined && query.isError && (
        <Unread what="The house&rsquo;s health" onAgain={() => void query.refetch()} />
      )}
      {data === undefined && !query.isError && <Waiting words="Asking round" />}
      {data !== undefined && <Found felt={data} stale={query.isError} />}
    </PageFrame>
  );
}

function Found({ felt: { health, ms }, stale }: { readonly felt: Felt; readonly stale: boolean }) {
  const now = useNow();
  return (
    <>
      <section className="health-all" data-state={stale ? "down" : health.status} data-testid="health-status">
        <Light state={stale ? "down" : health.status} />
        <div>
          <p className="health-title">{stale ? "The house cannot be reached" : titleOf(health)}</p>
          <p className="text-ivory-dim numerals">
            Asked {ago(health.at, now)}; the answer came in {ms} ms.
          </p>
        </div>
      </section>
      <ul className="health-parts">
        {health.checks.map((check) => (
          <PartLine key={check.name} check={check} now={now} />
        ))}
      </ul>
      {health.bridge !== undefined && <Bridge reports={health.bridge} now={now} />}
    </>
  );
}

function PartLine({ check, now }: { readonly check: Check; readonly now: number }) {
  const { title, does, without } = partOf(check);
  const facts = factWords(check, now);
  return (
    <li className="health-part" data-state={check.state} data-testid={`health-${check.name}`}>
      <Light state={check.state} />
      <div>
        <h2>{title}</h2>
        <p className="text-ivory-dim">{check.state === "down" ? without : does}</p>
        {facts !== null && <p className="numerals">{facts}</p>}
      </div>
      <p className="health-state">
        {STATE_WORDS[check.state]}
        <span className="label numerals block">{check.ms} ms</span>
      </p>
    </li>
  );
}

/** The state is shown by shape as well as colour: full, half, hollow. */
function Light({ state }: { readonly state: Check["state"] }) {
  return <span className={`light light-${state}`} aria-hidden="true" />;
}

function Bridge({ reports, now }: { readonly reports: NonNullable<Health["bridge"]>; readonly now: number }) {
  return (
    <section className="page-section" aria-labelledby="bridge-title">
      <h2 id="bridge-title">The bridge to Kafka</h2>
      {reports.length === 0 && <p className="text-ivory-dim">It has said nothing yet. What waits for it is kept.</p>}
      <ul className="health-parts">
        {reports.map(({ topic, direction, state, records, lag, at }) => (
          <li key={`${topic} ${direction}`} className="health-part" data-state={state}>
            <Light state={state} />
            <div>
              <h3 className="text-lg">{direction === "to-kafka" ? `${topic}, to Kafka` : `${topic}, from Kafka`}</h3>
              <p className="numerals text-ivory-dim">
                {counted(records, "record")}
                {lag !== null && `, ${counted(lag, "record")} behind`}. Heard {ago(at, now)}.
              </p>
            </div>
            <p className="health-state">{STATE_WORDS[state]}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
