import { RotateCcw } from "lucide-react";
import { useMemo, useState } from "react";
import type { DeckRound } from "../../../rooms/fair/check.ts";
import { checker, outcomeOf } from "../../../rooms/poker/check.ts";
import { verifyBy, type Verdict } from "../../../rooms/fair/verify.ts";

/** A claimed hand: as published, or with a lie added, to see the check fail. */
export type HandClaim = {
  readonly round: DeckRound;
  readonly verdict: Verdict;
  readonly lie: string | null;
  readonly tell: (lie: Lie | null) => void;
};

type Lie = { readonly words: string; readonly of: (round: DeckRound) => DeckRound };

export function useHandClaim(told: DeckRound): HandClaim {
  const [lie, tell] = useState<Lie | null>(null);
  const round = useMemo(() => (lie === null ? told : lie.of(told)), [told, lie]);
  const verdict = useMemo(() => verifyBy(checker, round), [round]);
  return { round, verdict, lie: lie?.words ?? null, tell };
}

/** Changes that a dishonest casino might make to this hand. */
const LIES: readonly Lie[] = [
  {
    words: "Another card on the board, or in the hand",
    of: (round) => {
      const hand = outcomeOf(round);
      if (hand === null) return round;
      const used = new Set(
        [...hand.board, ...hand.players.flatMap(({ cards }) => cards ?? [])].map(({ card }) => card),
      );
      const card = Array.from({ length: 52 }, (_, i) => i).find((one) => !used.has(one)) ?? 0;
      const [first] = hand.board;
      if (first !== undefined) return { ...round, outcome: { ...hand, board: hand.board.with(0, { ...first, card }) } };
      const players = hand.players.map((one) => ({
        ...one,
        cards: one.cards === null ? null : one.cards.map((dealt, i) => (i === 0 ? { ...dealt, card } : dealt)),
      }));
      return { ...round, outcome: { ...hand, players } };
    },
  },
  {
    words: "A chip more for the first seat",
    of: (round) => {
      const hand = outcomeOf(round);
      if (hand === null) return round;
      const players = hand.players.map((one, i) => (i === 0 ? { ...one, end: one.end + 1 } : one));
      return { ...round, outcome: { ...hand, players } };
    },
  },
  {
    words: "Another word in the draw",
    of: (round) => ({
      ...round,
      proof: { ...round.proof, entropy: [...round.proof.entropy, { player: "somebody", value: "late words" }] },
    }),
  },
  {
    words: "One of the other decks prepared",
    of: (round) => {
      const { seeds, deck } = round.proof;
      const at = deck === 0 ? 1 : 0;
      const seed = seeds[at];
      if (seed == null) return round;
      const other = `${seed.startsWith("0") ? "1" : "0"}${seed.slice(1)}`;
      return { ...round, proof: { ...round.proof, seeds: seeds.with(at, other) } };
    },
  },
];

export function Lies({ claim }: { readonly claim: HandClaim }) {
  return (
    <div className="lies" role="group" aria-label="Try a lie">
      <p className="label">Try a lie, and see the check fail:</p>
      {LIES.map((lie) => (
        <button
          key={lie.words}
          type="button"
          className="btn"
          aria-pressed={claim.lie === lie.words}
          onClick={() => claim.tell(claim.lie === lie.words ? null : lie)}
        >
          {lie.words}
        </button>
      ))}
      {claim.lie !== null && (
        <button type="button" className="btn btn-bare" onClick={() => claim.tell(null)}>
          <RotateCcw size={16} aria-hidden="true" /> As it was
        </button>
      )}
    </div>
  );
}
