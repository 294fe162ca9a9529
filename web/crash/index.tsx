import { TrendingUp } from "lucide-react";
import { lazy } from "react";
import * as z from "zod/mini";
import type { WebGame } from "../game.ts";
import { noteOf } from "../lobby/note.ts";

const Art = lazy(() => import("./lobby-art.tsx"));

/** The bust points of the last flights, in hundredths. */
const note = z.object({ last: z.array(z.number()) });

export const crash: WebGame = {
  title: "Crash",
  icon: TrendingUp,
  unit: "round",
  seated: true,
  tickets: "with every flight",
  page: lazy(() => import("./page.tsx")),
  roundPage: lazy(() => import("./round/page.tsx")),
  proofOfPlayer: false,
  card: {
    takes: "A bet takes",
    phases: {
      waiting: "Waiting for the first bet",
      betting: "Bets are open",
      running: "A flight is in the air",
      crashed: "Just crashed",
    },
    look: (room) => ({
      art: <Art ends={noteOf(note, room)?.last ?? []} />,
      words: "Leave before it crashes",
      results: null,
    }),
  },
};
