import type { Stats } from "../api/stats.ts";
import { Net } from "../pages/net.tsx";
import { percent } from "../pages/words.ts";
import { amount } from "../ui/format.ts";
import { titleOf } from "../games.ts";

/** A player's totals of a period in large tiles. Also used for other players. */
export function Tiles({ stats: { total, streaks } }: { readonly stats: Stats }) {
  const { rounds, wagered, returned, won, biggestWin } = total;
  return (
    <dl className="tiles" data-testid="tiles">
      <div className="tile tile-first">
        <dt>Result</dt>
        <dd data-testid="result">
          <Net net={returned - wagered} />
        </dd>
      </div>
      <Tile name="Staked" value={amount(wagered)} />
      <Tile name="Came back" value={amount(returned)} />
      <Tile name="Biggest win of one round" value={biggestWin === 0 ? "\u2013" : amount(biggestWin)} />
      <Tile name="Rounds" value={amount(rounds)} />
      <Tile name="Rounds won" value={amount(won)} more={percent(won, rounds)} />
      <Tile name="Now" value={nowWords(streaks.current)} more={longestWords(streaks)} />
    </dl>
  );
}

function Tile({ name, value, more = "" }: { readonly name: string; readonly value: string; readonly more?: string }) {
  return (
    <div className="tile">
      <dt>{name}</dt>
      <dd className="numerals">
        {value}
        {more !== "" && <small>{more}</small>}
      </dd>
    </div>
  );
}

function nowWords(current: number): string {
  if (current === 0) return "Even";
  if (Math.abs(current) === 1) return current > 0 ? "Won the last" : "Lost the last";
  return `${amount(Math.abs(current))} ${current > 0 ? "won" : "lost"} in a row`;
}

function longestWords({ longestWon, longestLost }: Stats["streaks"]): string {
  return `Longest: ${amount(longestWon)} won, ${amount(longestLost)} lost`;
}

/** The totals by game. */
export function ByGame({ games }: Pick<Stats, "games">) {
  return (
    <table className="sheet" data-testid="by-game">
      <thead>
        <tr>
          <th scope="col">Game</th>
          <th scope="col">Rounds</th>
          <th scope="col">Staked</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {Object.entries(games).map(([game, { rounds, wagered, returned }]) => (
          <tr key={game}>
            <th scope="row">{titleOf({ game, id: "main" })}</th>
            <td>{amount(rounds)}</td>
            <td>{amount(wagered)}</td>
            <td>
              <Net net={returned - wagered} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
