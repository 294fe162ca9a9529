import { lazy, Suspense } from "react";
import { Link, Route, Routes } from "react-router";
import { webGames } from "./games.ts";
import { Invited } from "./lobby/invited.tsx";
import { Lobby } from "./lobby/lobby.tsx";
import { Shell } from "./shell/shell.tsx";

/** Each page is a chunk loaded on demand, and so are the games' pages (web/games.ts). */
const Account = lazy(() => import("./account/page.tsx"));
const Architecture = lazy(() => import("./architecture/page.tsx"));
const Bets = lazy(() => import("./bets/page.tsx"));
const Boards = lazy(() => import("./boards/page.tsx"));
const Health = lazy(() => import("./health/page.tsx"));
const Me = lazy(() => import("./me/page.tsx"));
const Operator = lazy(() => import("./operator/page.tsx"));
const Player = lazy(() => import("./players/page.tsx"));

const games = [...webGames];

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
          {games.map(([name, { page: Page }]) => (
            <Route key={name} path={`rooms/${name}/:id`} element={<Page />} />
          ))}
        </Route>
        {games.map(([name, { roundPage: Page }]) => (
          <Route key={name} path={`rooms/${name}/:id/rounds/:round`} element={<Page />} />
        ))}
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
        <h1 className="mb-6 text-3xl">This page does not exist</h1>
        <Link to="/" className="btn btn-brass">
          To the tables
        </Link>
      </div>
    </div>
  );
}
