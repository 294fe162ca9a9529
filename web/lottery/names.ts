import { useMemo } from "react";
import { A_PLAYER, useNamesAsked } from "../api/names.ts";
import { useYou } from "../table/context.tsx";
import { useNameKnown } from "../table/names.ts";

/** What players are called. Who wins here has played at other tables and need not have been here: the house is asked. */
export function useWho(): (player: string) => string {
  const known = useNameKnown();
  const asked = useNamesAsked();
  const you = useYou();
  return useMemo(
    () => (player: string) => (player === you ? "You" : (known(player) ?? asked(player) ?? A_PLAYER)),
    [known, asked, you],
  );
}
