import { useQuery } from "@tanstack/react-query";
import { ChartNoAxesColumn, Landmark, LayoutGrid, Trophy } from "lucide-react";
import type { ReactNode } from "react";
import { NavLink } from "react-router";
import { roomsQuery } from "../api/queries.ts";
import type { RoomLine } from "../api/shapes.ts";
import { GameIcon } from "../ui/game-icon.tsx";
import { titleOf } from "../games.ts";
import { pathOf } from "../ui/rooms.ts";

const SHOWN = 6;

/** The navigation at the left of a wide screen: rooms, and below them the other pages. */
export function Rail() {
  const { data } = useQuery(roomsQuery);
  return (
    <nav className="rail" aria-label="Rooms and pages">
      <Stop to="/" label="Tables" icon={<LayoutGrid size={22} aria-hidden="true" />} />
      {(data?.rooms ?? []).slice(0, SHOWN).map((room) => (
        <RoomStop key={`${room.game}:${room.id}`} room={room} />
      ))}
      <span className="rail-rest" aria-hidden="true" />
      <Stop to="/me" label="You" icon={<ChartNoAxesColumn size={22} aria-hidden="true" />} />
      <Stop to="/boards" label="Boards" icon={<Trophy size={22} aria-hidden="true" />} />
      <Stop to="/architecture" label="House" icon={<Landmark size={22} aria-hidden="true" />} />
    </nav>
  );
}

function RoomStop({ room }: { readonly room: RoomLine }) {
  const label = titleOf(room);
  return <Stop to={pathOf(room)} label={label} icon={<GameIcon game={room.game} />} busy={room.online > 0} />;
}

type StopProps = { readonly to: string; readonly label: string; readonly icon: ReactNode; readonly busy?: boolean };

function Stop({ to, label, icon, busy = false }: StopProps) {
  return (
    <NavLink to={to} end={to === "/"} className="rail-stop">
      <span className="relative">
        {icon}
        {busy && <span className="rail-busy" aria-hidden="true" />}
      </span>
      <span>{label}</span>
    </NavLink>
  );
}
