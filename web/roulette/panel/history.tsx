import * as z from "zod/mini";
import { colourOf, tally } from "../../../rooms/roulette/wheel.ts";
import { useYou } from "../../table/context.tsx";
import { PastRounds, RoundLine } from "../../table/past.tsx";
import { useView } from "../context.tsx";

/** Hot and cold numbers, and all past rounds with links to their proofs. */
export function HistoryTab() {
  return (
    <div className="flex flex-col gap-6">
      <HotAndCold />
      <Rounds />
    </div>
  );
}

const SHOWN = 4;
/** With fewer spins most numbers simply have not come yet, so no cold numbers are shown. */
const COLD_FROM = 37;

function HotAndCold() {
  const history = useView((view) => view.history);
  const wheel = useView((view) => view.config.wheel);
  if (history.length === 0) return <p className="empty">No spin yet. The first chip starts the clock.</p>;
  const counts = tally(wheel, history);
  const most = counts[0]?.times ?? 1;
  const order = [...counts].sort((a, b) => rank(a.pocket) - rank(b.pocket));
  return (
    <section>
      <h3 className="panel-sub">
        Last {history.length === 1 ? "spin" : <span className="numerals">{history.length} spins</span>}
      </h3>
      <div className="temper">
        <div>
          <span className="label">Hot</span>
          {counts
            .filter(({ times }) => times > 0)
            .slice(0, SHOWN)
            .map((one) => (
              <Pip key={one.pocket} {...one} />
            ))}
        </div>
        {history.length >= COLD_FROM && (
          <div>
            <span className="label">Cold</span>
            {counts
              .slice(-SHOWN)
              .reverse()
              .map((one) => (
                <Pip key={one.pocket} {...one} />
              ))}
          </div>
        )}
      </div>
      <div
        className="bars"
        role="img"
        aria-label={`How often each number came in ${history.length} spins; most often ${counts[0]?.pocket}, ${most} times`}
      >
        {order.map(({ pocket, times }) => (
          <span
            key={pocket}
            className={`bar bar-${colourOf(pocket)}`}
            style={{ height: `${Math.max(4, (times / most) * 100)}%` }}
            title={`${pocket}: ${times}`}
          />
        ))}
      </div>
      <p className="label mt-2">The wheel has no memory: none of this says what comes next.</p>
    </section>
  );
}

function Pip({ pocket, times }: { readonly pocket: string; readonly times: number }) {
  return (
    <span className="pip-count">
      <span className={`pip pip-${colourOf(pocket)} numerals`}>{pocket}</span>
      <span className="numerals label">{times}&times;</span>
    </span>
  );
}

const settled = z.object({
  result: z.nullable(z.string()),
  players: z.array(z.object({ player: z.string(), staked: z.number(), returned: z.number() })),
});

function Rounds() {
  const last = useView((view) => view.last?.round ?? 0);
  const you = useYou();
  return (
    <section>
      <h3 className="panel-sub">Rounds and their proofs</h3>
      <PastRounds outcome={settled} newest={last} what="rounds" none="No round is finished yet." className="rounds">
        {(past) => {
          const { result, players } = past.outcome;
          const mine = players.find(({ player }) => player === you);
          const face =
            result === null ? (
              <span className="pip pip-void">&ndash;</span>
            ) : (
              <span className={`pip pip-${colourOf(result)} numerals`}>{result}</span>
            );
          const net = mine === undefined ? null : mine.returned - mine.staked;
          return <RoundLine past={past} face={face} void={result === null} net={net} />;
        }}
      </PastRounds>
    </section>
  );
}

function rank(pocket: string): number {
  return pocket === "00" ? 0.5 : Number(pocket);
}
