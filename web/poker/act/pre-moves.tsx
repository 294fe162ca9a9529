import type { PreAction } from "../../../rooms/poker/types.ts";
import { amount } from "../../ui/format.ts";
import type { Acting } from "../acting.ts";
import { usePlayerNames } from "../names.ts";
import { useTable, useView } from "../context.tsx";
import type { Standing } from "../standing.ts";

type Props = { readonly acting: Acting; readonly standing: Extract<Standing, { is: "pre" }> };

/** Actions chosen before the player's turn. The table cancels them when the price changes. */
export function PreMoves({ acting, standing }: Props) {
  const { price, chosen } = standing;
  const pending = useTable((state) => state.pending.find(({ command }) => command.type === "preAction")?.command);
  const asked = pending?.type === "preAction" ? pending.action : undefined;
  const now = asked === undefined ? chosen : asked;
  const offers: readonly { action: PreAction["action"]; words: string; sum?: number }[] = [
    { action: "checkFold", words: "Check / fold" },
    price === 0 ? { action: "check", words: "Check" } : { action: "call", words: "Call", sum: price },
    { action: "callAny", words: "Call any" },
  ];
  return (
    <>
      <p className="act-line">
        <ToAct />
      </p>
      <div className="moves" role="group" aria-label="When your turn comes">
        {offers.map(({ action, words, sum }) => (
          <button
            key={action}
            type="button"
            className="move move-pre"
            aria-pressed={now === action}
            aria-busy={asked !== undefined && asked === action}
            data-testid={`pre-${action}`}
            onClick={() => acting.preAct(action)}
          >
            <span className="move-box" aria-hidden="true" />
            {words}
            {sum !== undefined && (
              <span className="move-sum numerals" translate="no">
                {amount(sum)}
              </span>
            )}
          </button>
        ))}
      </div>
    </>
  );
}

function ToAct() {
  const names = usePlayerNames();
  const player = useView(({ hand, seats }) => (hand?.turn == null ? null : (seats[hand.turn.seat]?.player ?? null)));
  return <>{player === null ? "The cards come." : `${names(player)} is to act. Choose ahead, if you like.`}</>;
}
