import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type ProxyOptions } from "vite";

/**
 * The page. `npm run dev` builds it and serves it with the Worker; beside that, `npx vite` gives a page that reloads as it is
 * edited, with the Worker behind it.
 */
const worker = process.env["CROUPIER_WORKER"] ?? "http://127.0.0.1:8787";

/** The Worker takes requests from its own page only, so the development page speaks in its name. */
const api: ProxyOptions = { target: worker, changeOrigin: true, ws: true, headers: { origin: worker } };

/**
 * A build takes nothing away that somebody may still ask for: a house that runs from this folder, or a tab that was opened before. What
 * no build has written for a day goes.
 */
const KEPT_MS = 86_400_000;

function withOlderParts(): Plugin {
  return {
    name: "croupier:older-parts",
    writeBundle({ dir = "" }) {
      const folder = join(dir, "assets");
      for (const name of readdirSync(folder)) {
        const file = join(folder, name);
        if (statSync(file).mtimeMs < Date.now() - KEPT_MS) rmSync(file);
      }
    },
  };
}

export default defineConfig({
  root: "web",
  plugins: [react(), tailwindcss(), withOlderParts()],
  server: { proxy: { "/api": api } },
  build: { outDir: "dist", emptyOutDir: false, target: "es2022" },
});
