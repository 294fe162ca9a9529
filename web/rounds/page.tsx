import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { colourOf } from "../../rooms/roulette/wheel.ts";
import { roundQuery } from "../api/queries.ts";
import { ApiError } from "../api/client.ts";
import type { Round } from "../api/shapes.ts";
import { amount, moment } from "../ui/format.ts";
import { useTitle } from "../ui/title.ts";
import { Payouts } from "./payouts.tsx";
import { Proof } from "./proof.tsx";
import "./rounds.css";

/** One finished round of roulette, and the means to check it. */
export default function RoundPage() {
  const { id = "main", round: written = "" } = useParams();
  const number = Number(written);
  const path = `roulette/${id}`;
  const { data, error, isPending } = useQuery(roundQuery(path, number));
  useTitle(`Round ${written} \u00b7 Croupier`);
  return (
    <div className="round">
      <Link to={`/rooms/${path}`} className="btn btn-bare -ml-4 self-start">
        <ArrowLeft size={18} aria-hidden="true" /> To the table
      </Link>
      {isPending && <p className="text-ivory-dim">Fetching the round from the book &hellip;</p>}
      {error !== null && (
        <div>
          <h1 className="text-3xl">No such page in the book</h1>
          <p className="mt-2 text-ivory-dim">
            {error instanceof ApiError && error.status === 404
              ? "This round is not finished yet, or was never played."
              : "The book of rounds cannot be read just now."}
          </p>
        </div>
      )}
      {data !== undefined && <Finished key={data.round} round={data} path={path} />}
    </div>
  );
}

/** For whoever would rather check with a program of their own. */
function CopyRound({ round }: { readonly round: Round }) {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard.writeText(JSON.stringify(round, null, 2)).then(() => setCopied(true));
  };
  return (
    <button type="button" className="btn justify-self-start" onClick={copy}>
      {copied ? "Copied" : "Copy the round as JSON"}
    </button>
  );
}

function Finished({ round, path }: { readonly round: Round; readonly path: string }) {
  const { result, players } = round.outcome;
  const staked = players.reduce((sum, player) => sum + player.staked, 0);
  return (
    <>
      <header className="round-head">
        {result !== null && <p className={`round-number round-${colourOf(result)} numerals`}>{result}</p>}
        <div>
          <h1>Round {amount(round.round)}</h1>
          <p className="text-ivory-dim">
            {moment(round.endedAt)}
            {result === null
              ? `, void: ${round.outcome.void ?? "every stake was given back"}`
              : `, ${players.length === 1 ? "one player" : `${amount(players.length)} players`}, ${amount(staked)} on the felt`}
          </p>
        </div>
        <nav className="ml-auto flex" aria-label="Other rounds">
          <Link
            className="btn btn-bare w-11 px-0"
            to={`/rooms/${path}/rounds/${round.round - 1}`}
            aria-label="The round before"
          >
            <ChevronLeft size={22} aria-hidden="true" />
          </Link>
          <Link
            className="btn btn-bare w-11 px-0"
            to={`/rooms/${path}/rounds/${round.round + 1}`}
            aria-label="The round after"
          >
            <ChevronRight size={22} aria-hidden="true" />
          </Link>
        </nav>
      </header>
      <Proof round={round} />
      <Payouts round={round} />
      <section className="round-plain">
        <h2>What this proves, and what it does not</h2>
        <p>
          The secret fits the fingerprint that was on the table before the bets, so it was not chosen afterwards. The
          players&rsquo; words are part of the draw, in the order they came, so the number could not be known before the
          last of them. Anybody can repeat these steps, with this page or without it.
        </p>
        <p>
          What cannot be proved: the house knows its secret all along. If whoever spoke last before the close were in
          league with it, they could have tried out words until a number suited them. If you spoke last, and chose your
          words yourself, nobody did.
        </p>
        <CopyRound round={round} />
      </section>
    </>
  );
}
