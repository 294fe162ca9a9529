import { createContext, useContext } from "react";

/** Dialogs that the tabs can open. */
export type Opens = { readonly topUp: () => void };

export const Opened = createContext<Opens>({ topUp: () => {} });

export function useOpens(): Opens {
  return useContext(Opened);
}
