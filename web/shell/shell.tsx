import { lazy, Suspense } from "react";
import { Outlet, useLocation } from "react-router";
import { Toasts } from "../awards/toasts.tsx";
import { RealityCheck } from "../care/reality-check.tsx";
import { useSession } from "../api/session.ts";
import { useOut } from "../live/out.ts";
import { Announcer } from "../ui/announce.tsx";
import { Mishap } from "./mishap.tsx";
import { Header } from "./header.tsx";
import { Rail } from "./rail.tsx";
import { YourTurn } from "./your-turn.tsx";

/** The frame of every page: header, navigation, and the live region for screen readers. */
export function Shell() {
  const { pathname } = useLocation();
  return (
    <div className="shell">
      <a href="#stage" className="skip">
        {pathname.startsWith("/rooms/") ? "Skip to the table" : "Skip to the page"}
      </a>
      <Header />
      <Rail />
      <main id="stage" className="stage" tabIndex={-1}>
        <Standing />
        <YourTurn />
        <Mishap at={pathname}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </Mishap>
      </main>
      <Toasts />
      <RealityCheck />
      <Announcer />
    </div>
  );
}

const Notice = lazy(() => import("./standing.tsx"));

/** Loads the message only when there is one. */
function Standing() {
  const away = useSession().state === "away";
  const out = useOut();
  if (!away && !out) return null;
  return (
    <Suspense>
      <Notice />
    </Suspense>
  );
}

function Waiting() {
  return (
    <div className="grid h-full min-h-64 place-items-center">
      <p className="font-display text-xl text-ivory-dim">One moment &hellip;</p>
    </div>
  );
}
