import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { roomsQuery } from "../api/queries.ts";
import { useMoney } from "../api/wallet.ts";
import { Faucet } from "../shell/account-sheet.tsx";
import { Pages } from "../shell/pages.tsx";
import { useRest } from "../ui/rest.ts";
import { useTitle } from "../ui/title.ts";
import { House } from "./house.tsx";
import { OpenTable } from "./open-table.tsx";
import { RoomCard } from "./room-card.tsx";
import { Toolbar } from "./toolbar.tsx";

const LOW = 500;
const SHOWN = 8;

/** The lobby: the start page with all tables. */
export function Lobby() {
  useTitle("Croupier");
  const { data, isPending, isError, refetch } = useQuery(roomsQuery);
  const [all, setAll] = useState(false);
  const [query, setQuery] = useSearchParams();
  const game = query.get("game");
  const [first, ...others] = (data?.rooms ?? []).filter((room) => game === null || room.game === game);
  const { attrs: resting } = useRest((data?.rooms ?? []).map(({ game: of, id }) => `${of}:${id}`).join(" "));
  return (
    <div className="lobby">
      <header className="lobby-head">
        <h1>{greeting(new Date().getHours())}</h1>
        <p>Sit down where you like. The chips are play money: they cost nothing, and they buy nothing.</p>
      </header>
      <LowOnChips />
      {data !== undefined && (
        <Toolbar
          rooms={data.rooms}
          game={game}
          onGame={(next) => setQuery(next === null ? {} : { game: next }, { replace: true })}
        />
      )}
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
          <p>No table {game === null ? "is set yet" : "of this game is set"}. Open one of your own below.</p>
        </div>
      )}
      {first !== undefined && <RoomCard room={first} featured />}
      {!isPending && (
        <div className="lobby-more" {...resting}>
          {others.slice(0, all ? others.length : SHOWN).map((room) => (
            <RoomCard key={`${room.game}:${room.id}`} room={room} />
          ))}
          <OpenTable game={game} />
        </div>
      )}
      {others.length > SHOWN && !all && (
        <button type="button" className="btn self-start" onClick={() => setAll(true)}>
          All {others.length + 1} tables
        </button>
      )}
      {!isPending && <House />}
      {!isPending && <Pages />}
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
