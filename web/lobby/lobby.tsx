import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { roomsQuery } from "../api/queries.ts";
import { useMoney } from "../api/wallet.ts";
import { Faucet } from "../shell/account-sheet.tsx";
import { useTitle } from "../ui/title.ts";
import { House } from "./house.tsx";
import { OpenTable } from "./open-table.tsx";
import { RoomCard } from "./room-card.tsx";

const LOW = 500;
const SHOWN = 8;

/** The tables, as one comes in. */
export function Lobby() {
  useTitle("Croupier");
  const { data, isPending, isError, refetch } = useQuery(roomsQuery);
  const [all, setAll] = useState(false);
  const [first, ...others] = data?.rooms ?? [];
  return (
    <div className="lobby">
      <header className="lobby-head">
        <h1>{greeting(new Date().getHours())}</h1>
        <p>Sit down where you like. The chips are play money: they cost nothing, and they buy nothing.</p>
      </header>
      <LowOnChips />
      {isPending && <div className="lobby-hero lobby-hero-empty" aria-busy="true" />}
      {isError && (
        <div className="lobby-hero lobby-hero-empty">
          <p>The list of tables cannot be reached just now.</p>
          <button type="button" className="btn mt-4" onClick={() => void refetch()}>
            Try again
          </button>
        </div>
      )}
      {data !== undefined && first === undefined && (
        <div className="lobby-hero lobby-hero-empty">
          <p>No table is set yet. Open one of your own below.</p>
        </div>
      )}
      {first !== undefined && <RoomCard room={first} featured />}
      {!isPending && (
        <div className="lobby-more">
          {others.slice(0, all ? others.length : SHOWN).map((room) => (
            <RoomCard key={`${room.game}:${room.id}`} room={room} />
          ))}
          <OpenTable />
        </div>
      )}
      {others.length > SHOWN && !all && (
        <button type="button" className="btn self-start" onClick={() => setAll(true)}>
          All {others.length + 1} tables
        </button>
      )}
      {!isPending && <House />}
    </div>
  );
}

function LowOnChips() {
  const { balance, inPlay } = useMoney();
  if (balance === null || balance + inPlay >= LOW) return null;
  return (
    <div className="lobby-low">
      <p>You are low on chips.</p>
      <Faucet />
    </div>
  );
}

function greeting(hour: number): string {
  if (hour >= 5 && hour < 12) return "Good morning";
  return hour >= 12 && hour < 18 ? "Good afternoon" : "Good evening";
}
