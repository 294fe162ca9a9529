import { Suspense } from "react";
import { Outlet, useLocation } from "react-router";
import { Toasts } from "../awards/toasts.tsx";
import { RealityCheck } from "../care/reality-check.tsx";
import { Announcer } from "../ui/announce.tsx";
import { Mishap } from "./mishap.tsx";
import { Header } from "./header.tsx";
import { Rail } from "./rail.tsx";

/** What is around every page: the header, the rail of rooms, and the line that screen readers hear. */
export function Shell() {
  const { pathname } = useLocation();
  return (
    <div className="shell">
      <a href="#stage" className="skip">
        Skip to the table
      </a>
      <Header />
      <Rail />
      <main id="stage" className="stage" tabIndex={-1}>
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

function Waiting() {
  return (
    <div className="grid h-full min-h-64 place-items-center">
      <p className="font-display text-xl text-ivory-dim">One moment &hellip;</p>
    </div>
  );
}
