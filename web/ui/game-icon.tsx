import { Dices } from "lucide-react";
import { webGames } from "../games.ts";

/** The icon of a game. */
export function GameIcon({ game, size = 22 }: { readonly game: string; readonly size?: number }) {
  const Icon = webGames.get(game)?.icon ?? Dices;
  return <Icon size={size} aria-hidden="true" />;
}
