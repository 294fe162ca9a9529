/**
 * Fields of the API that were renamed. During one protocol version the house sends both names and accepts either, but refuses two
 * different values. All code that knows both names is in this file. Stored data keeps the old names.
 */

type Names = { readonly [name: string]: string };

/** Renamed options of a game, also in the rules of a record: old name to new name. */
const OPTIONS = { rakeX10000: "rakeBps", prizeShare: "prizeBps" } as const;
/** Renamed fields in the proof of a round that was drawn from a server seed. */
const SEED_PROOF = { commitment: "serverSeedHash", seed: "serverSeed", entropy: "clientSeeds" } as const;
/** Renamed fields in the proof of a hand of cards, whose commitment is the SHA-256 of the deck roots and keeps its name. */
const DECK_PROOF = { entropy: "clientSeeds" } as const;
/** Renamed fields of a command. */
const COMMAND = { entropy: "clientSeed" } as const;

export type OptionName = keyof typeof OPTIONS;
/** The new name of an option that was renamed, or undefined. */
export const newOptionName = (name: string): string | undefined =>
  Object.hasOwn(OPTIONS, name) ? OPTIONS[name as OptionName] : undefined;

type Both<T, N extends Names> = T & { readonly [Old in keyof T & keyof N as N[Old]]: T[Old] };
/** Rules or a config with both names. */
export type NamedRules<T> = Both<T, typeof OPTIONS>;
/** A view, or a record, whose `config` or `rules` has both names. */
export type Named<T> = { readonly [Key in keyof T]: Key extends "config" | "rules" ? NamedRules<T[Key]> : T[Key] };
/** The proof of a round with both names. */
export type NamedProof<P> = P extends { readonly scheme: "deck" }
  ? Both<P, typeof DECK_PROOF>
  : Both<P, typeof SEED_PROOF>;

type Fields = { readonly [name: string]: unknown };
const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function both<T extends object>(value: T, names: Names): T {
  const found = Object.entries(names).filter(([old]) => Object.hasOwn(value, old));
  if (found.length === 0) return value;
  return { ...value, ...Object.fromEntries(found.map(([old, name]) => [name, (value as Fields)[old]])) };
}

/** A value with one name for each field. `differ`: pairs of names that were both given, with different values. */
export type Given = { readonly value: unknown; readonly differ: readonly (readonly [string, string])[] };

/** Renames fields as `aliases` says, old key to new. */
function one(value: unknown, aliases: Names): Given {
  if (!isObject(value)) return { value, differ: [] };
  const twice = Object.entries(aliases).filter(([alias]) => Object.hasOwn(value, alias));
  if (twice.length === 0) return { value, differ: [] };
  const differ = twice.filter(
    ([alias, name]) => Object.hasOwn(value, name) && JSON.stringify(value[alias]) !== JSON.stringify(value[name]),
  );
  const aliased = new Map(twice);
  const read = Object.entries(value).map(([name, given]) => [aliased.get(name) ?? name, given] as const);
  return { value: Object.fromEntries(read), differ };
}

const inverse = (names: Names): Names => Object.fromEntries(Object.entries(names).map(([old, name]) => [name, old]));

export const differWords = ([a, b]: readonly [string, string]): string =>
  `\`${a}\` and \`${b}\` are two names of one thing, and here they differ. Give one of them.`;

// ---- input ----

/** A command from a socket, with the new names. */
export function readCommandNames(command: unknown): Given {
  const { value, differ } = one(command, COMMAND);
  const renamed = isObject(value) && value["type"] === "entropy" ? { ...value, type: "clientSeed" } : value;
  return { value: renamed, differ };
}

/** The config of a new room, with the old names. */
export const readOptionNames = (config: unknown): Given => one(config, inverse(OPTIONS));

/** A round's record to be verified, with the old names. */
export function readRecordNames(record: unknown): Given {
  if (!isObject(record)) return { value: record, differ: [] };
  const { proof, outcome } = record;
  const proved = one(proof, inverse(isObject(proof) && proof["scheme"] === "deck" ? DECK_PROOF : SEED_PROOF));
  const rules = one(isObject(outcome) ? outcome["rules"] : undefined, inverse(OPTIONS));
  const value = {
    ...record,
    ...("proof" in record ? { proof: proved.value } : {}),
    ...(isObject(outcome) && "rules" in outcome ? { outcome: { ...outcome, rules: rules.value } } : {}),
  };
  return { value, differ: [...proved.differ, ...rules.differ] };
}

// ---- output, with both names ----

/** The config of a room. */
export const namedConfig = (config: unknown): unknown => (isObject(config) ? both(config, OPTIONS) : config);

/** A view with its config, or a finished round's outcome with its rules. */
export function namedView<T>(view: T): T {
  if (!isObject(view)) return view;
  const found = Object.entries(view).filter(([key, value]) => (key === "config" || key === "rules") && isObject(value));
  if (found.length === 0) return view;
  return { ...view, ...Object.fromEntries(found.map(([key, value]) => [key, namedConfig(value)])) };
}

export function namedProof<P extends { readonly scheme: string }>(proof: P): NamedProof<P> {
  return both(proof, proof.scheme === "deck" ? DECK_PROOF : SEED_PROOF) as NamedProof<P>;
}

type Committed = { readonly hash: string; readonly roots?: readonly string[] };

/** A commitment that is published before a round. That of a hand of cards is not of a seed, and keeps its name. */
export function namedCommitment<C extends Committed>(commitment: C): C & { readonly serverSeedHash?: string } {
  return commitment.roots === undefined ? { ...commitment, serverSeedHash: commitment.hash } : commitment;
}

/** A seed that is revealed after a round. */
export function namedSeed<R extends { readonly seed: string | null }>(
  revealed: R,
): R & { readonly serverSeed?: string } {
  return revealed.seed === null ? revealed : { ...revealed, serverSeed: revealed.seed };
}

type Table = {
  readonly commitments: readonly Committed[];
  readonly revealed: { readonly seed: string | null } | null;
};

/** The room's public table, as the welcome has it. */
export function namedTable<T extends Table>(table: T): T {
  const { commitments, revealed } = table;
  return {
    ...table,
    commitments: commitments.map(namedCommitment),
    revealed: revealed === null ? null : namedSeed(revealed),
  };
}

/** A public delta of the room. Only those of a round's commitment and of its revealed seed have renamed fields. */
export function namedDelta<D extends { readonly type: string }>(delta: D): D {
  if (delta.type === "room.committed") return namedCommitment(delta as D & Committed);
  return delta.type === "room.revealed" ? namedSeed(delta as D & { readonly seed: string | null }) : delta;
}
