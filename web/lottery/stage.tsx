import { createContext, useContext } from "react";
import type { Result } from "../../rooms/lottery/types.ts";
import { useView } from "./context.tsx";
import type { Stage } from "./draw.ts";

/** The draw currently shown, for parts of the page that must not reveal its result earlier. */
export const StageContext = createContext<Stage | null>(null);

/** Past draws, newest first, without the one whose ring is still turning. */
export function usePast(): readonly Result[] {
  const history = useView((view) => view.history);
  const act = useContext(StageContext)?.act;
  const turning = act?.name === "drawn" && !act.landed ? act.result.draw : null;
  return turning === null ? history : history.filter(({ draw }) => draw !== turning);
}
