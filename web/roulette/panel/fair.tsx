import { useId, useState } from "react";
import { Link } from "react-router";
import { ENTROPY_CHARS_MAX } from "../../../rooms/protocol.ts";
import { amount } from "../../ui/format.ts";
import { useRoom, useSeatedAt, useView } from "../context.tsx";
import { ownWords, setOwnWords } from "../entropy.ts";

/** The commitment that this round is bound by, before anybody bets, and the player's own part in the draw. */
export function FairTab() {
  const { room } = useSeatedAt();
  const commitments = useRoom((table) => table.commitments);
  const round = useView((view) => view.round);
  const last = useView((view) => view.last);
  const bound = commitments.find((one) => one.round === round) ?? commitments[0];
  return (
    <div className="flex flex-col gap-6">
      <section>
        <h3 className="panel-sub">Round {amount(round)} is sealed</h3>
        {bound === undefined ? (
          <p className="empty">The seal of this round is on its way.</p>
        ) : (
          <p className="hash" data-testid="commitment">
            {bound.hash}
          </p>
        )}
        <p className="label mt-2">
          The fingerprint (SHA-256) of a secret that the house drew before the first chip. After the spin the secret is
          shown, and anybody can check that it fits.
        </p>
      </section>
      <OwnWords />
      {last !== null && (
        <section>
          <h3 className="panel-sub">Check for yourself</h3>
          <Link to={`/rooms/${room.replace(":", "/")}/rounds/${last.round}`} className="btn" data-testid="verify-last">
            Verify round {amount(last.round)}
          </Link>
        </section>
      )}
      <section>
        <h3 className="panel-sub">What this proves</h3>
        <p className="label">
          That the number was not changed after the bets, and that every player&rsquo;s words had a part in it. It does
          not prove everything: whoever speaks last before the close could, together with the house, try out words until
          the number suits them. Your own words, sent with an early bet, cannot rule that out.
        </p>
      </section>
    </div>
  );
}

function OwnWords() {
  const id = useId();
  const [words, setWords] = useState(ownWords);
  return (
    <section>
      <h3 className="panel-sub">Your part in the draw</h3>
      <label className="label" htmlFor={id}>
        Your own words, sent with your first bet of each round. Left empty, your browser rolls fresh ones.
      </label>
      <input
        id={id}
        className="field mt-2"
        value={words}
        maxLength={ENTROPY_CHARS_MAX}
        placeholder="Random each round"
        autoComplete="off"
        data-testid="own-words"
        onChange={(event) => {
          setWords(event.target.value);
          setOwnWords(event.target.value);
        }}
      />
    </section>
  );
}
