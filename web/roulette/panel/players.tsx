import { useEffect, useState } from "react";
import { layoutOf } from "../../../rooms/roulette/layout.ts";
import type { Spot } from "../../../rooms/roulette/types.ts";
import { useYou } from "../../table/context.tsx";
import { HereNow, useNames } from "../../table/people.tsx";
import { amount, signed } from "../../ui/format.ts";
import { ask } from "../actions.ts";
import { useSeatedAt, useView } from "../context.tsx";
import { nameOf } from "../felt/words.ts";
import { Name } from "../../ui/name.tsx";

const SPOTS_SHOWN = 8;

/** The players present, the last winners, and the chips on the table. */
export function PlayersTab() {
  const you = useYou();
  const last = useView((view) => view.last);
  const names = useNames();
  return (
    <div className="flex flex-col gap-6">
      <Chips />
      {last !== null && last.winners.length > 0 && (
        <section>
          <h3 className="panel-sub">Winners of round {amount(last.round)}</h3>
          <table className="sheet">
            <tbody>
              {last.winners.map((winner) => (
                <tr key={winner.player}>
                  <th scope="row">
                    <Name>{winner.player === you ? "You" : names(winner.player)}</Name>
                  </th>
                  <td className="numerals text-won" translate="no">
                    {signed(winner.returned - winner.staked)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <HereNow />
    </div>
  );
}

/** The spots with the most chips; their players are shown on request. */
function Chips() {
  const totals = useView((view) => view.totals);
  const staked = useView((view) => view.staked);
  const count = useView((view) => view.players);
  const wheel = useView((view) => view.config.wheel);
  const [open, setOpen] = useState<Spot | null>(null);
  const { bySpot } = layoutOf(wheel);
  const spots = Object.entries(totals).sort(([, a], [, b]) => b - a);
  return (
    <section>
      <h3 className="panel-sub">
        On the felt{" "}
        <span className="numerals text-ivory-dim" translate="no">
          {amount(staked)}
        </span>
      </h3>
      {spots.length === 0 ? (
        <p className="empty">The felt is empty.</p>
      ) : (
        <>
          <p className="label mb-1">
            {count === 1 ? "One player" : `${amount(count)} players`}; touch a line to see who.
          </p>
          <ul className="spots">
            {spots.slice(0, SPOTS_SHOWN).map(([spot, sum]) => {
              const bet = bySpot.get(spot);
              return (
                <li key={spot}>
                  <button
                    type="button"
                    aria-expanded={open === spot}
                    onClick={() => setOpen(open === spot ? null : spot)}
                  >
                    <span>{bet === undefined ? spot : nameOf(bet)}</span>
                    <span className="numerals" translate="no">
                      {amount(sum)}
                    </span>
                  </button>
                  {open === spot && <Who spot={spot} key={spot} />}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}

type Line = { readonly player: string; readonly amount: number };

function Who({ spot }: { readonly spot: Spot }) {
  const { link } = useSeatedAt();
  const names = useNames();
  const [lines, setLines] = useState<readonly Line[] | null>(null);
  useEffect(() => {
    let gone = false;
    void ask(link, { type: "who", spot }).then((answer) => {
      if (!gone) setLines(answer.ok ? linesOf(answer.result) : []);
    });
    return () => {
      gone = true;
    };
  }, [link, spot]);
  if (lines === null) return <p className="label py-2">Looking &hellip;</p>;
  return (
    <ul className="who">
      {lines.map((line) => (
        <li key={line.player}>
          <Name className="truncate">{names(line.player)}</Name>
          <span className="numerals" translate="no">
            {amount(line.amount)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function linesOf(result: unknown): readonly Line[] {
  if (typeof result !== "object" || result === null || !("players" in result) || !Array.isArray(result.players))
    return [];
  return result.players.filter(isLine);
}

function isLine(value: unknown): value is Line {
  return (
    typeof value === "object" &&
    value !== null &&
    "player" in value &&
    typeof value.player === "string" &&
    "amount" in value &&
    typeof value.amount === "number"
  );
}
