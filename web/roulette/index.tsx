import { lazy } from "react";
import * as z from "zod/mini";
import type { WebGame } from "../game.ts";
import { noteOf } from "../lobby/note.ts";
import { WheelIcon } from "./icon.tsx";
import { Pips } from "./pips.tsx";

const Art = lazy(() => import("./lobby-art.tsx"));

const note = z.object({ wheel: z.enum(["european", "french", "american"]), last: z.array(z.string()) });

const WHEELS = {
  european: "European wheel, single zero",
  french: "French wheel, half back at zero",
  american: "American wheel, double zero",
} as const;

export const roulette: WebGame = {
  title: "Roulette",
  icon: WheelIcon,
  unit: "round",
  seated: true,
  tickets: "with every spin",
  page: lazy(() => import("./page.tsx")),
  roundPage: lazy(() => import("./round/page.tsx")),
  proofOfPlayer: true,
  card: {
    takes: "A round takes",
    phases: {
      waiting: "Waiting for the first chip",
      open: "Bets are open",
      closed: "No more bets",
      spinning: "The ball is running",
      settled: "Paying out",
    },
    look(room, featured) {
      const told = noteOf(note, room);
      if (told === null) return { art: null, words: null, results: null };
      const { wheel, last } = told;
      return {
        art: <Art wheel={wheel} resting={last[0] ?? null} still={!featured} />,
        words: WHEELS[wheel],
        results: last.length > 0 ? <Pips results={last} /> : null,
      };
    },
  },
};
