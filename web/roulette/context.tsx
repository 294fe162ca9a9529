import { createContext, useContext, useSyncExternalStore } from "react";
import type { Seat, View } from "../../rooms/roulette/types.ts";
import type { Table } from "../../rooms/table.ts";
import type { TableLink, TableState } from "./sitting.ts";

/** The table that the parts of the page belong to. */
export const TableContext = createContext<{ readonly link: TableLink; readonly room: string } | null>(null);

export function useSeatedAt(): { readonly link: TableLink; readonly room: string } {
  const found = useContext(TableContext);
  if (found === null) throw new Error("not at a table");
  return found;
}

/** A slice of the table; `select` has to give the same thing for the same state. */
export function useTable<T>(select: (state: TableState) => T): T {
  const { link } = useSeatedAt();
  return useSyncExternalStore(link.subscribe, () => select(link.get()));
}

/** Slices of the game's view. Only used once the table is known. */
export function useView<T>(select: (view: View) => T): T {
  return useTable(({ known }) => {
    if (known === null) throw new Error("the table is not known yet");
    return select(known.view);
  });
}

/** Null for a spectator. */
export function useSeat(): Seat | null {
  return useTable(({ known }) => known?.seat ?? null);
}

export function useRoom<T>(select: (table: Table) => T): T {
  return useTable(({ known }) => {
    if (known === null) throw new Error("the table is not known yet");
    return select(known.table);
  });
}
