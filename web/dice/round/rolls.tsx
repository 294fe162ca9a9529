import { X, Check } from "lucide-react";
import { dueOf, drawnFor } from "../../../rooms/dice/check.ts";
import type { Recount } from "../../../rooms/dice/rolls.ts";
import { okOf, tidied } from "../../rounds/claim.ts";
import { useNames } from "../../rounds/parts.tsx";
import type { Claim } from "../../rounds/record.ts";
import { amount, signed } from "../../ui/format.ts";
import { Name } from "../../ui/name.tsx";
import { betWords, digits } from "../words.ts";

type Props = {
  readonly claim: Claim;
  readonly outcome: Recount;
  readonly chosen: number | null;
  /** The player whose rolls are highlighted; null: none. */
  readonly player: string | null;
  readonly onChoose: (nonce: number) => void;
};

/** All rolls of the round, recomputed. */
export function Rolls({ claim, outcome, chosen, player, onChoose }: Props) {
  const nameOf = useNames();
  const opens = okOf(claim.verdict, "seal") === true;
  const { proof } = tidied(claim.round);
  return (
    <section>
      <h2>Every roll, by its nonce</h2>
      <div className="dice-table">
        <table className="sheet" data-testid="round-rolls">
          <thead>
            <tr>
              <th scope="col">Nonce</th>
              <th scope="col">Player</th>
              <th scope="col">Bet</th>
              <th scope="col">Rolled</th>
              <th scope="col">Result</th>
              <th scope="col">
                <span className="sr-only">Checked</span>
              </th>
            </tr>
          </thead>
          <tbody className="numerals">
            {outcome.rolls.map((roll, nonce) => {
              const ok = opens && drawnFor(proof, nonce) === roll.rolled && dueOf(roll) === roll.payout;
              return (
                <tr
                  key={`${nonce} ${roll.player}`}
                  data-chosen={nonce === chosen || undefined}
                  data-mine={roll.player === player || undefined}
                >
                  <td>
                    <button
                      type="button"
                      className="dice-nonce"
                      aria-label={`Show how roll ${nonce} is drawn`}
                      aria-pressed={nonce === chosen}
                      onClick={() => onChoose(nonce)}
                    >
                      {nonce}
                    </button>
                  </td>
                  <th scope="row">
                    <Name>{nameOf(roll.player)}</Name>
                  </th>
                  <td>
                    {amount(roll.amount)} {betWords(roll)}
                  </td>
                  <td translate="no">{digits(roll.rolled)}</td>
                  <td className={roll.payout > 0 ? "text-won" : "text-lost"} translate="no">
                    {signed(roll.payout - roll.amount)}
                  </td>
                  <td className={ok ? "text-won" : "text-lost"}>
                    {ok ? <Check size={16} aria-hidden="true" /> : <X size={16} aria-hidden="true" />}
                    <span className="sr-only">{ok ? "fits" : "does not fit"}</span>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
