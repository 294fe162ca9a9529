import { createContext, useContext } from "react";
import { ApiError } from "../../src/client/errors.ts";
import { Rest } from "../../src/client/rest.ts";
import type { Routes } from "../../src/client/routes.gen.ts";
import { asking } from "../api/client.ts";
import { queries } from "../api/queries.ts";
import { keptByTab } from "../ui/kept.ts";
import { Store, useStore } from "../ui/store.ts";
import { ROLES, type Operator, type Role } from "./shapes.ts";

/** The operator's key, and calls with it. The key is only in this tab's session storage and is lost when the tab closes. */

const STORED = "croupier.operator";

const key = new Store(keptByTab.get(STORED));
/** Why the key was dropped, if not by the operator. */
const why = new Store<string | null>(null);

export const useKey = (): string | null => useStore(key);
export const useWhy = (): string | null => useStore(why);

export function openDesk(given: string): void {
  keptByTab.set(STORED, given);
  why.set(null);
  key.set(given);
}

/** Forgets the key and all data read with it. */
export function closeDesk(reason: string | null = null): void {
  keptByTab.remove(STORED);
  why.set(reason);
  key.set(null);
  queries.removeQueries({ queryKey: ["operator"] });
}

/** A REST client with the current key. An invalid key closes the desk. */
const house: Pick<Rest, "request"> = {
  request: async (...asked) => {
    try {
      return await new Rest({ url: "", token: key.get(), tries: 2, waitMsMax: 0 }).request(...asked);
    } catch (error) {
      if (error instanceof ApiError && error.code === "not_an_operator") closeDesk("That key opens nothing here.");
      throw error;
    }
  },
};

/** Throws ApiError. */
export const ask = asking<Extract<keyof Routes, `${string} /api/operator/${string}`>>(house);

export const wordsOf = (error: unknown): string =>
  error instanceof ApiError
    ? [error.message, ...Object.values(error.fields)].join(" ")
    : "That did not work. Look again before you repeat it.";

const Me = createContext<Operator>({ name: "", role: "viewer" });
export const OperatorProvider = Me.Provider;
export const useOperator = (): Operator => useContext(Me);

/** Whether the operator's role is sufficient. Only for the page's buttons: the server checks it again. */
export function useMay(needed: Role): boolean {
  const { role } = useOperator();
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
