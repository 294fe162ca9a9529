import { Check, X } from "lucide-react";
import { useMemo } from "react";
import { Link } from "react-router";
import { rtp } from "../../../rooms/poker/rtp.ts";
import { useAnyTable, useRoom } from "../../table/context.tsx";
import { Returns } from "../../table/fair.tsx";
import { OwnWords } from "../../table/words.tsx";
import { amount } from "../../ui/format.ts";
import { PlayingCard } from "../cards/card.tsx";
import { useSeat, useView } from "../context.tsx";
import { sealsOf, type Seals } from "../seals.ts";
import { roundPath } from "../../ui/rooms.ts";

/** The eight committed decks of this hand, and what this page has verified of them. */
export function FairTab() {
  const { room } = useAnyTable();
  const round = useView((view) => view.round);
  const openings = useView((view) => view.openings);
  const config = useView((view) => view.config);
  const own = useSeat()?.cards;
  const commitments = useRoom((table) => table.commitments);
  const opened = useRoom((table) => table.opened);
  const bound = commitments.find((one) => one.round === round);
  const shown = useMemo(() => {
    const all = [...(own ?? []), ...openings];
    return all.filter(({ opening }, i) => all.findIndex((one) => one.opening.position === opening.position) === i);
  }, [own, openings]);
  const seals = useMemo(() => (bound === undefined ? null : sealsOf(bound, opened, shown)), [bound, opened, shown]);
  return (
    <div className="flex flex-col gap-6">
      <section>
        <h3 className="panel-sub">Hand {amount(round)} is sealed</h3>
        {bound === undefined ? (
          <p className="empty">The seal of this hand is on its way.</p>
        ) : (
          <p className="hash" translate="no" data-testid="commitment">
            {bound.hash}
          </p>
        )}
        <p className="label mt-2">
          The fingerprint of eight decks that the house shuffled before anybody gave a client seed. The client seeds
          pick the one that is played, and cut it; the other seven are opened at once. The nonce is the number of the
          hand, {amount(round)}.
        </p>
      </section>
      {seals !== null && <Checked seals={seals} />}
      <OwnWords when="for the deck of each hand before it is dealt" />
      {round > 1 && (
        <section>
          <h3 className="panel-sub">Check for yourself</h3>
          <Link to={roundPath(room, round - 1)} className="btn" data-testid="verify-last">
            Verify hand {amount(round - 1)}
          </Link>
        </section>
      )}
      <section>
        <h3 className="panel-sub">What this proves</h3>
        <p className="label">
          That every card you are shown lay where it does before anybody&rsquo;s client seed was known, and that the
          seven decks which were not played were whole: a house that prepares one deck is caught seven times in eight.
          Folded cards stay closed for good, so nobody can prove what they were; and the house, which deals, could look.
        </p>
      </section>
      <Returns rtp={rtp(config)} />
    </div>
  );
}

function Checked({ seals: { sealed, played, decks, cards } }: { readonly seals: Seals }) {
  const whole = decks.filter((ok) => ok === true).length;
  const bad = decks.includes(false) || cards.some(({ ok }) => !ok) || !sealed;
  return (
    <section>
      <h3 className="panel-sub">Checked in this page</h3>
      <ul className="seals" data-testid="seals" data-ok={!bad}>
        <Line ok={sealed}>The fingerprint is that of these eight decks</Line>
        {played !== null && (
          <Line ok={!decks.includes(false)}>
            {whole} of the {decks.length - 1} other decks opened: each had every card, as sealed
          </Line>
        )}
        {cards.length > 0 && (
          <Line ok={cards.every(({ ok }) => ok)}>
            {cards.length === 1 ? "The card" : `The ${cards.length} cards`} you were shown lie in deck{" "}
            {(played ?? 0) + 1}
          </Line>
        )}
      </ul>
      {played !== null && (
        <ol className="decks" aria-label="The eight decks">
          {decks.map((ok, deck) => (
            <li key={`deck ${deck}`} data-played={deck === played || undefined} data-ok={ok ?? undefined}>
              <span className="numerals">{deck + 1}</span>
              {ok === true && <Check size={13} aria-label="opened, as sealed" />}
              {ok === false && <X size={13} aria-label="not as sealed" />}
              {deck === played && <span>played</span>}
            </li>
          ))}
        </ol>
      )}
      {cards.length > 0 && (
        <p className="past-cards mt-3">
          {cards.map(({ card, ok }) => (
            <PlayingCard key={card} card={card} width={26} dim={!ok} />
          ))}
        </p>
      )}
    </section>
  );
}

function Line({ ok, children }: { readonly ok: boolean; readonly children: React.ReactNode }) {
  return (
    <li className={ok ? "" : "text-lost"}>
      {ok ? (
        <Check size={17} aria-label="Yes:" className="text-won" />
      ) : (
        <X size={17} aria-label="No:" className="text-lost" />
      )}
      <span>{children}</span>
    </li>
  );
}
