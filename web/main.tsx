import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { queries } from "./api/queries.ts";
import { enter, onSession, sessionNow } from "./api/session.ts";
import "./api/stay.ts";
import "./api/wallet.ts";
import "./api/windows.ts";
import { App } from "./app.tsx";
import { loadAnew } from "./shell/fresh.ts";
import { Mishap } from "./shell/mishap.tsx";
import { liveWithTranslation } from "./ui/translated.ts";
import "./styles/index.css";
import "./ui/keys.ts";
import "./ui/rest.ts";

liveWithTranslation();

// Operators are not turned into guests.
if (!location.pathname.startsWith("/operator")) void enter();
import("./api/personal.ts").catch(loadAnew);

/** The player whose data is cached. Data is never shown to the next player. */
let reader: string | null = null;
onSession(() => {
  const session = sessionNow();
  const next = session.state === "here" ? session.player.id : null;
  if (next === reader) return;
  if (reader !== null && next !== null) void queries.resetQueries();
  else queries.removeQueries({ type: "inactive" });
  reader = next;
});

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <BrowserRouter>
        <Mishap at="">
          <App />
        </Mishap>
      </BrowserRouter>
    </QueryClientProvider>
  </StrictMode>,
);
