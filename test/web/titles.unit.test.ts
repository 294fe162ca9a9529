import { expect, test } from "vitest";
import { games } from "../../rooms/games.ts";

/** By a name that the compiler of tests does not follow: it knows no JSX. */
const REGISTRY = "../../web/games.ts";

/** The page does not load a game's rules to know what it is called. */
test("each game has the same title on the page as in the API", async () => {
  const { webGames } = (await import(REGISTRY)) as { webGames: ReadonlyMap<string, { readonly title: string }> };
  const titles = [...games].map(([name, { lobby }]) => [name, lobby.title]);
  expect([...webGames].map(([name, { title }]) => [name, title])).toEqual(titles);
});
