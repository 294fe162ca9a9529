import { useEffect, useRef, type ReactNode } from "react";
import type { Phase, Seat } from "../../rooms/roulette/types.ts";
import { colourOf } from "../../rooms/roulette/wheel.ts";
import { announce } from "../ui/announce.tsx";
import { amount, signed } from "../ui/format.ts";
import { useRoom } from "../table/context.tsx";
import { Countdown } from "../table/countdown.tsx";
import { useSeat, useSeatedAt, useView } from "./context.tsx";

/** The current phase, the countdown, and the result when it may be shown. */
export function PhaseBoard({ landed }: { readonly landed: boolean }) {
  const { link } = useSeatedAt();
  const phase = useView((view) => view.phase);
  const openMs = useView((view) => view.config.openMs);
  const round = useView((view) => view.round);
  const status = useRoom((table) => table.status);
  const seat = useSeat();
  const result = "result" in phase && landed ? phase.result : null;
  const paid = phase.name === "settled" && seat?.paid?.round === round - 1 ? seat.paid : null;
  useAnnouncements(phase, result, paid);

  if (result !== null) return <Result result={result} paid={paid} staked={seat?.staked ?? 0} />;
  const paused = status !== "running" && (phase.name === "waiting" || phase.name === "open");
  return (
    <div className="board" data-phase={phase.name}>
      {phase.name === "open" ? <Countdown endsAt={phase.closesAt} lengthMs={openMs} clock={link.clock.now} /> : null}
      <div>
        <p className="board-words" data-testid="phase">
          {paused ? "The table is resting" : WORDS[phase.name]}
        </p>
        <p className="board-line">
          {paused ? "Rounds under way are finished; new bets can wait." : lineFor(phase, seat)}
        </p>
      </div>
    </div>
  );
}

const WORDS: Readonly<Record<Phase["name"], string>> = {
  waiting: "Place your bets",
  open: "Place your bets",
  closed: "No more bets",
  spinning: "The ball is running",
  settled: "Place your bets soon",
};

function lineFor(phase: Phase, seat: Seat | null): ReactNode {
  switch (phase.name) {
    case "waiting":
      return seat === null
        ? "The table waits for its first chip."
        : "Choose a chip and touch the felt: the first one starts the clock.";
    case "open":
      return seat !== null && seat.staked > 0
        ? `You have ${amount(seat.staked)} on the table.`
        : "Until the ring is empty.";
    case "closed":
    case "spinning":
      return seat !== null && seat.staked > 0 ? `${amount(seat.staked)} of yours is riding.` : "You sit this one out.";
    case "settled":
      return null;
    default:
      phase satisfies never;
      return null;
  }
}

type ResultProps = { readonly result: string; readonly paid: Seat["paid"]; readonly staked: number };

function Result({ result, paid, staked }: ResultProps) {
  return (
    <div className="board board-result" data-phase="result">
      <p className={`number number-${colourOf(result)}`} data-testid="result">
        {result}
      </p>
      <div>
        <p className="board-words" data-testid="phase">
          {describe(result)}
        </p>
        {paid === null ? (
          <p className="board-line">{staked > 0 ? `${amount(staked)} of yours was riding.` : "\u00a0"}</p>
        ) : (
          <Outcome staked={paid.staked} returned={paid.returned} />
        )}
      </div>
    </div>
  );
}

function Outcome({ staked, returned }: { readonly staked: number; readonly returned: number }) {
  const net = returned - staked;
  const tone = net > 0 ? "won" : net < 0 ? "lost" : "even";
  return (
    <p className={`outcome outcome-${tone}`} data-testid="outcome">
      <span className="numerals outcome-sum" translate="no">
        {signed(net)}
      </span>
      <span className="outcome-words">
        {net > 0 ? (
          <>
            <span className="max-sm:sr-only">You won; </span>
            {amount(returned)} comes back.
          </>
        ) : null}
        {net === 0 ? `Your ${amount(returned)} comes back.` : null}
        {net < 0 && returned > 0 ? `${amount(returned)} comes back.` : null}
        {net < 0 && returned === 0 ? "Not this time." : null}
      </span>
    </p>
  );
}

/** "Black, odd, 1 to 18". */
export function describe(result: string): string {
  const colour = colourOf(result);
  if (colour === "green") return result === "00" ? "Double zero" : "Zero";
  const n = Number(result);
  return `${colour === "red" ? "Red" : "Black"}, ${n % 2 === 0 ? "even" : "odd"}, ${n <= 18 ? "1 to 18" : "19 to 36"}`;
}

/** Announces each event once to screen readers; the state at page load is not announced. */
function useAnnouncements(phase: Phase, result: string | null, paid: Seat["paid"]): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else if (phase.name !== "spinning" && phase.name !== "settled") announce(`${WORDS[phase.name]}.`);
    else if (phase.name === "spinning") announce("The ball is running.");
  }, [phase.name]);
  const told = useRef(paid?.round ?? null);
  useEffect(() => {
    if (result === null || phase.name === "spinning") return;
    const news = paid !== null && told.current !== paid.round ? paid : null;
    told.current = news?.round ?? told.current;
    const net = news === null ? 0 : news.returned - news.staked;
    const mine =
      news === null
        ? ""
        : net > 0
          ? ` You won ${amount(net)}.`
          : net < 0
            ? ` You lost ${amount(-net)}.`
            : " Your stake comes back.";
    announce(`${result}. ${describe(result)}.${mine}`);
  }, [result, paid, phase.name]);
}
