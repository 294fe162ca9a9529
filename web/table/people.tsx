import { useMemo } from "react";
import { amount } from "../ui/format.ts";
import { useRoom, useYou } from "./context.tsx";
import { useNameKnown } from "./names.ts";
import { Name } from "../ui/name.tsx";
import { initialOf } from "../ui/initial.ts";

/** The players present at the table. */
export function HereNow() {
  const { players, online } = useRoom((table) => table);
  const you = useYou();
  return (
    <section>
      <h3 className="panel-sub">
        Here now{" "}
        <span className="numerals text-ivory-dim" translate="no">
          {amount(online)}
        </span>
      </h3>
      {players.length === 0 ? (
        <p className="empty">Nobody yet. The table is yours.</p>
      ) : (
        <ul className="people">
          {players.map(({ player, name }) => (
            <li key={player}>
              <span className="face" aria-hidden="true" translate="no">
                {initialOf(name)}
              </span>
              <Name className="truncate">{name}</Name>
              {player === you && <span className="label">you</span>}
            </li>
          ))}
        </ul>
      )}
      {online > players.length && <p className="label mt-2">and {amount(online - players.length)} more</p>}
    </section>
  );
}

/** A player's name, or "a guest". */
export function useNames(): (player: string) => string {
  const known = useNameKnown();
  return useMemo(() => (player: string) => known(player) ?? "a guest", [known]);
}
