import { Link } from "react-router";
import { GameIcon } from "../ui/game-icon.tsx";
import { pathOf, titleOf } from "../ui/rooms.ts";
import { useView } from "./context.tsx";
import { waysWords } from "./words.ts";

const TABLES = ["roulette", "crash", "poker"] as const;
const WHEN = { roulette: "with every spin", crash: "with every flight", poker: "with every hand" } as const;

/** Where tickets come from, with the way there. */
export function Ways() {
  const config = useView((view) => view.config);
  const tables = TABLES.filter((game) => config.games.length === 0 || config.games.includes(game));
  return (
    <section className="ways" aria-label="How tickets come">
      <p>{waysWords(config)}</p>
      <ul>
        {tables.map((game) => (
          <li key={game}>
            <Link to={pathOf({ game, id: "main" })} className="way">
              <GameIcon game={game} />
              <span>
                {titleOf({ game, id: "main" })}
                <span className="way-when">{WHEN[game]}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
