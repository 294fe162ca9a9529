import { Link } from "react-router";
import { logOut } from "../api/session.ts";
import { usePlayer } from "../api/session.ts";
import { Dialog } from "../ui/dialog.tsx";
import { amount, signed } from "../ui/format.ts";
import { setReality, type Reality } from "./care.ts";
import { hereFor, netWords } from "./words.ts";

const read = (): void => setReality(null);

/** The reality check: time played, sum staked and result, in the same neutral tone for wins and losses. */
export default function Notice({ reality: { minutes, staked, net } }: { readonly reality: Reality }) {
  const player = usePlayer();
  return (
    <Dialog open onClose={read} title="A moment, as you asked">
      <div className="flex flex-col gap-6" data-testid="reality">
        <p>
          You have been at the tables for {hereFor(minutes)}. {netWords(staked, net)}
        </p>
        {staked > 0 && (
          <dl className="flex gap-10">
            <div>
              <dt className="label">Staked</dt>
              <dd className="numerals font-display text-2xl" translate="no">
                {amount(staked)}
              </dd>
            </div>
            <div>
              <dt className="label">{net < 0 ? "Lost" : "Won"}</dt>
              <dd
                translate="no"
                className={`numerals font-display text-2xl ${net > 0 ? "text-won" : net < 0 ? "text-lost" : ""}`}
              >
                {signed(net)}
              </dd>
            </div>
          </dl>
        )}
        <div className="flex flex-wrap gap-3">
          <button type="button" className="btn btn-brass" data-testid="reality-on" onClick={read}>
            Play on
          </button>
          <Link to="/account#break" className="btn" onClick={read}>
            Take a break
          </Link>
          {player?.guest === false && (
            <button type="button" className="btn btn-bare" onClick={() => void logOut(false).finally(read)}>
              Log out
            </button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
