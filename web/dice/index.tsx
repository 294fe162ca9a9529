import { Dices } from "lucide-react";
import { lazy } from "react";
import * as z from "zod/mini";
import type { WebGame } from "../game.ts";
import { noteOf } from "../lobby/note.ts";

const Art = lazy(() => import("./lobby-art.tsx"));

/** The last numbers rolled, newest first. */
const note = z.object({ last: z.array(z.number()) });

export const dice: WebGame = {
  title: "Dice",
  icon: Dices,
  unit: "round",
  seated: true,
  tickets: "with every roll",
  page: lazy(() => import("./page.tsx")),
  roundPage: lazy(() => import("./round/page.tsx")),
  proofOfPlayer: true,
  card: {
    takes: "A roll takes",
    phases: { open: "Roll when you like" },
    look: (room) => ({
      art: <Art last={noteOf(note, room)?.last ?? []} />,
      words: "Under or over, at the odds you choose",
      results: null,
    }),
  },
};
