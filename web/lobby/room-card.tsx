import { lazy, Suspense } from "react";
import { Link } from "react-router";
import type { RoomLine } from "../api/shapes.ts";
import { amount } from "../ui/format.ts";
import { pathOf, titleOf } from "../ui/rooms.ts";
import { Pips } from "./pips.tsx";

const WheelArt = lazy(() => import("./wheel-art.tsx"));

/** One table: what is going on there, what it takes, and what came last. */
export function RoomCard({ room, featured = false }: { readonly room: RoomLine; readonly featured?: boolean }) {
  const { summary, online, status } = room;
  const last = summary.note?.last ?? [];
  const wheel = summary.note?.wheel;
  return (
    <article className={featured ? "lobby-hero" : "lobby-card"} data-testid={`room-${room.game}:${room.id}`}>
      {wheel !== undefined && (
        <div className="lobby-art" aria-hidden="true">
          <Suspense>
            <WheelArt wheel={wheel} resting={last[0] ?? null} still={!featured} />
          </Suspense>
        </div>
      )}
      <div className="lobby-words">
        <p className="lobby-phase">
          <span className={`phase-dot phase-${summary.phase}`} aria-hidden="true" />
          {status === "running" ? phaseWords(summary.phase) : "The table is resting"}
        </p>
        <h2>
          <Link to={pathOf(room)} className="lobby-link">
            {titleOf(room)}
          </Link>
        </h2>
        {wheel !== undefined && <p className="text-ivory-dim">{WHEELS[wheel]}</p>}
        <dl className="lobby-facts numerals">
          <div>
            <dt>Here now</dt>
            <dd>{online === 0 ? "Nobody yet" : amount(online)}</dd>
          </div>
          <div>
            <dt>A round takes</dt>
            <dd>
              {amount(summary.minStake)} to {amount(summary.maxStake)}
            </dd>
          </div>
        </dl>
        {last.length > 0 && <Pips results={last} />}
        {featured && (
          <span className="btn btn-brass mt-6 self-start" aria-hidden="true">
            Take a seat
          </span>
        )}
      </div>
    </article>
  );
}

const WHEELS = {
  european: "European wheel, single zero",
  french: "French wheel, half back at zero",
  american: "American wheel, double zero",
} as const;

function phaseWords(phase: string): string {
  switch (phase) {
    case "waiting":
      return "Waiting for the first chip";
    case "open":
      return "Bets are open";
    case "closed":
      return "No more bets";
    case "spinning":
      return "The ball is running";
    case "settled":
      return "Paying out";
    default:
      return "In play";
  }
}
