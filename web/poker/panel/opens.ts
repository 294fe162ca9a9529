import { createContext, useContext } from "react";

/** What the tabs may open beside themselves. */
export type Opens = { readonly topUp: () => void };

export const Opened = createContext<Opens>({ topUp: () => {} });

export function useOpens(): Opens {
  return useContext(Opened);
}
