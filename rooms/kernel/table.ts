import type { Ms, PlayerId } from "../game.ts";

/**
 * What everybody sees of the room itself, whatever game is played: who is here, the fairness commitments, the last words of
 * the chat. Its steps travel in the same sequence as the game's, with the prefix `room.`.
 */

export const TABLE_PLAYERS_MAX = 60;
export const TABLE_CHAT_MAX = 30;
/** So many of those who have left are still known by name. */
export const TABLE_LEFT_MAX = 40;

export type Person = { readonly player: PlayerId; readonly name: string };
export type ChatLine = Person & { readonly text: string; readonly at: Ms };
export type Commitment = {
  readonly round: number;
  /** In a game of cards the SHA-256 of the roots of its eight decks (deck.ts); else the old name of `serverSeedHash`. */
  readonly hash: string;
  /** The SHA-256 of the round's server seed. In frames alone: kit/names.ts. */
  readonly serverSeedHash?: string;
  readonly roots?: readonly string[];
};
export type Revealed = {
  readonly round: number;
  /** Deprecated: `serverSeed`. */
  readonly seed: string;
  /** In frames alone: kit/names.ts. */
  readonly serverSeed?: string;
};
/** The decks that are not played, opened: null at the place of the one that is. */
export type Opened = { readonly round: number; readonly deck: number; readonly seeds: readonly (string | null)[] };

export type Table = {
  /** The first 60 players online, by arrival; whoever leaves makes room for the next. `online` counts all of them. */
  readonly players: readonly Person[];
  readonly online: number;
  /** Players who have left, the last one last: their bets and seats may still be here. Missing: nobody yet. */
  readonly left?: readonly Person[];
  /** The open round's commitment and the next one's, soonest first. */
  readonly commitments: readonly Commitment[];
  /** The last round's seed, revealed. */
  readonly revealed: Revealed | null;
  /** Of the last hand that was dealt, in a game of cards. */
  readonly opened: Opened | null;
  readonly chat: readonly ChatLine[];
  readonly status: "running" | "paused" | "faulted";
};

export type RoomDelta =
  | ({ readonly type: "room.committed" } & Commitment)
  | {
      readonly type: "room.revealed";
      readonly round: number;
      /** Deprecated: `serverSeed`. Null in a game of cards: what was not shown stays closed. */
      readonly seed: string | null;
      /** In frames alone: kit/names.ts. */
      readonly serverSeed?: string;
    }
  | ({ readonly type: "room.opened" } & Opened)
  /** `listed`: with the one who leaves, those who move up into `Table.players`. */
  | ({ readonly type: "room.presence"; readonly online: boolean; readonly listed?: readonly Person[] } & Person)
  | ({ readonly type: "room.chat" } & ChatLine)
  | { readonly type: "room.notice"; readonly status: Table["status"]; readonly message: string };

export const emptyTable: Table = {
  players: [],
  online: 0,
  commitments: [],
  revealed: null,
  opened: null,
  chat: [],
  status: "running",
};

/** Without what else an event may say. */
export function commitmentOf({ round, hash, serverSeedHash, roots }: Commitment): Commitment {
  const named = serverSeedHash === undefined ? { round, hash } : { round, hash, serverSeedHash };
  return roots === undefined ? named : { ...named, roots };
}

/** With who has just left, and without who is back. */
function leftAfter(left: Table["left"] = [], { player, name, online }: RoomDelta & { type: "room.presence" }) {
  const others = left.filter((one) => one.player !== player);
  return online ? others : [...others, { player, name }].slice(-TABLE_LEFT_MAX);
}

/** The client's step. Total. */
export function foldTable(table: Table, shown: RoomDelta): Table {
  switch (shown.type) {
    case "room.committed":
      return { ...table, commitments: [...table.commitments, commitmentOf(shown)] };
    case "room.revealed": {
      const { round, seed, serverSeed } = shown;
      const named = serverSeed === undefined ? {} : { serverSeed };
      return {
        ...table,
        commitments: table.commitments.filter((c) => c.round > round),
        revealed: seed === null ? null : { round, seed, ...named },
      };
    }
    case "room.opened":
      return { ...table, opened: { round: shown.round, deck: shown.deck, seeds: shown.seeds } };
    case "room.presence": {
      const others = table.players.filter((p) => p.player !== shown.player);
      const left = leftAfter(table.left, shown);
      if (!shown.online) {
        const listed = (shown.listed ?? []).slice(0, Math.max(0, TABLE_PLAYERS_MAX - others.length));
        return { ...table, players: [...others, ...listed], online: table.online - 1, left };
      }
      const players =
        others.length < TABLE_PLAYERS_MAX ? [...others, { player: shown.player, name: shown.name }] : others;
      return { ...table, players, online: table.online + 1, left };
    }
    case "room.chat": {
      const { player, name, text, at } = shown;
      return { ...table, chat: [...table.chat, { player, name, text, at }].slice(-TABLE_CHAT_MAX) };
    }
    case "room.notice":
      return { ...table, status: shown.status };
    default:
      shown satisfies never;
      return table;
  }
}
