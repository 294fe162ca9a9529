import { enter, useSession } from "../api/session.ts";
import { useBarred } from "../care/barred.ts";

/** In the place of the hand, for who has no seat: why, and the way in where there is one. */
export function Watching() {
  const barred = useBarred();
  const session = useSession();
  const why = session.state === "away" ? session.why : null;
  if (barred !== null)
    return (
      <p className="hand" data-testid="barred">
        {barred}
      </p>
    );
  return (
    <div className="hand">
      <span>{why ?? "You are watching."}</span>
      <button type="button" className="btn btn-brass" onClick={() => void enter()}>
        Play as a guest
      </button>
    </div>
  );
}
