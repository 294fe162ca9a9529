import { place } from "./words.ts";

const SHOWN = 5;
const ROW = 24;

/** The last numbers, each on its own rail from 0 to 9,999, the newest at the bottom and brightest. */
export default function DiceArt({ last }: { readonly last: readonly number[] }) {
  const rows = last.slice(0, SHOWN).toReversed();
  const rails = Array.from({ length: SHOWN }, (_, i) => ({ y: 16 + i * ROW, rolled: rows[i - (SHOWN - rows.length)] }));
  return (
    <div className="lobby-art lobby-flights" aria-hidden="true">
      <svg viewBox="0 0 304 132">
        {rails.map(({ y, rolled }, i) => (
          <g key={y} opacity={0.25 + (0.75 * (i + 1)) / SHOWN}>
            <rect x="8" y={y - 1.5} width="288" height="3" rx="1.5" fill="#f0e2be" opacity="0.16" />
            {rolled !== undefined && (
              <>
                <rect x="8" y={y - 1.5} width={place(rolled) * 2.88} height="3" rx="1.5" fill="#cba763" />
                <circle cx={8 + place(rolled) * 2.88} cy={y} r={i === SHOWN - 1 ? 7 : 5} fill="#fff3d6" />
              </>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}
