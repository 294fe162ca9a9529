import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import { drawStream, encodeFields, FAIR_VERSION, SEED_BYTES, type Entropy, type SeedProof } from "./draw.ts";
import { HASH_BYTES, Keyed, shortHash } from "./sha256.ts";
import { climb, pathOf, rootOf as merkleRoot, treeOf } from "./merkle.ts";

/**
 * Cards that can be proved without showing those that were folded. A seed that deals a whole hand can never be revealed, so the
 * room commits to eight decks before it gets the client seeds:
 *
 *   deck k    = 52 cards in an order, each with a salt, all from a secret seed of its own
 *   leaf i    = SHA-256(0x00 || salt i || card i)        root = the Merkle root over the 52, nodes SHA-256(0x01 || left || right)
 *   commitment = SHA-256(root 0 || ... || root 7)
 *
 * The client seeds then pick the deck that is played and permute it, by a stream that anybody can compute from the roots and the
 * client seeds. The secret seeds of the seven other decks are revealed at once: each must give every card once and the published
 * root, so a house that manipulated one deck is caught seven times in eight. Of the deck that is played, a card is shown with its
 * salt and its path to the root; the cards that nobody was shown stay secret for good.
 */

export const DECKS = 8;
export const CARDS = 52;
const SALT_BYTES = 16;
/** The leaves are padded to a power of two with zeros, which no hash yields. */
const LEAVES = 64;
const EMPTY = Array.from({ length: LEAVES - CARDS }, () => new Uint8Array(HASH_BYTES));

/** A card of the deck that is played, as it is dealt. */
export type DealtCard = {
  /** 0 to 51: 4 times the rank (0 is the two, 12 the ace) plus the suit (clubs, diamonds, hearts, spades). */
  readonly card: number;
  readonly opening: Opening;
};

/** Proves the position of a card in a committed deck. */
export type Opening = {
  /** Its position in the hand: 0 is dealt first. */
  readonly position: number;
  /** 16 bytes, hex. */
  readonly salt: string;
  /** The sibling hashes on its path to the root, lowest first, 32 bytes each, hex. */
  readonly path: readonly string[];
};

/** The choice made by the client seeds: the deck that is played, and the leaf for each position of the hand. */
export type Pick = { readonly deck: number; readonly order: readonly number[] };

/** All that anybody needs to verify the cards they were shown. */
export type DeckProof = {
  readonly scheme: "deck";
  readonly room: string;
  readonly round: number;
  readonly commitment: string;
  readonly roots: readonly string[];
  readonly entropy: readonly Entropy[];
  /** The deck that was played; null when no cards were dealt. */
  readonly deck: number | null;
  /** The seeds of the other decks; null at the index of the one that was played, and everywhere when no cards were dealt. */
  readonly seeds: readonly (string | null)[];
};

export type Proof = SeedProof | DeckProof;

/** Narrows a proof to that of a round drawn from a seed. Throws on the proof of a hand of cards. */
export function seedProof(proof: Proof): SeedProof {
  if (proof.scheme !== "seed") throw new Error(`not a seed's proof but a ${proof.scheme}'s`);
  return proof;
}

/** The other decks' seeds, revealed once the client seeds have picked the one that is played. */
export function openedSeeds(secretHex: string, room: string, round: number, played: number): (string | null)[] {
  return Array.from({ length: DECKS }, (_, deck) => (deck === played ? null : deckSeed(secretHex, room, round, deck)));
}

const SALT_FIELDS = Array.from({ length: CARDS }, (_, i) => encodeFields(["salt", String(i)]));

/** `salts`: those of all cards in a row, 16 bytes each. */
type Deck = { readonly cards: readonly number[]; readonly salts: Uint8Array };

const saltAt = (salts: Uint8Array, leaf: number): Uint8Array =>
  salts.subarray(leaf * SALT_BYTES, (leaf + 1) * SALT_BYTES);

/** The seed of one of the eight decks, from the room's secret for the round. Revealing one says nothing about another. */
export function deckSeed(secretHex: string, room: string, round: number, deck: number): string {
  const secret = hexToBytes(secretHex);
  if (secret.length !== SEED_BYTES) throw new RangeError(`a secret has ${SEED_BYTES} bytes, not ${secret.length}`);
  return bytesToHex(hmac(sha256, secret, encodeFields([FAIR_VERSION, "deck", room, String(round), String(deck)])));
}

