import { elapsedTo } from "../../rooms/crash/curve.ts";
import { heightAt } from "./flight/shape.ts";
import { shortTimes } from "../ui/format.ts";

const SHOWN = 4;
const WIDE = 72;
const HIGH = 82;
const FLOOR = 116;
/** Higher flights are drawn at this height. */
const TOP_X100 = 2_000;

/** The last flights side by side as short curves with their ends, the newest at the right and brightest. */
export default function FlightArt({ ends }: { readonly ends: readonly number[] }) {
  const shown = ends.slice(0, SHOWN).toReversed();
  // Without any flight yet an invented curve is shown.
  const dream = shown.length === 0 ? thread((SHOWN - 1) * WIDE, 900) : null;
  return (
    <div className="lobby-art lobby-flights" aria-hidden="true">
      <svg viewBox={`0 0 ${WIDE * SHOWN + 16} 150`}>
        <defs>
          <linearGradient id="flight-brass" x1="0" y1="1" x2="0" y2="0">
            <stop offset="0" stopColor="#7a5f30" />
            <stop offset="1" stopColor="#f3dfae" />
          </linearGradient>
          <radialGradient id="flight-glow">
            <stop offset="0" stopColor="#ffe9b8" stopOpacity="0.55" />
            <stop offset="1" stopColor="#ffdc9a" stopOpacity="0" />
          </radialGradient>
        </defs>
        {dream !== null && (
          <path
            d={dream.d}
            fill="none"
            stroke="url(#flight-brass)"
            strokeWidth="3"
            strokeLinecap="round"
            opacity="0.35"
          />
        )}
        {shown.map((end, i) => {
          const left = (SHOWN - shown.length + i) * WIDE + 8;
          const { d, x, y } = thread(left, end);
          const fresh = (i + 1) / shown.length;
          return (
            <g key={left} opacity={0.3 + 0.7 * fresh ** 2}>
              <path d={d} fill="none" stroke="url(#flight-brass)" strokeWidth="3.5" strokeLinecap="round" />
              {i === shown.length - 1 && <circle cx={x} cy={y} r="28" fill="url(#flight-glow)" />}
              <circle cx={x} cy={y} r="4" fill="#fff3d6" />
              <text x={left + WIDE / 2 - 4} y={FLOOR + 24} textAnchor="middle" className="flight-end">
                {shortTimes(end)}
              </text>
            </g>
          );
        })}
        <path d={`M0 ${FLOOR + 0.5}H${WIDE * SHOWN + 16}`} stroke="rgb(240 226 190 / 0.18)" />
      </svg>
    </div>
  );
}

/** The game's curve, on a scale that makes short flights visible. */
function thread(left: number, endX100: number): { d: string; x: number; y: number } {
  const ms = elapsedTo(Math.min(endX100, TOP_X100));
  const whole = elapsedTo(TOP_X100);
  const steps = 18;
  const points = Array.from({ length: steps + 1 }, (_, i) => {
    const at = (ms * i) / steps;
    const x = left + (WIDE - 16) * Math.sqrt(at / whole);
    const y = FLOOR - HIGH * ((heightAt(at) - 1) / (TOP_X100 / 100 - 1)) ** 0.5;
    return { x: Number(x.toFixed(1)), y: Number(y.toFixed(1)) };
  });
  const last = points[steps] ?? { x: left, y: FLOOR };
  return { d: points.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join(""), ...last };
}
