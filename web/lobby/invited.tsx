import { lazy } from "react";
import { Outlet, useLocation, useSearchParams } from "react-router";

const Joining = lazy(() => import("./joining.tsx"));

/** Wraps every room page: a visitor with an invitation (`?invite=`) joins the room first. */
export function Invited() {
  const [query] = useSearchParams();
  const { pathname } = useLocation();
  const invite = query.get("invite");
  if (invite === null) return <Outlet />;
  const [game = "", id = ""] = pathname.split("/").slice(2);
  return <Joining key={`${pathname} ${invite}`} game={game} id={id} invite={invite} />;
}
