import { enterAnew } from "../api/session.ts";
import { useBarred } from "../care/barred.ts";

/** Replaces the hand line for a spectator: why they watch, and how to join if they can. */
export function Watching() {
  const barred = useBarred();
  if (barred !== null)
    return (
      <p className="hand" data-testid="barred">
        {barred}
      </p>
    );
  return (
    <div className="hand">
      <span>You are watching.</span>
      <button type="button" className="btn btn-brass" onClick={() => void enterAnew()}>
        Play as a guest
      </button>
    </div>
  );
}
