import { Minus, Plus } from "lucide-react";
import { memo, useState, type KeyboardEvent } from "react";
import { decompose, SECTORS, type Call } from "../../../rooms/roulette/calls.ts";
import { layoutOf } from "../../../rooms/roulette/layout.ts";
import type { Pocket } from "../../../rooms/roulette/types.ts";
import { colourOf, wheelOrder, type Wheel } from "../../../rooms/roulette/wheel.ts";
import { amount } from "../../ui/format.ts";
import { useView } from "../context.tsx";
import { light, useLit } from "../felt/lit.ts";
import { useStake } from "../stake.ts";
import { field, piece, walk, type Stadium } from "./shape.ts";

const LYING: Stadium = { length: 480, breadth: 164, band: 41, upright: false };
const UPRIGHT: Stadium = { length: 440, breadth: 316, band: 64, upright: true };

type Named = keyof typeof SECTORS;
const NAMES: Readonly<Record<Named, string>> = {
  tiers: "Tiers",
  orphelins: "Orphelins",
  voisins: "Voisins",
  "jeu-zero": "Z\u00e9ro",
};
/** The first and last pocket of each sector's arcs on the wheel. */
const ARCS: Readonly<Record<Named, readonly (readonly [Pocket, Pocket])[]>> = {
  tiers: [["27", "33"]],
  orphelins: [
    ["17", "6"],
    ["1", "9"],
  ],
  voisins: [
    ["22", "28"],
    ["19", "25"],
  ],
  "jeu-zero": [["12", "15"]],
};

export type TrackProps = { readonly onCall: (call: Call) => void; readonly upright?: boolean };

