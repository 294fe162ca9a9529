import { Lock } from "lucide-react";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { Link } from "react-router";
import type { RoomLine } from "../api/shapes.ts";
import { Dialog } from "../ui/dialog.tsx";
import { amount } from "../ui/format.ts";
import { pathOf, titleOf } from "../ui/rooms.ts";
import { Pips } from "./pips.tsx";

const WheelArt = lazy(() => import("./wheel-art.tsx"));
const FlightArt = lazy(() => import("./flight-art.tsx"));
const OvalArt = lazy(() => import("./oval-art.tsx"));
const Invitation = lazy(() => import("./invitation.tsx"));
const RingArt = lazy(() => import("./ring-art.tsx"));

/** One table: what is going on there, what it takes, and what came last. */
export function RoomCard({ room, featured = false }: { readonly room: RoomLine; readonly featured?: boolean }) {
  const { summary, online, status } = room;
  const { art, words, results, facts = [] } = lookOf(room, featured);
  return (
    <article className={featured ? "lobby-hero" : "lobby-card"} data-testid={`room-${room.game}:${room.id}`}>
      {art !== null && <Suspense>{art}</Suspense>}
      <div className="lobby-words">
        <p className="lobby-phase">
          <span className={`phase-dot phase-${summary.phase}`} aria-hidden="true" />
          {status === "running" ? phaseWords(summary.phase, room.game) : "The table is resting"}
        </p>
        <h2>
          <Link to={pathOf(room)} className="lobby-link">
            {titleOf(room)}
          </Link>
        </h2>
        {words !== null && <p className="text-ivory-dim">{words}</p>}
        <dl className="lobby-facts numerals">
          <div>
            <dt>Here now</dt>
            <dd>{online === 0 ? "Nobody yet" : amount(online)}</dd>
          </div>
          {summary.maxStake > 0 && (
            <div>
              <dt>{TAKES[room.game] ?? "A round takes"}</dt>
              <dd>
                {amount(summary.minStake)} to {amount(summary.maxStake)}
              </dd>
            </div>
          )}
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {results}
        {room.private && <Private room={room} />}
        {featured && (
          <span className="btn btn-brass mt-6 self-start" aria-hidden="true">
            Take a seat
          </span>
        )}
      </div>
    </article>
  );
}

/** Whoever made it finds its invitation here again. */
function Private({ room }: { readonly room: RoomLine }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="btn btn-bare lobby-private"
        data-testid={`invite-${room.game}:${room.id}`}
        onClick={() => setOpen(true)}
      >
        <Lock size={16} aria-hidden="true" />
        Private, by invitation
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={titleOf(room)}>
        <Suspense>
          <Invitation room={room} />
        </Suspense>
      </Dialog>
    </>
  );
}

type Look = {
  readonly art: ReactNode;
  readonly words: string | null;
  readonly results: ReactNode;
  readonly facts?: readonly (readonly [name: string, value: string])[];
};

/** What each game shows of itself. */
function lookOf({ game, summary: { note, phase, players } }: RoomLine, featured: boolean): Look {
  const last = note?.last ?? [];
  if (game === "crash") {
    const ends = last.filter((one) => typeof one === "number");
    return { art: <FlightArt ends={ends} />, words: "Leave before it crashes", results: null };
  }
  if (game === "poker") {
    const { blinds, seats = 6, taken = 0 } = note ?? {};
    return {
      art: <OvalArt seats={seats} taken={taken} live={phase === "playing" || phase === "over"} />,
      words: blinds === undefined ? null : `No-limit, blinds ${amount(blinds[0])} and ${amount(blinds[1])}`,
      results: <p className="lobby-seats numerals">{seatWords(seats, taken, players)}</p>,
    };
  }
  if (game === "lottery") {
    const { prize = 0, needs = 0, tickets = 0 } = note ?? {};
    return {
      art: <RingArt tickets={tickets} />,
      words: "Stakes at roulette and crash make tickets",
      results: (
        <p className="lobby-seats numerals">
          {tickets === 0 ? "No ticket yet" : `${amount(tickets)} ${tickets === 1 ? "ticket" : "tickets"} so far`}
        </p>
      ),
      facts: [
        ["Prize", amount(prize)],
        ["Players", `${amount(players)} of ${amount(needs)}`],
      ],
    };
  }
  const wheel = note?.wheel;
  const pockets = last.filter((one) => typeof one === "string");
  return {
    art: wheel === undefined ? null : <WheelArt wheel={wheel} resting={pockets[0] ?? null} still={!featured} />,
    words: wheel === undefined ? null : WHEELS[wheel],
    results: pockets.length > 0 ? <Pips results={pockets} /> : null,
  };
}

/** House players keep a seat warm: they make room for who waits. */
function seatWords(seats: number, taken: number, people: number): string {
  if (taken === 0) return `${seats} seats, all free`;
  const house = taken - people;
  const theirs = house <= 0 ? "" : house === taken ? ", all by house players" : `, ${house} by house players`;
  return `${taken} of ${seats} seats taken${theirs}`;
}

const TAKES: Readonly<Record<string, string>> = { crash: "A bet takes", poker: "To sit down with" };

const WHEELS = {
  european: "European wheel, single zero",
  french: "French wheel, half back at zero",
  american: "American wheel, double zero",
} as const;

function phaseWords(phase: string, game: string): string {
  switch (phase) {
    case "waiting":
      if (game === "poker") return "Waiting for players";
      return game === "crash" ? "Waiting for the first bet" : "Waiting for the first chip";
    case "starting":
      return "The cards are coming";
    case "playing":
      return "A hand is on";
    case "over":
      return "Between two hands";
    case "open":
    case "betting":
      return "Bets are open";
    case "closed":
      return "No more bets";
    case "spinning":
      return "The ball is running";
    case "running":
      return "A flight is in the air";
    case "settled":
      return "Paying out";
    case "crashed":
      return "Just crashed";
    case "in_waiting":
      return "Gathering tickets";
    case "started":
      return "About to be drawn";
    default:
      return "In play";
  }
}