function deckOf(seedHex: string): Deck {
  const keyed = new Keyed(hexToBytes(seedHex));
  const cards = drawStream(seedHex, "", 0, [], "cards").shuffle(Array.from({ length: CARDS }, (_, card) => card));
  const salts = new Uint8Array(CARDS * SALT_BYTES);
  for (let i = 0; i < CARDS; i++) {
    const salt = keyed.of(SALT_FIELDS[i] as Uint8Array);
    for (let byte = 0; byte < SALT_BYTES; byte++) salts[i * SALT_BYTES + byte] = salt[byte] as number;
  }
  return { cards, salts };
}

/** The Merkle root of the deck that a seed gives: checks a deck that was revealed. */
export function rootOf(deckSeedHex: string): string {
  return merkleRoot(levelsOf(deckOf(deckSeedHex)));
}

/** The cards of a revealed deck, in its own order. */
export function cardsOfSeed(deckSeedHex: string): readonly number[] {
  return deckOf(deckSeedHex).cards;
}

/** The eight roots and the commitment over them. */
export function commitDecks(secretHex: string, room: string, round: number): { hash: string; roots: string[] } {
  const roots = Array.from({ length: DECKS }, (_, deck) => rootOf(deckSeed(secretHex, room, round, deck)));
  return { hash: commitmentOf(roots), roots };
}

export function commitmentOf(roots: readonly string[]): string {
  return bytesToHex(sha256(concatBytes(...roots.map(hexToBytes))));
}

/** From public data alone: the commitment and the client seeds. */
export function pickOf(commitment: string, room: string, round: number, entropy: readonly Entropy[]): Pick {
  const draw = drawStream(commitment, room, round, entropy, "deck");
  const deck = draw.int(DECKS);
  return { deck, order: draw.shuffle(Array.from({ length: CARDS }, (_, leaf) => leaf)) };
}

/** The deck that is played, to deal from. Secret: it must not leave the room. */
export class PlayedDeck {
  readonly #deck: Deck;
  readonly #levels: readonly (readonly Uint8Array[])[];
  readonly #order: readonly number[];

  constructor(secretHex: string, room: string, round: number, pick: Pick) {
    this.#deck = deckOf(deckSeed(secretHex, room, round, pick.deck));
    this.#levels = levelsOf(this.#deck);
    this.#order = pick.order;
  }

  /** The card at a position of the hand, from 0, with its opening. Throws on a position beyond the deck. */
  card(position: number): DealtCard {
    const leaf = this.#order[position];
    const card = leaf === undefined ? undefined : this.#deck.cards[leaf];
    if (leaf === undefined || card === undefined) throw new RangeError(`no card at position ${position}`);
    const salt = bytesToHex(saltAt(this.#deck.salts, leaf));
    return { card, opening: { position, salt, path: pathOf(this.#levels, leaf) } };
  }
}

/** Whether an opened card is the one at its position of the deck with this root. */
export function opens({ card, opening }: DealtCard, root: string, pick: Pick): boolean {
  const leaf = pick.order[opening.position];
  const known = Number.isInteger(card) && card >= 0 && card < CARDS;
  if (leaf === undefined || !known || !/^[0-9a-f]{32}$/.test(opening.salt)) return false;
  return climb(cardHash(hexToBytes(opening.salt), 0, card), leaf, LEAVES, opening.path) === root;
}

function levelsOf({ cards, salts }: Deck): readonly (readonly Uint8Array[])[] {
  const leaves = cards.map((card, i) => cardHash(salts, i * SALT_BYTES, card));
  return treeOf([...leaves, ...EMPTY]);
}

/** Buffers for what a leaf's hash is of: 0x00, the salt, and the card's number in ASCII. One for each number of digits. */
const LEAF_MESSAGES = [1, 2].map((digits) => new Uint8Array(1 + SALT_BYTES + digits));

/** `leafHash` (merkle.ts) of a salt and a card. Throws for a number of more than two digits. */
function cardHash(salts: Uint8Array, at: number, card: number): Uint8Array {
  const digits = String(card);
  const message = LEAF_MESSAGES[digits.length - 1];
  if (message === undefined) throw new RangeError(`no card ${card}`);
  for (let byte = 0; byte < SALT_BYTES; byte++) message[1 + byte] = salts[at + byte] as number;
  for (let i = 0; i < digits.length; i++) message[1 + SALT_BYTES + i] = digits.charCodeAt(i);
  return shortHash(message);
}