/** The numbers in the wheel's order as a track. A press bets on a number and its neighbours, or on a whole sector. */
export function Racetrack({ onCall, upright = false }: TrackProps) {
  const shape = upright ? UPRIGHT : LYING;
  const [width, height] = upright ? [shape.breadth, shape.length] : [shape.length, shape.breadth];
  const wheel = useView((view) => view.config.wheel);
  const stake = useStake();
  const [k, setK] = useState(2);
  const order = wheelOrder(wheel);
  const [cursor, setCursor] = useState(0);
  const single = wheel !== "american";

  const point = (call: Omit<Call, "amount"> | null): void => light(call === null ? null : coveredBy(wheel, call));
  const neighbours = (pocket: Pocket): Omit<Call, "amount"> => ({
    name: "neighbours",
    n: pocket === "00" ? pocket : Number(pocket),
    k,
  });
  const steer = (event: KeyboardEvent<SVGSVGElement>): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const current = event.target;
    if (by === undefined || !(current instanceof SVGElement) || current.dataset["pocket"] === undefined) return;
    event.preventDefault();
    const next = (cursor + by + order.length) % order.length;
    setCursor(next);
    event.currentTarget.querySelector<SVGElement>(`[data-pocket="${order[next]}"]`)?.focus();
  };

  return (
    <div className="track" role="group" aria-label="Racetrack">
      <svg
        viewBox={`-2 -2 ${width + 4} ${height + 4}`}
        className="track-map"
        onKeyDown={steer}
        onPointerLeave={() => point(null)}
      >
        {single &&
          (Object.keys(NAMES) as Named[]).map((name) => (
            <Sector
              key={name}
              name={name}
              shape={shape}
              order={order}
              onPoint={point}
              onPress={() => onCall({ name, amount: stake })}
            />
          ))}
        {!single && (
          <text x={width / 2} y={height / 2} textAnchor="middle" dominantBaseline="central" className="track-hint">
            A number and its neighbours
          </text>
        )}
        {order.map((pocket, i) => (
          <Pocketed
            key={pocket}
            pocket={pocket}
            shape={shape}
            index={i}
            count={order.length}
            tabbable={i === cursor}
            label={`${pocket} and ${k} neighbours on each side, ${amount(stake * (2 * k + 1))} in all`}
            onPoint={() => point(neighbours(pocket))}
            onPress={() => {
              setCursor(i);
              onCall({ ...neighbours(pocket), amount: stake });
            }}
          />
        ))}
      </svg>
      <div className="track-more">
        <div className="stepper" role="group" aria-label="Neighbours on each side">
          <span className="label">Neighbours</span>
          <button type="button" aria-label="Fewer" disabled={k === 0} onClick={() => setK(k - 1)}>
            <Minus size={16} aria-hidden="true" />
          </button>
          <output className="numerals">{k}</output>
          <button type="button" aria-label="More" disabled={k === 9} onClick={() => setK(k + 1)}>
            <Plus size={16} aria-hidden="true" />
          </button>
        </div>
        <div className="finales" role="group" aria-label="Finales: all numbers that end in">
          <span className="label">Finales</span>
          {Array.from({ length: 10 }, (_, n) => (
            <button
              key={n}
              type="button"
              className="numerals"
              aria-label={`Finale ${n}: ${coveredBy(wheel, { name: "finales", n }).join(", ")}`}
              onPointerEnter={() => point({ name: "finales", n })}
              onPointerLeave={() => point(null)}
              onFocus={() => point({ name: "finales", n })}
              onBlur={() => point(null)}
              onClick={() => onCall({ name: "finales", n, amount: stake })}
            >
              {n}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}

/** The numbers that a call bet covers. */
function coveredBy(wheel: Wheel, call: Omit<Call, "amount">): readonly Pocket[] {
  const called = decompose(wheel, { ...call, amount: 1 });
  if ("refused" in called) return [];
  const { bySpot } = layoutOf(wheel);
  return called.bets.flatMap(({ spot }) => bySpot.get(spot)?.pockets ?? []);
}

type NumberProps = {
  readonly pocket: Pocket;
  readonly shape: Stadium;
  readonly index: number;
  readonly count: number;
  readonly tabbable: boolean;
  readonly label: string;
  readonly onPoint: () => void;
  readonly onPress: () => void;
};

const Pocketed = memo(function Pocketed({
  pocket,
  shape,
  index,
  count,
  tabbable,
  label,
  onPoint,
  onPress,
}: NumberProps) {
  const lit = useLit(pocket);
  const from = (index - 0.5) / count;
  const middle = walk(shape, index / count, shape.band / 2);
  return (
    <g
      role="button"
      tabIndex={tabbable ? 0 : -1}
      aria-label={label}
      data-pocket={pocket}
      data-lit={lit || undefined}
      className={`track-number track-${colourOf(pocket)}`}
      onPointerEnter={onPoint}
      onFocus={onPoint}
      onClick={onPress}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        onPress();
      }}
    >
      <path d={piece(shape, from, from + 1 / count)} />
      <text x={middle.x} y={middle.y} textAnchor="middle" dominantBaseline="central">
        {pocket}
      </text>
    </g>
  );
});

type SectorProps = {
  readonly name: Named;
  readonly shape: Stadium;
  readonly order: readonly Pocket[];
  readonly onPoint: (call: Omit<Call, "amount"> | null) => void;
  readonly onPress: () => void;
};

function Sector({ name, shape, order, onPoint, onPress }: SectorProps) {
  const chips = SECTORS[name].reduce((sum, [, each]) => sum + each, 0);
  const stretches = ARCS[name].map(([first, last]): readonly [number, number] => {
    const from = order.indexOf(first);
    const to = order.indexOf(last);
    return [(from - 0.5) / order.length, ((to < from ? to + order.length : to) + 0.5) / order.length];
  });
  // The zero sector reaches into the voisins, so their label is moved.
  const aside = name === "voisins" ? shape.band * 0.36 : 0;
  const { path, middle } = field(shape, stretches, name === "jeu-zero" ? shape.band * 0.62 : 0);
  const at = shape.upright ? { x: middle.x, y: middle.y + aside } : { x: middle.x - aside, y: middle.y };
  return (
    <g
      role="button"
      tabIndex={0}
      aria-label={`${name === "jeu-zero" ? "Jeu z\u00e9ro" : NAMES[name]}, ${chips} chips`}
      className="track-sector"
      data-testid={`call-${name}`}
      onPointerEnter={() => onPoint({ name })}
      onFocus={() => onPoint({ name })}
      onBlur={() => onPoint(null)}
      onClick={onPress}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        onPress();
      }}
    >
      <path d={path} />
      <text x={at.x} y={at.y - 4} textAnchor="middle">
        {NAMES[name]}
      </text>
      <text x={at.x} y={at.y + 13} textAnchor="middle" className="track-chips">
        {chips} chips
      </text>
    </g>
  );
}
