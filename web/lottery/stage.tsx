import { createContext, useContext } from "react";
import type { Result } from "../../rooms/lottery/types.ts";
import { useView } from "./context.tsx";
import type { Stage } from "./draw.ts";

/** What the hall shows just now, for the parts that must not tell more than it does. */
export const StageContext = createContext<Stage | null>(null);

/** The past draws, newest first; one whose ring still turns is not past yet. */
export function usePast(): readonly Result[] {
  const history = useView((view) => view.history);
  const act = useContext(StageContext)?.act;
  const turning = act?.name === "drawn" && !act.landed ? act.result.draw : null;
  return turning === null ? history : history.filter(({ draw }) => draw !== turning);
}
