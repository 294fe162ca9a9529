import { useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from "react";
import { layoutOf, type LegalBet } from "../../../rooms/roulette/layout.ts";
import type { Spot } from "../../../rooms/roulette/types.ts";
import { useSeat, useTable, useView } from "../context.tsx";
import { pendingOf, type Sums } from "../expected.ts";
import { useAim, type Aim } from "./aim.ts";
import { light } from "./lit.ts";
import { neighbour, type Direction, type Turn } from "./place.ts";
import { SpotButton } from "./spot-button.tsx";
import { nameOf, oddsOf } from "./words.ts";

export type FeltProps = {
  readonly turn: Turn;
  readonly onBet: (spot: Spot) => void;
  /** The spot that is pointed at, for the line below. */
  readonly onPoint: (bet: LegalBet | null) => void;
  /** Whether the ball has come to rest. */
  readonly landed: boolean;
};

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};
const NOTHING: Sums = {};
const FLASH_MS = 1_400;

/** The layout for keyboard and pointer: one tab stop, arrows between boxes, Shift and arrows onto the lines between them. */
export function Felt({ turn, onBet, onPoint, landed }: FeltProps) {
  const felt = useRef<HTMLDivElement>(null);
  const fading = useRef<ReturnType<typeof setTimeout>>(undefined);
  const wheel = useView((view) => view.config.wheel);
  const phase = useView((view) => view.phase);
  const totals = useView((view) => view.totals);
  const round = useView((view) => view.round);
  const seat = useSeat();
  const waiting = useTable((state) => state.pending);
  const { bets, bySpot } = layoutOf(wheel);
  const [cursor, setCursor] = useState<Spot>("straight:17");

  const [aim, setAim] = useState<Aim | null>(null);
  useAim(
    felt,
    bets,
    turn,
    (next) => {
      setAim(next);
      point(next?.bet);
    },
    (bet) => onBet(bet.spot),
  );

  const pending = useMemo(() => (seat === null ? NOTHING : pendingOf(wheel, seat, waiting)), [wheel, seat, waiting]);
  const paid = phase.name === "settled" && seat?.paid?.round === round - 1 ? seat.paid : null;
  const lying = useMemo((): Sums => {
    if (seat === null) return NOTHING;
    return paid === null ? seat.bets : Object.fromEntries(seat.last.map(({ spot, amount }) => [spot, amount]));
  }, [seat, paid]);
  const wins = useMemo(() => new Map((paid?.wins ?? []).map((win) => [win.spot, win.returned])), [paid]);

  const closed = phase.name !== "waiting" && phase.name !== "open";
  const result = "result" in phase && landed ? phase.result : null;

  const betAt = (target: EventTarget | null): LegalBet | undefined => {
    const spot = target instanceof Element ? target.closest<HTMLElement>("[data-spot]")?.dataset["spot"] : undefined;
    return spot === undefined ? undefined : bySpot.get(spot);
  };
  const point = (bet: LegalBet | undefined): void => {
    light(bet?.pockets ?? null);
    onPoint(bet ?? null);
  };
  const press = (event: MouseEvent): void => {
    const bet = betAt(event.target);
    if (bet === undefined) return;
    setCursor(bet.spot);
    onBet(bet.spot);
    if (!matchMedia("(hover: hover)").matches) flash(bet);
  };
  // After a tap the spot that the finger covered stays highlighted for a moment.
  const flash = (bet: LegalBet): void => {
    point(bet);
    clearTimeout(fading.current);
    fading.current = setTimeout(() => point(undefined), FLASH_MS);
  };
  const steer = (event: KeyboardEvent): void => {
    const way = ARROWS[event.key];
    const from = bySpot.get(cursor);
    if (way === undefined || from === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = neighbour(bets, from, way, turn, event.shiftKey);
    setCursor(next.spot);
    felt.current?.querySelector<HTMLElement>(`[data-spot="${next.spot}"]`)?.focus();
  };
  const over = (event: PointerEvent): void => {
    if (event.pointerType !== "touch") point(betAt(event.target));
  };

  return (
    <div
      ref={felt}
      className={`felt felt-${turn}`}
      data-closed={closed || undefined}
      data-wheel-kind={wheel}
      role="group"
      aria-label="Betting layout"
      aria-describedby="felt-help"
      onClick={press}
      onKeyDown={steer}
      onPointerOver={over}
      onPointerLeave={() => point(undefined)}
      onFocus={(event) => {
        if (event.target.matches(":focus-visible")) point(betAt(event.target));
      }}
      onBlur={() => point(undefined)}
    >
      <p id="felt-help" className="sr-only">
        Arrow keys move from box to box, with Shift onto the lines between. Enter places the chosen chip.
      </p>
      {bets.map((bet) => {
        const mine = (lying[bet.spot] ?? 0) + (pending[bet.spot] ?? 0);
        const returned = wins.get(bet.spot) ?? 0;
        return (
          <SpotButton
            key={bet.spot}
            bet={bet}
            wheel={wheel}
            turn={turn}
            mine={Math.max(0, mine)}
            pending={(pending[bet.spot] ?? 0) !== 0}
            others={Math.max(0, (totals[bet.spot] ?? 0) - (seat?.bets[bet.spot] ?? 0))}
            fate={paid === null ? null : returned > 0 ? "won" : "lost"}
            returned={returned}
            marked={bet.kind === "straight" && bet.pockets[0] === result}
            tabbable={bet.spot === cursor}
            closed={closed}
          />
        );
      })}
      {aim !== null && (
        <p className="aim" style={{ left: `clamp(100px, ${aim.x}px, 100% - 100px)`, top: aim.y }} aria-hidden="true">
          <strong>{nameOf(aim.bet)}</strong> {oddsOf(aim.bet, wheel)}
        </p>
      )}
    </div>
  );
}
