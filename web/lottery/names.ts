import { useMemo } from "react";
import { A_PLAYER, useNamesAsked } from "../api/names.ts";
import { useYou } from "../table/context.tsx";
import { useNameKnown } from "../table/names.ts";

/** Names of players. A winner need not have been in this room, so unknown names are requested from the server. */
export function useWho(): (player: string) => string {
  const known = useNameKnown();
  const asked = useNamesAsked();
  const you = useYou();
  return useMemo(
    () => (player: string) => (player === you ? "You" : (known(player) ?? asked(player) ?? A_PLAYER)),
    [known, asked, you],
  );
}
