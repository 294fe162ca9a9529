import { lazy } from "react";
import { Outlet, useLocation, useSearchParams } from "react-router";

const Joining = lazy(() => import("./joining.tsx"));

/** Around every room: who comes with an invitation (`?invite=`) is let in first. */
export function Invited() {
  const [query] = useSearchParams();
  const { pathname } = useLocation();
  const invite = query.get("invite");
  if (invite === null) return <Outlet />;
  const [game = "", id = ""] = pathname.split("/").slice(2);
  return <Joining key={`${pathname} ${invite}`} game={game} id={id} invite={invite} />;
}
