import { Link } from "react-router";
import { GameIcon } from "../ui/game-icon.tsx";
import { TICKET_GAMES, titleOf, webGames } from "../games.ts";
import { pathOf } from "../ui/rooms.ts";
import { useView } from "./context.tsx";
import { tablesOf, waysWords } from "./words.ts";

/** Where tickets come from, with links. */
export function Ways() {
  const config = useView((view) => view.config);
  const tables = tablesOf(config, TICKET_GAMES);
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
                <span className="way-when">{webGames.get(game)?.tickets}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
