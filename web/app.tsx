import { lazy } from "react";
import { Link, Route, Routes } from "react-router";
import { Lobby } from "./lobby/lobby.tsx";
import { Shell } from "./shell/shell.tsx";

/** Each game, and the verifier, loads on its own. */
const Crash = lazy(() => import("./crash/page.tsx"));
const Lottery = lazy(() => import("./lottery/page.tsx"));
const Poker = lazy(() => import("./poker/page.tsx"));
const Roulette = lazy(() => import("./roulette/page.tsx"));
const RouletteRound = lazy(() => import("./rounds/roulette/page.tsx"));
const PokerRound = lazy(() => import("./rounds/poker/page.tsx"));
const CrashRound = lazy(() => import("./rounds/crash/page.tsx"));
const LotteryRound = lazy(() => import("./rounds/lottery/page.tsx"));

export function App() {
  return (
    <Routes>
      <Route element={<Shell />}>
        <Route index element={<Lobby />} />
        <Route path="rooms/crash/:id" element={<Crash />} />
        <Route path="rooms/lottery/:id" element={<Lottery />} />
        <Route path="rooms/poker/:id" element={<Poker />} />
        <Route path="rooms/roulette/:id" element={<Roulette />} />
        <Route path="rooms/roulette/:id/rounds/:round" element={<RouletteRound />} />
        <Route path="rooms/poker/:id/rounds/:round" element={<PokerRound />} />
        <Route path="rooms/crash/:id/rounds/:round" element={<CrashRound />} />
        <Route path="rooms/lottery/:id/rounds/:round" element={<LotteryRound />} />
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
