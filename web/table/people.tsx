import { useMemo } from "react";
import type { Person } from "../../rooms/table.ts";
import { amount } from "../ui/format.ts";
import { useRoom, useYou } from "./context.tsx";

/** Who is at the table. */
export function HereNow() {
  const { players, online } = useRoom((table) => table);
  const you = useYou();
  return (
    <section>
      <h3 className="panel-sub">
        Here now <span className="numerals text-ivory-dim">{amount(online)}</span>
      </h3>
      {players.length === 0 ? (
        <p className="empty">Nobody yet. The table is yours.</p>
      ) : (
        <ul className="people">
          {players.map(({ player, name }) => (
            <li key={player}>
              <span className="face" aria-hidden="true">
                {name.slice(0, 1).toUpperCase()}
              </span>
              <span className="truncate">{name}</span>
              {player === you && <span className="label">you</span>}
            </li>
          ))}
        </ul>
      )}
      {online > players.length && <p className="label mt-2">and {amount(online - players.length)} more</p>}
    </section>
  );
}

/** Names of those who are here; others are "a guest". */
export function useNames(): (player: string) => string {
  const players = useRoom((table) => table.players);
  return useMemo(() => {
    const names = new Map<string, string>(players.map(({ player, name }: Person) => [player, name]));
    return (player) => names.get(player) ?? "a guest";
  }, [players]);
}
