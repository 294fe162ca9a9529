import { useQuery } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { Navigate, NavLink, Route, Routes, useLocation } from "react-router";
import { Waiting } from "../pages/frame.tsx";
import { Mishap } from "../shell/mishap.tsx";
import { Announcer } from "../ui/announce.tsx";
import { useTitle } from "../ui/title.ts";
import { AuditLog } from "./audit.tsx";
import { ask, closeDesk, OperatorProvider, useKey } from "./desk.ts";
import { Gate } from "./gate.tsx";
import { DeadLetters } from "./letters.tsx";
import { Lookup } from "./lookup.tsx";
import { PlayerSheet } from "./player.tsx";
import { Unread } from "./parts.tsx";
import { RoomSheet } from "./room.tsx";
import { RoomList } from "./rooms.tsx";
import { operator, type Operator } from "./shapes.ts";
import "../pages/pages.css";
import "./operator.css";

/** The operators' pages. They need a key, and do not make the operator a guest. */
export default function OperatorPage() {
  useTitle("Operators \u00b7 Croupier");
  const key = useKey();
  const { pathname } = useLocation();
  return (
    <main className="desk">
      <Mishap at={pathname}>{key === null ? <Gate /> : <Desk key={key} />}</Mishap>
      <Announcer />
    </main>
  );
}

function Desk() {
  const query = useQuery({ queryKey: ["operator", "me"], queryFn: async () => ask("GET /api/operator/me", operator) });
  if (query.isPending) return <Waiting words="Trying the key" />;
  if (query.isError) return <Unread error={query.error} onAgain={() => void query.refetch()} />;
  return (
    <OperatorProvider value={query.data}>
      <Head me={query.data} />
      <Routes>
        <Route path="rooms" element={<RoomList />} />
        <Route path="rooms/:game/:id" element={<RoomSheet />} />
        <Route path="players" element={<Lookup />} />
        <Route path="players/:id" element={<PlayerSheet />} />
        <Route path="letters" element={<DeadLetters />} />
        <Route path="audit" element={<AuditLog />} />
        <Route path="*" element={<Navigate to="/operator/rooms" replace />} />
      </Routes>
    </OperatorProvider>
  );
}

const PLACES = [
  ["/operator/rooms", "Rooms"],
  ["/operator/players", "Players"],
  ["/operator/letters", "Dead letters"],
  ["/operator/audit", "Audit log"],
] as const;

function Head({ me }: { readonly me: Operator }) {
  return (
    <header className="desk-head">
      <div className="page-row justify-between">
        <p className="text-ivory-dim" data-testid="operator-me">
          At the desk: <strong className="text-ivory">{me.name}</strong>, {me.role}
        </p>
        <button type="button" className="btn btn-bare" onClick={() => closeDesk()}>
          <LogOut size={18} aria-hidden="true" /> Leave the desk
        </button>
      </div>
      <nav className="page-nav" aria-label="The desk">
        {PLACES.map(([to, words]) => (
          <NavLink key={to} to={to}>
            {words}
          </NavLink>
        ))}
      </nav>
    </header>
  );
}
