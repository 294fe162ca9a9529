import type { Ms, PlayerId } from "../game.ts";

/**
 * The public state of the room itself, in any game: the players, the fairness commitments, the latest chat. Its deltas share one
 * sequence with those of the game; their types have the prefix `room.`.
 */

export const TABLE_PLAYERS_MAX = 60;
export const TABLE_CHAT_MAX = 30;
/** How many of the players who have left are still known by name. */
export const TABLE_LEFT_MAX = 40;

export type Person = { readonly player: PlayerId; readonly name: string };
export type ChatLine = Person & { readonly text: string; readonly at: Ms };
export type Commitment = {
  readonly round: number;
  /** In a card game the SHA-256 of the roots of its eight decks (deck.ts); otherwise the old name of `serverSeedHash`. */
  readonly hash: string;
  /** The SHA-256 of the round's server seed. Only in frames: see kit/names.ts. */
  readonly serverSeedHash?: string;
  readonly roots?: readonly string[];
};
export type Revealed = {
  readonly round: number;
  /** Deprecated: use `serverSeed`. */
  readonly seed: string;
  /** Only in frames: see kit/names.ts. */
  readonly serverSeed?: string;
};
/** The seeds of the decks that are not played; null at the index of `deck`, the one that is. */
export type Opened = { readonly round: number; readonly deck: number; readonly seeds: readonly (string | null)[] };

export type Table = {
  /** The first 60 players online, by arrival; when one leaves, the next moves up. `online` counts all players. */
  readonly players: readonly Person[];
  readonly online: number;
  /** Players who have left, the latest last: their bets and seats may still be here. Missing: nobody has left yet. */
  readonly left?: readonly Person[];
  /** The open round's commitment and the next one's, soonest first. */
  readonly commitments: readonly Commitment[];
  /** The last round's seed, revealed. */
  readonly revealed: Revealed | null;
  /** The decks opened in the last hand that was dealt, in a card game. */
  readonly opened: Opened | null;
  readonly chat: readonly ChatLine[];
  readonly status: "running" | "paused" | "faulted";
};

export type RoomDelta =
  | ({ readonly type: "room.committed" } & Commitment)
  | {
      readonly type: "room.revealed";
      readonly round: number;
      /** Deprecated: use `serverSeed`. Null in a card game, where cards that were not shown stay secret. */
      readonly seed: string | null;
      /** Only in frames: see kit/names.ts. */
      readonly serverSeed?: string;
    }
  | ({ readonly type: "room.opened" } & Opened)
  /** `listed`: when a player leaves, those who move up into `Table.players`. */
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

/** Only the fields of a commitment, without other fields of the event. */
export function commitmentOf({ round, hash, serverSeedHash, roots }: Commitment): Commitment {
  const named = serverSeedHash === undefined ? { round, hash } : { round, hash, serverSeedHash };
  return roots === undefined ? named : { ...named, roots };
}

/** `Table.left` after a presence change: adds a player who has left, drops one who is back. */
function leftAfter(left: Table["left"] = [], { player, name, online }: RoomDelta & { type: "room.presence" }) {
  const others = left.filter((one) => one.player !== player);
  return online ? others : [...others, { player, name }].slice(-TABLE_LEFT_MAX);
}

/** Applies a public delta; clients use it too. Total. */
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
