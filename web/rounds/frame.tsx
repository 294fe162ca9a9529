import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useParams } from "react-router";
import type { AnyRound, Round } from "../../rooms/fair/check.ts";
import { ApiError } from "../api/client.ts";
import { copyLabel, useCopy } from "../ui/copy.tsx";
import { unitOf } from "../games.ts";
import { amount } from "../ui/format.ts";
import { roomOf } from "../ui/rooms.ts";
import { useTitle } from "../ui/title.ts";
import { newestQuery, recordQuery } from "./queries.ts";
import "./rounds.css";

type FrameProps = {
  readonly game: string;
  /** The label of the link back: "To the table". */
  readonly back: string;
  readonly children: (round: Round, path: string) => ReactNode;
};

/** The page of a finished round drawn from a server seed. */
export function RoundFrame({ game, back, children }: FrameProps) {
  const { id = "main", round: written = "" } = useParams();
  const path = `${game}/${id}`;
  const { data, error, isPending } = useQuery(recordQuery({ game, id }, roundOf(written)));
  const unit = unitOf(game);
  useTitle(`${unit.charAt(0).toUpperCase()}${unit.slice(1)} ${written} \u00b7 Croupier`);
  return (
    <BookPage path={path} back={back} pending={isPending} error={error}>
      {data !== undefined && children(data, path)}
    </BookPage>
  );
}

/** Whether the text in the address is a round number; otherwise nothing is requested. */
function isRound(written: string): boolean {
  return /^\d{1,15}$/.test(written);
}

/** NaN if it is not a round number. */
export function roundOf(written: string): number {
  return isRound(written) ? Number(written) : Number.NaN;
}

type PageProps = {
  readonly path: string;
  readonly back: string;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly children: ReactNode;
};

/** A finished round's page with a link back, and messages for a missing round. */
export function BookPage({ path, back, pending, error, children }: PageProps) {
  const { round: written = "" } = useParams();
  const isNumber = isRound(written);
  return (
    <div className="round">
      <Link to={`/rooms/${path}`} className="btn btn-bare -ml-4 self-start">
        <ArrowLeft size={18} aria-hidden="true" /> {back}
      </Link>
      {pending && isNumber && <p className="text-ivory-dim">Fetching the round from the book &hellip;</p>}
      {(error !== null || !isNumber) && (
        <div>
          <h1 className="text-3xl">No such page in the book</h1>
          <p className="mt-2 text-ivory-dim">
            {!isNumber
              ? "Rounds go by numbers, and this is none."
              : error instanceof ApiError && error.status === 404
                ? "This round is not finished yet, or was never played."
                : "The book of rounds cannot be read just now."}
          </p>
        </div>
      )}
      {children}
    </div>
  );
}

type HeadProps = {
  readonly round: Pick<AnyRound, "round">;
  readonly path: string;
  /** "Round", "Hand". */
  readonly title?: string;
  /** The result, in large type. */
  readonly badge: ReactNode;
  readonly children: ReactNode;
};

export function RoundHead({ round, path, title = "Round", badge, children }: HeadProps) {
  const { data: newest } = useQuery(newestQuery(roomOf(path.replace("/", ":"))));
  return (
    <header className="round-head">
      {badge}
      <div>
        <h1>
          {title} {amount(round.round)}
        </h1>
        <p className="text-ivory-dim">{children}</p>
      </div>
      <nav className="ml-auto flex" aria-label="Other rounds">
        {round.round > 1 && (
          <Link
            className="btn btn-bare w-11 px-0"
            to={`/rooms/${path}/rounds/${round.round - 1}`}
            aria-label="The round before"
          >
            <ChevronLeft size={22} aria-hidden="true" />
          </Link>
        )}
        {newest != null && newest > round.round && (
          <Link
            className="btn btn-bare w-11 px-0"
            to={`/rooms/${path}/rounds/${round.round + 1}`}
            aria-label="The round after"
          >
            <ChevronRight size={22} aria-hidden="true" />
          </Link>
        )}
      </nav>
    </header>
  );
}

/** How to check the round with other programs, or with our command-line tool. */
export function Elsewhere({ round }: { readonly round: AnyRound }) {
  const [copied, copy] = useCopy();
  return (
    <>
      <p>Without this page, the same check is one line in the source of the house:</p>
      <p className="hash-box" translate="no">
        npm run --silent verify -- {window.location.href}
      </p>
      <button type="button" className="btn justify-self-start" onClick={() => copy(JSON.stringify(round, null, 2))}>
        {copyLabel(copied, "Copy the round as JSON")}
      </button>
    </>
  );
}
