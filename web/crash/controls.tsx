import { Plus, Repeat, X } from "lucide-react";
import { Chip } from "../ui/chip.tsx";
import { DENOMINATIONS } from "../ui/denominations.ts";
import { amount, signed } from "../ui/format.ts";
import { useMedia } from "../ui/media.ts";
import { useMoney } from "../api/wallet.ts";
import { chipFault } from "../table/chips.ts";
import { say } from "../table/notice.ts";
import { useRest } from "../ui/rest.ts";
import { useSeat, useView } from "./context.tsx";
import { SlotBox } from "./slot.tsx";
import { setTwo, setDraft, useChosen, useTwo } from "./draft.ts";

/** The player's controls: two bets side by side, and the strategy. A small screen shows the second bet on request. */
export function Controls({ onStrategy }: { readonly onStrategy: () => void }) {
  const roomy = useMedia("(min-width: 700px)");
  const asked = useTwo();
  const seat = useSeat();
  const open = useView((view) => view.phase.name === "waiting" || view.phase.name === "betting");
  const busy = Math.max(seat?.bets.length ?? 0, (seat?.queued.length ?? 0) + (seat?.strategy == null ? 0 : 1)) > 1;
  const { attrs: resting } = useRest(String(asked));
  const two = roomy || asked || busy || (seat?.strategy != null && open);
  return (
    <div className="desk" data-two={two || undefined}>
      {roomy && <Rack />}
      <SlotBox slot="a" />
      {two && <SlotBox slot="b" />}
      <div className="desk-more">
        {!roomy && !busy && (
          <button type="button" className="action" data-testid="second-bet" {...resting} onClick={() => setTwo(!asked)}>
            {two ? <X size={18} aria-hidden="true" /> : <Plus size={18} aria-hidden="true" />}
            <span>{two ? "One bet" : "Second bet"}</span>
          </button>
        )}
        <StrategyAction onPress={onStrategy} />
      </div>
    </div>
  );
}

function StrategyAction({ onPress }: { readonly onPress: () => void }) {
  const seat = useSeat();
  const strategy = seat?.strategy ?? null;
  return (
    <button
      type="button"
      className="action"
      disabled={seat === null}
      aria-pressed={strategy !== null}
      title="Strategy (S)"
      data-testid="strategy"
      onClick={onPress}
    >
      <Repeat size={18} aria-hidden="true" />
      <span>Strategy</span>
      {strategy !== null && (
        <span className="numerals action-net" translate="no">
          {signed(strategy.net)}
        </span>
      )}
    </button>
  );
}

/** Chip buttons that set the amount of the selected bet. */
function Rack() {
  const slot = useChosen();
  const { minStake: least, maxStake: most } = useView((view) => view.config);
  const { atHand: balance } = useMoney();
  return (
    <div className="desk-rack" role="group" aria-label="Amount of the chosen bet">
      {DENOMINATIONS.map((value) => {
        const fault = chipFault(value, { least, most }, balance);
        return (
          <button
            key={value}
            type="button"
            className="desk-chip"
            aria-disabled={fault !== null || undefined}
            aria-label={`${amount(value)} chip`}
            title={fault ?? undefined}
            data-testid={`chip-${value}`}
            onClick={() => (fault === null ? setDraft(slot, { amount: String(value) }) : say(fault))}
          >
            <Chip amount={value} />
          </button>
        );
      })}
    </div>
  );
}
