import { times, type Round } from "../../../rooms/fair/check.ts";
import type { Outcome } from "../../../rooms/crash/due.ts";
import { elapsedTo } from "../../../rooms/crash/curve.ts";

const WIDTH = 760;
const HEIGHT = 240;
const PAD = { left: 8, right: 92, top: 26, bottom: 34 } as const;
const POINTS = 96;
/** Labels longer than this are placed before the end of the curve, not after it. */
const LABEL_BESIDE = 7;
/** The most cash-outs to draw: more would merge into a line. */
const DOTS_MAX = 200;

/** Shorter flights are not drawn. */
const SEEN_MS = 400;

type Props = { readonly round: Round; readonly outcome: Outcome; readonly asked: string | null };

/** The continuous curve, in hundredths, for drawing. */
function exact(elapsed: number): number {
  return 100 * Math.exp(0.00006 * elapsed);
}

/** The finished flight: its curve, and a dot for each cash-out. */
export function Arc({ round, outcome, asked }: Props) {
  const { startedAt, endX100, forced } = outcome;
  if (startedAt === null) return null;
  const last = endX100 === null ? round.endedAt - startedAt : elapsedTo(endX100);
  if (last < SEEN_MS) return null;
  const top = Math.max(endX100 ?? 0, exact(last));
  const height = top - 100;
  const x = (elapsed: number): number => PAD.left + (elapsed / last) * (WIDTH - PAD.left - PAD.right);
  const y = (x100: number): number => HEIGHT - PAD.bottom - ((x100 - 100) / height) * (HEIGHT - PAD.top - PAD.bottom);
  const line = Array.from({ length: POINTS + 1 }, (_, i) => {
    const elapsed = (last * i) / POINTS;
    return `${x(elapsed).toFixed(1)},${y(Math.min(exact(elapsed), top)).toFixed(1)}`;
  });
  const end = { x: x(last), y: y(top) };
  const outs = outcome.bets.flatMap(({ id, out }) => (out === null ? [] : [{ id, ...out }]));
  const shown = outs.filter(({ id }, i) => i < DOTS_MAX || String(id) === asked);
  const label = endX100 === null ? "void" : `${times(endX100)}\u00d7`;
  const floor = HEIGHT - PAD.bottom;
  return (
    <figure className="arc" data-forced={forced || undefined} data-void={endX100 === null || undefined}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words(outcome, last, outs.length)}>
        <polygon className="arc-under" points={`${x(0)},${floor} ${line.join(" ")} ${end.x.toFixed(1)},${floor}`} />
        <line className="arc-floor" x1={PAD.left} x2={WIDTH - 8} y1={floor} y2={floor} />
        <polyline className="arc-line" points={line.join(" ")} />
        {shown.map(({ id, x100, at, by }) => (
          <circle
            key={id}
            className={String(id) === asked ? "arc-dot arc-asked" : "arc-dot"}
            data-by={by}
            cx={x(at - startedAt)}
            cy={y(Math.min(x100, top))}
            r={String(id) === asked ? 8 : 4.5}
          />
        ))}
        <circle className="arc-end" cx={end.x} cy={end.y} r={5.5} />
        {label.length <= LABEL_BESIDE ? (
          <text className="arc-words" x={end.x + 14} y={end.y + 7}>
            {label}
          </text>
        ) : (
          <text className="arc-words" x={end.x - 14} y={end.y + 7} textAnchor="end">
            {label}
          </text>
        )}
        <text className="arc-axis" x={PAD.left} y={HEIGHT - 10}>
          start
        </text>
        <text className="arc-axis" x={end.x} y={HEIGHT - 10} textAnchor="middle">
          {(last / 1_000).toFixed(2)} s
        </text>
      </svg>
    </figure>
  );
}

function words({ endX100, forced, bets }: Outcome, last: number, outs: number): string {
  const how = endX100 === null ? "was called off" : `${forced ? "was ended by force" : "crashed"} at ${times(endX100)}`;
  return `The flight ${how} after ${(last / 1_000).toFixed(2)} seconds; ${outs} of ${bets.length} bets were out by then.`;
}
