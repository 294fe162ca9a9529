import { useMemo } from "react";
import { useYou } from "../table/context.tsx";
import * as people from "../table/names.ts";
import { houseName, type NameOf } from "./house-names.ts";

/** Names at the table. Bots have names of their own, and are marked wherever they are shown. */

/** "You", a bot's name, the name of a player who is or was here, or "a guest". */
export function usePlayerNames(): NameOf {
  const known = people.useNameKnown();
  const you = useYou();
  return useMemo(
    () => (player: string) => (player === you ? "You" : (houseName(player) ?? known(player) ?? "a guest")),
    [known, you],
  );
}

/** For names on plates, where the visitor is not shown as "You". */
export function nameKnown(player: string): string | null {
  return houseName(player) ?? people.nameKnown(player);
}
