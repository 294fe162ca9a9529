import { lazy, Suspense } from "react";
import { Link, Route, Routes } from "react-router";
import { Invited } from "./lobby/invited.tsx";
import { Lobby } from "./lobby/lobby.tsx";
import { Shell } from "./shell/shell.tsx";

/** Each game, and the verifier, loads on its own. */
const Account = lazy(() => import("./account/page.tsx"));
const Architecture = lazy(() => import("./architecture/page.tsx"));
const Bets = lazy(() => import("./bets/page.tsx"));
const Boards = lazy(() => import("./boards/page.tsx"));
const Crash = lazy(() => import("./crash/page.tsx"));
const Health = lazy(() => import("./health/page.tsx"));
const Lottery = lazy(() => import("./lottery/page.tsx"));
const Me = lazy(() => import("./me/page.tsx"));
const Operator = lazy(() => import("./operator/page.tsx"));
const Player = lazy(() => import("./players/page.tsx"));
const Poker = lazy(() => import("./poker/page.tsx"));
const Roulette = lazy(() => import("./roulette/page.tsx"));
const RouletteRound = lazy(() => import("./rounds/roulette/page.tsx"));
const PokerRound = lazy(() => import("./rounds/poker/page.tsx"));
const CrashRound = lazy(() => import("./rounds/crash/page.tsx"));
const LotteryRound = lazy(() => import("./rounds/lottery/page.tsx"));

export function App() {
  return (
    <Routes>
      <Route
        path="operator/*"
        element={
          <Suspense>
            <Operator />
          </Suspense>
        }
      />
      <Route element={<Shell />}>
        <Route index element={<Lobby />} />
        <Route element={<Invited />}>
          <Route path="rooms/crash/:id" element={<Crash />} />
          <Route path="rooms/lottery/:id" element={<Lottery />} />
          <Route path="rooms/poker/:id" element={<Poker />} />
          <Route path="rooms/roulette/:id" element={<Roulette />} />
        </Route>
        <Route path="rooms/roulette/:id/rounds/:round" element={<RouletteRound />} />
        <Route path="rooms/poker/:id/rounds/:round" element={<PokerRound />} />
        <Route path="rooms/crash/:id/rounds/:round" element={<CrashRound />} />
        <Route path="rooms/lottery/:id/rounds/:round" element={<LotteryRound />} />
        <Route path="account" element={<Account />} />
        <Route path="me" element={<Me />} />
        <Route path="bets" element={<Bets />} />
        <Route path="boards" element={<Boards />} />
        <Route path="players/:id" element={<Player />} />
        <Route path="health" element={<Health />} />
        <Route path="architecture" element={<Architecture />} />
        <Route path="*" element={<Nowhere />} />
      </Route>
    </Routes>
  );
}

function Nowhere() {
  return (
    <div className="grid min-h-96 place-items-center p-8 text-center">
      <div>
        <h1 className="mb-6 text-3xl">This door leads nowhere</h1>
        <Link to="/" className="btn btn-brass">
          To the tables
        </Link>
      </div>
    </div>
  );
}
