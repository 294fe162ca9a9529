import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type ProxyOptions } from "vite";

/**
 * The page. `npm run dev` builds it and serves it with the Worker; beside that, `npx vite` gives a page that reloads as it is
 * edited, with the Worker behind it.
 */
const worker = process.env["CROUPIER_WORKER"] ?? "http://127.0.0.1:8787";

/** The Worker takes requests from its own page only, so the development page speaks in its name. */
const api: ProxyOptions = { target: worker, changeOrigin: true, ws: true, headers: { origin: worker } };

export default defineConfig({
  root: "web",
  plugins: [react(), tailwindcss()],
  server: { proxy: { "/api": api } },
  build: { outDir: "dist", emptyOutDir: true, target: "es2022" },
});
