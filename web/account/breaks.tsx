import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import type { Player } from "../api/shapes.ts";
import { Segments } from "../ui/segments.tsx";
import { moment } from "../ui/format.ts";
import { AskBreak } from "./ask-break.tsx";
import { limitsQuery, type Exclusion } from "./me.ts";
import { excludedWords } from "./spans.ts";

const DAYS = [
  ["1", "A day"],
  ["7", "A week"],
  ["30", "A month"],
] as const;
const MONTHS = [
  ["6", "6 months"],
  ["12", "1 year"],
  ["60", "5 years"],
] as const;
type Days = (typeof DAYS)[number][0];
type Months = (typeof MONTHS)[number][0];
const BREAKS: Readonly<Record<Days, Exclusion>> = {
  1: { kind: "cool-off", days: 1 },
  7: { kind: "cool-off", days: 7 },
  30: { kind: "cool-off", days: 30 },
};
const EXCLUSIONS: Readonly<Record<Months, Exclusion>> = {
  6: { kind: "self-exclusion", months: 6 },
  12: { kind: "self-exclusion", months: 12 },
  60: { kind: "self-exclusion", months: 60 },
};

/** Buttons for a break of days or an exclusion of months. */
export function Breaks({ player }: { readonly player: Player }) {
  const excluded = useQuery(limitsQuery(player.id)).data?.excluded ?? null;
  const { hash } = useLocation();
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (hash === "#break") place.current?.scrollIntoView();
  }, [hash]);
  const [days, setDays] = useState<Days>("1");
  const [months, setMonths] = useState<Months>("6");
  const [asked, setAsked] = useState<Exclusion | null>(null);
  return (
    <section ref={place} className="account-card" aria-labelledby="breaks">
      <h2 id="breaks">Time away</h2>
      {excluded !== null && (
        <div className="account-pending" data-testid="excluded">
          <p>{excludedWords(excluded)}</p>
          <p className="label">It can be made longer, never shorter. Your chips wait for you.</p>
        </div>
      )}
      <div className="account-break">
        <h3>A break</h3>
        <p className="text-ivory-dim">
          {player.guest ? "No bets until it is over." : "No bets, and no logging in, until it is over."} What lies on a
          table is played to its end, and the chips go home.
        </p>
        <Segments quiet legend="How long a break" name="break-days" choices={DAYS} value={days} onChange={setDays} />
        <button type="button" className="btn self-start" data-testid="break-ask" onClick={() => setAsked(BREAKS[days])}>
          Take a break
        </button>
      </div>
      <div className="account-break">
        <h3>Keep me out</h3>
        <p className="text-ivory-dim">
          The same for half a year or more, for when play has stopped being play. Nobody can undo it before its time:
          not you, and not we.
        </p>
        <Segments
          quiet
          legend="Keep me out for"
          name="exclusion-months"
          choices={MONTHS}
          value={months}
          onChange={setMonths}
        />
        <button
          type="button"
          className="btn self-start"
          data-testid="exclusion-ask"
          onClick={() => setAsked(EXCLUSIONS[months])}
        >
          Keep me out
        </button>
      </div>
      {player.guest && (
        <p className="label">
          You are a guest, and the house knows a guest by this browser alone. Sign up first, and it holds wherever you
          log in.
        </p>
      )}
      <AskBreak
        player={player}
        exclusion={asked}
        shorter={(at) => (excluded !== null && excluded.until >= at ? moment(excluded.until) : null)}
        onClose={() => setAsked(null)}
      />
    </section>
  );
}
