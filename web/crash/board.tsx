import type { Phase, Result, Seat } from "../../rooms/crash/types.ts";
import { useRoom } from "../table/context.tsx";
import { Countdown } from "../table/countdown.tsx";
import { amount, signed } from "../ui/format.ts";
import { useSeat, useSeatedAt, useView } from "./context.tsx";
import { Multiplier } from "./flight/multiplier.tsx";
import { SecondsTo } from "./seconds.tsx";

/** The text over the flight: the countdown before it, the multiplier during it, and the end. */
export function Board() {
  const { link } = useSeatedAt();
  const phase = useView((view) => view.phase);
  const bettingMs = useView((view) => view.config.bettingMs);
  const round = useView((view) => view.round);
  const forced = useView((view) => view.history[0]?.forced ?? false);
  const status = useRoom((table) => table.status);
  const seat = useSeat();
  const { clock } = link;
  const resting = status !== "running" && (phase.name === "waiting" || phase.name === "betting");

  switch (phase.name) {
    case "waiting":
    case "betting":
      return (
        <div className="said" data-phase={phase.name}>
          {phase.name === "betting" && <Countdown endsAt={phase.startsAt} lengthMs={bettingMs} clock={clock.now} />}
          <div>
            <p className="said-words" data-testid="phase">
              {resting ? "The lobby is resting" : phase.name === "betting" ? "Place your bets" : "Ready for a flight"}
            </p>
            <p className="said-line">{resting ? "New bets can wait a little." : lineFor(phase, seat)}</p>
          </div>
        </div>
      );
    case "running":
      return (
        <div className="said said-flight" data-phase="running">
          <Multiplier />
          <p className="said-line" data-testid="phase">
            {lineFor(phase, seat)}
          </p>
        </div>
      );
    case "crashed": {
      const mine = seat?.last?.round === round - 1 ? seat.last : null;
      return (
        <div className="said said-flight" data-phase="crashed">
          <Multiplier />
          <p className="said-end" data-testid="phase">
            {forced ? "Ended at the house\u2019s limit" : "Crashed"}
          </p>
          {mine !== null && <Outcome {...mine} />}
          <p className="said-line">
            {forced && mine === null ? "Whoever was still in was paid this. " : ""}
            Betting opens <SecondsTo at={phase.nextAt} clock={clock.now} />.
          </p>
        </div>
      );
    }
    default:
      phase satisfies never;
      return null;
  }
}

function lineFor(phase: Phase, seat: Seat | null): string {
  const bets = seat?.bets ?? [];
  if (phase.name === "waiting") {
    return seat === null
      ? "The first bet starts the clock."
      : "Your bet starts the clock; then it climbs until it crashes.";
  }
  if (phase.name === "betting") {
    return bets.length > 0 ? `You have ${sum(bets)} on this flight.` : "The flight starts when the ring is empty.";
  }
  const air = bets.filter(({ out }) => out === null);
  if (air.length > 0) return `${sum(air)} of yours in the air`;
  return bets.length > 0 ? "You are out" : "In the air without you";
}

function sum(bets: Seat["bets"]): string {
  return amount(bets.reduce((all, one) => all + one.amount, 0));
}

export function netOf({ bets }: Pick<Result, "bets">): number {
  return bets.reduce((sum, one) => sum + (one.out?.paid ?? 0) - one.amount, 0);
}

function Outcome({ bets, endX100 }: Result) {
  const net = netOf({ bets });
  const tone = net > 0 ? "won" : net < 0 ? "lost" : "even";
  const words = endX100 === null ? "Void: your stake is back." : { won: "won", lost: "lost", even: "Even." }[tone];
  return (
    <p className={`outcome outcome-${tone}`} data-testid="outcome">
      <span className="numerals outcome-sum" translate="no">
        <span className="outcome-sign" aria-hidden="true">
          {net > 0 ? "\u25b2" : net < 0 ? "\u25bc" : ""}
        </span>
        {signed(net)}
      </span>
      <span className="outcome-words">{words}</span>
    </p>
  );
}
