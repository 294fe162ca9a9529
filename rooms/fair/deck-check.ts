import { bytesToHex } from "@noble/hashes/utils.js";
import { counted, fingerprintOf, type DeckRound, type Fact, type Step } from "./check.ts";
import { CARDS, cardsOfSeed, commitmentOf, pickOf, rootOf, type Pick } from "./deck.ts";
import { encodeFields, drawFields } from "./draw.ts";

/**
 * Checks the decks of a hand from its public record: that the roots make the commitment, that the client seeds picked the deck
 * that was played, and that the seven others are complete. Which cards were dealt from it is checked by the game.
 */

const HASH = /^[0-9a-f]{64}$/;

/** The deck and order that the client seeds chose; null when the roots do not make the commitment. */
export function pickedBy({ proof }: DeckRound): Pick | null {
  const { commitment, room, round, entropy } = proof;
  return sealed(proof) ? pickOf(commitment, room, round, entropy) : null;
}

function sealed({ roots, commitment }: DeckRound["proof"]): boolean {
  return roots.every((root) => HASH.test(root)) && commitmentOf(roots) === commitment;
}

export function deckSteps(round: DeckRound): readonly Step[] {
  return [sealOf(round), pickStep(round), openedStep(round)];
}

function sealOf({ proof }: DeckRound): Step {
  const { roots, commitment } = proof;
  const ok = sealed(proof);
  return {
    id: "seal",
    title: "The roots of eight decks make the commitment",
    ok,
    says: ok
      ? "SHA-256 of the eight roots is the commitment: no deck was put together afterwards."
      : "SHA-256 of the eight roots is not the commitment: these are not the decks that were committed to.",
    facts: [
      ...roots.map((root, i): Fact => ({ name: `root ${i}`, value: root })),
      { name: "commitment", value: commitment },
    ],
  };
}

function pickStep(round: DeckRound): Step {
  const { room, round: n, deck, commitment, entropy } = round.proof;
  const pick = pickedBy(round);
  const ok = deck === null ? null : pick !== null && pick.deck === deck;
  return {
    id: "draw",
    title: "The words pick the deck",
    ok,
    says:
      deck === null
        ? "No cards were dealt, so no deck was picked and none was opened."
        : pick === null
          ? "Without the roots that were committed to nothing can be picked."
          : ok === true
            ? "The stream under the commitment and the words gives the deck that was played, and the order in which its cards come."
            : `The stream gives deck ${pick.deck}, and another was played.`,
    facts: [
      { name: "key", value: commitment },
      { name: "message", value: bytesToHex(encodeFields(drawFields(room, n, entropy, "deck"))) },
      ...(pick === null || deck === null
        ? []
        : [
            { name: "deck", value: String(pick.deck) },
            { name: "order", value: pick.order.join(" ") },
          ]),
      { name: "played", value: deck === null ? "none" : String(deck) },
    ],
  };
}

/** Every deck but the one that was played must be open, hold each card once, and have the root that was published. */
function openedStep({ proof }: DeckRound): Step {
  const { deck, seeds, roots } = proof;
  const facts = seeds.map((seed, i): Fact => {
    const name = `deck ${i}`;
    if (deck === null || i === deck) {
      const closed = deck === null ? "never used, closed for good" : "played: closed but for the cards that were shown";
      return { name, value: seed === null ? closed : "opened, and it must not be", ok: seed === null };
    }
    const fault = faultOf(seed, roots[i] ?? "");
    return { name, value: fault === null ? `${seed}` : `${seed ?? "closed"}: ${fault}`, ok: fault === null };
  });
  const wrong = facts.filter((fact) => fact.ok === false).length;
  return {
    id: "opened",
    title: "The other decks are open",
    ok: deck === null && wrong === 0 ? null : wrong === 0,
    says:
      wrong > 0
        ? `${counted(wrong, "deck")} of eight ${wrong === 1 ? "is" : "are"} not as committed to.`
        : deck === null
          ? "Nothing was dealt from any of them."
          : "Each of the seven has every card once and the root that was published. A house that prepares one deck is caught here seven times in eight.",
    facts,
  };
}

function faultOf(seed: string | null, root: string): string | null {
  if (seed === null) return "it has to be open";
  // A deck's seed is 32 bytes of hex, like a server seed.
  if (fingerprintOf(seed) === null) return "a seed is 64 digits of hex, and this is none";
  if (new Set(cardsOfSeed(seed)).size !== CARDS) return "a card is not there, or there twice";
  return rootOf(seed) === root ? null : "its root is another than the one that was published";
}
