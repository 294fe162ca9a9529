import { createContext, useContext, useSyncExternalStore, type ReactNode } from "react";
import type { Table } from "../../rooms/kernel/table.ts";
import type { Link, LinkState } from "../live/link.ts";

/**
 * The table that components belong to. Components shared by all games (chat, players, fairness) use it as `AnyLink`; each game
 * makes hooks of its own types with `tableContext`.
 */

/** What all games have in common: a round number, the room's own state, and chat. */
export type AnyLink = Link<
  { readonly round: number },
  unknown,
  object,
  never,
  { readonly type: string; readonly text?: string }
>;
export type At<L> = { readonly link: L; readonly room: string };

const AnyTable = createContext<At<AnyLink> | null>(null);

export function useAnyTable(): At<AnyLink> {
  return here(useContext(AnyTable));
}

function useAny<T>(select: (state: ReturnType<AnyLink["get"]>) => T): T {
  const { link } = useAnyTable();
  return useSyncExternalStore(link.subscribe, () => select(link.get()));
}

/** A slice of the room's public state. Call it only once the table is known. */
export function useRoom<T>(select: (table: Table) => T): T {
  return useAny(({ known }) => select(sure(known).table));
}

/** Null for a spectator. */
export function useYou(): string | null {
  return useAny(({ known }) => known?.you ?? null);
}

export function useRound(): number {
  return useAny(({ known }) => sure(known).view.round);
}

export function useChatChars(): number {
  return useAny(({ known }) => known?.chatChars ?? 0);
}

export function useGate(): { readonly ended: ReturnType<AnyLink["get"]>["ended"]; readonly known: boolean } {
  return { ended: useAny((state) => state.ended), known: useAny((state) => state.known !== null) };
}

export function useConnected(): ReturnType<AnyLink["get"]>["connection"] {
  return useAny((state) => state.connection);
}

/** Makes the provider and the hooks of one game. */
export function tableContext<
  View extends { readonly round: number },
  PublicDelta,
  Seat extends object,
  PrivateDelta,
  Command extends { type: string },
>() {
  type TableLink = Link<View, PublicDelta, Seat, PrivateDelta, Command>;
  const Context = createContext<At<TableLink> | null>(null);
  const useSeatedAt = (): At<TableLink> => here(useContext(Context));
  /** `select` must return the same value for the same state. */
  const useTable = <T,>(select: (state: LinkState<View, Seat, Command>) => T): T => {
    const { link } = useSeatedAt();
    return useSyncExternalStore(link.subscribe, () => select(link.get()));
  };
  return {
    useSeatedAt,
    useTable,
    /** A slice of the game's view. Call it only once the table is known. */
    useView: <T,>(select: (view: View) => T): T => useTable(({ known }) => select(sure(known).view)),
    /** Null for a spectator. */
    useSeat: (): Seat | null => useTable(({ known }) => known?.seat ?? null),
    TableProvider: ({ value, children }: { readonly value: At<TableLink>; readonly children: ReactNode }) => (
      <AnyTable value={value}>
        <Context value={value}>{children}</Context>
      </AnyTable>
    ),
  };
}

function here<T>(found: T | null): T {
  if (found === null) throw new Error("not at a table");
  return found;
}

function sure<T>(known: T | null): T {
  if (known === null) throw new Error("the table is not known yet");
  return known;
}
