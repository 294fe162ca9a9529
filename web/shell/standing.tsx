import { enter, enterAnew, useSession } from "../api/session.ts";
import { comeIn, useOut } from "../live/out.ts";

/** On every page: why the visitor has no player, or why this window is disconnected, with ways to continue. */
export default function Standing() {
  const session = useSession();
  const out = useOut();
  if (session.state === "away") {
    const { why, closed = false, failed = false } = session;
    return (
      <div className="standing" role="status" data-testid="kept-out">
        <p>{why ?? "You are logged out."}</p>
        {failed && (
          <button type="button" className="btn" onClick={() => void enter()}>
            Try again
          </button>
        )}
        {!closed && !failed && (
          <button type="button" className="btn" data-testid="begin-anew" onClick={() => void enterAnew()}>
            Begin as a new guest
          </button>
        )}
      </div>
    );
  }
  if (!out) return null;
  return (
    <div className="standing" role="status" data-testid="put-out">
      <p>You have too many windows open, so this one rests: what it shows may be old.</p>
      <button type="button" className="btn btn-brass" data-testid="use-here" onClick={comeIn}>
        Use here
      </button>
    </div>
  );
}
