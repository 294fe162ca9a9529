import { Eraser, Repeat, RotateCcw, Undo2 } from "lucide-react";
import { useEffect, useMemo, type ReactNode } from "react";
import { Chip } from "../ui/chip.tsx";
import { amount } from "../ui/format.ts";
import { useMoney } from "../api/wallet.ts";
import { chipFault } from "../table/chips.ts";
import { say } from "../table/notice.ts";
import { useRest, type Resting } from "../ui/rest.ts";
import { useAsk } from "./actions.ts";
import { useSeat, useTable, useView } from "./context.tsx";
import { pendingOf, sumOf } from "./expected.ts";
import { rackOf, setRack, setStake, useStake } from "./stake.ts";
import { takesOf } from "./takes.ts";

type Props = {
  readonly onAuto: () => void;
  /** Shows the racetrack in place of the felt; null where both are visible. */
  readonly track: { readonly open: boolean; readonly toggle: () => void } | null;
};

/** The player's controls: the selected chip, and actions on the bets on the felt. */
export function Controls({ onAuto, track }: Props) {
  const ask = useAsk();
  const wheel = useView((view) => view.config.wheel);
  const phase = useView((view) => view.phase.name);
  const seat = useSeat();
  const waiting = useTable((state) => state.pending);
  const staked = seat === null ? 0 : seat.staked + sumOf(pendingOf(wheel, seat, waiting));
  const open = phase === "waiting" || phase === "open";
  const auto = seat?.auto ?? null;
  const { attrs: resting } = useRest(String(track?.open));
  return (
    <div className="controls">
      <p className="my-stake">
        <span>Your bets</span>
        <strong className="numerals" translate="no" data-testid="my-stake">
          {amount(Math.max(0, staked))}
        </strong>
      </p>
      <Rack staked={staked} />
      <div className="actions" role="group" aria-label="Your bets">
        <Action
          id="undo"
          words="Undo"
          hint="Backspace"
          off={!open || ((seat?.undos ?? 0) === 0 && waiting.length === 0)}
          onPress={() => ask({ type: "undo" })}
        >
          <Undo2 size={20} aria-hidden="true" />
        </Action>
        <Action
          id="clear"
          words="Clear"
          hint="Delete"
          off={!open || staked <= 0}
          onPress={() => ask({ type: "clear" })}
        >
          <Eraser size={20} aria-hidden="true" />
        </Action>
        <Action id="double" words="Double" hint="D" off={!open || staked <= 0} onPress={() => ask({ type: "double" })}>
          <span className="action-sign" aria-hidden="true">
            &times;2
          </span>
        </Action>
        <Action
          id="repeat"
          words="Repeat"
          hint="R"
          off={!open || (seat?.last.length ?? 0) === 0}
          onPress={() => ask({ type: "repeat" })}
        >
          <RotateCcw size={20} aria-hidden="true" />
        </Action>
        <Action
          id="auto"
          words={auto === null ? "Auto" : `Auto ${auto.left}`}
          hint="A"
          off={seat === null}
          pressed={auto !== null}
          onPress={onAuto}
        >
          <Repeat size={20} aria-hidden="true" />
        </Action>
        {track !== null && (
          <Action
            id="track"
            resting={resting}
            words={track.open ? "Felt" : "Track"}
            hint="T"
            off={false}
            pressed={track.open}
            onPress={track.toggle}
          >
            <TrackIcon />
          </Action>
        )}
      </div>
    </div>
  );
}

/** Chips that the table would refuse now are dim, and say why. */
function Rack({ staked }: { readonly staked: number }) {
  const stake = useStake();
  const takes = takesOf(
    useView((view) => view.config),
    staked,
  );
  const { atHand: balance } = useMoney();
  const config = useView((view) => view.config);
  const rack = useMemo(() => rackOf(config), [config]);
  useEffect(() => setRack(rack), [rack]);
  return (
    <div className="rack" role="group" aria-label="Chip in hand">
      {rack.map((value, i) => {
        const fault = chipFault(value, takes, balance);
        return (
          <button
            key={value}
            type="button"
            className="rack-chip"
            aria-pressed={stake === value}
            aria-disabled={fault !== null || undefined}
            aria-label={`${amount(value)} chip`}
            aria-keyshortcuts={String(i + 1)}
            title={fault ?? undefined}
            data-chip={value}
            data-testid={`chip-${value}`}
            onClick={() => (fault === null ? setStake(value) : say(fault))}
          >
            <Chip amount={value} />
          </button>
        );
      })}
    </div>
  );
}

type ActionProps = {
  readonly id: string;
  readonly words: string;
  readonly hint: string;
  readonly off: boolean;
  readonly pressed?: boolean;
  readonly resting?: Resting["attrs"];
  readonly onPress: () => void;
  readonly children: ReactNode;
};

function Action({ id, words, hint, off, pressed, resting, onPress, children }: ActionProps) {
  return (
    <button
      type="button"
      className="action"
      disabled={off}
      aria-pressed={pressed}
      title={`${words} (${hint})`}
      data-testid={id}
      {...resting}
      onClick={onPress}
    >
      {children}
      <span>{words}</span>
    </button>
  );
}

function TrackIcon() {
  return (
    <svg
      width="22"
      height="20"
      viewBox="0 0 24 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      aria-hidden="true"
    >
      <rect x="1.5" y="3" width="21" height="14" rx="7" />
      <rect x="6" y="7.5" width="12" height="5" rx="2.5" />
    </svg>
  );
}
