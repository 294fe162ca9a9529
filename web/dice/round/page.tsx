import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { checker, outcomeOf } from "../../../rooms/dice/check.ts";
import { labelOf, type Recount } from "../../../rooms/dice/rolls.ts";
import type { Round } from "../../../rooms/fair/check.ts";
import { mismatch } from "../../rounds/claim.ts";
import { Elsewhere, RoundFrame, RoundHead } from "../../rounds/frame.tsx";
import { SealStep, Verdict, WordsStep } from "../../rounds/proof.tsx";
import { useClaim } from "../../rounds/record.ts";
import { amount, moment } from "../../ui/format.ts";
import { OneRoll } from "./one-roll.tsx";
import { Rolls } from "./rolls.tsx";
import "./round.css";

/** A finished round of dice with its proof. `?roll=` selects one roll, `?player=` one player's rolls. */
export default function DiceRoundPage() {
  return (
    <RoundFrame game="dice" back="To the table">
      {(round, path) => <Finished key={`${path} ${round.round}`} round={round} path={path} />}
    </RoundFrame>
  );
}

const WRONG = { result: "The seed gives other numbers", fault: "The round cannot have been void so" };

function Finished({ round, path }: { readonly round: Round; readonly path: string }) {
  const claim = useClaim(round, checker);
  const told = useMemo(() => outcomeOf(round), [round]);
  const claimed = useMemo(() => outcomeOf(claim.round), [claim.round]);
  const [search, setSearch] = useSearchParams();
  const player = search.get("player");
  const nonce = chosenOf(told, search.get("roll"), player);
  const choose = (n: number): void =>
    setSearch({ ...(player !== null && { player }), roll: String(n) }, { replace: true, preventScrollReset: true });
  return (
    <>
      <RoundHead round={round} path={path} badge={null}>
        {moment(round.endedAt)}, {subtitle(told)}
      </RoundHead>
      <Verdict claim={claim} words={mismatch(claim.verdict, WRONG) ?? fits(told)} />
      {claimed !== null && nonce !== null && <OneRoll claim={claim} outcome={claimed} nonce={nonce} />}
      {claimed !== null && <Rolls claim={claim} outcome={claimed} chosen={nonce} player={player} onChoose={choose} />}
      <ol className="steps">
        <SealStep claim={claim} round={round} what="last roll" first="roll" />
        <WordsStep claim={claim} label={labelOf(nonce ?? 0)} />
      </ol>
      <section className="round-plain">
        <h2>What this proves, and what it does not</h2>
        <p>
          The secret fits the fingerprint that was on the table before the first roll, so it was not chosen afterwards.
          Each roll is drawn from it by its own number, the nonce, and from what the players said before the first one.
          Of every chip that is staked 0.99 come back on the average, whatever the target: the house edge is 1%.
        </p>
        <p>
          What cannot be proved: the house knows its secret all along. If whoever spoke last before the first roll were
          in league with it, they could have tried out words until the numbers suited them. And whoever came after the
          first roll had no words in it.
        </p>
        <Elsewhere round={round} />
      </section>
    </>
  );
}

/** The roll that was asked for, else the player's first, else the first of all. */
function chosenOf(told: Recount | null, asked: string | null, player: string | null): number | null {
  if (told === null || told.rolls.length === 0) return null;
  const wanted = asked === null ? -1 : Number(asked);
  if (told.rolls[wanted] !== undefined) return wanted;
  return Math.max(
    0,
    told.rolls.findIndex((roll) => roll.player === player),
  );
}

function subtitle(told: Recount | null): string {
  if (told === null) return "void: the table stopped";
  const staked = told.rolls.reduce((sum, roll) => sum + roll.amount, 0);
  const rolls = told.rolls.length === 1 ? "one roll" : `${amount(told.rolls.length)} rolls`;
  return `${rolls}, ${amount(staked)} staked${told.void === null ? "" : `; void: ${told.void}`}`;
}

function fits(told: Recount | null): string {
  if (told === null) return "The seal opens: the round was void";
  return told.rolls.length === 1
    ? "It fits: the roll is what the seed gives"
    : "It fits: every roll is what the seed gives";
}
