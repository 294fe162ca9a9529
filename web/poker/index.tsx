import { Spade } from "lucide-react";
import { lazy } from "react";
import * as z from "zod/mini";
import type { WebGame } from "../game.ts";
import { noteOf } from "../lobby/note.ts";
import { amount } from "../ui/format.ts";

const Art = lazy(() => import("./lobby-art.tsx"));

const note = z.object({ blinds: z.tuple([z.number(), z.number()]), seats: z.number(), taken: z.number() });

export const poker: WebGame = {
  title: "Hold\u2019em",
  icon: Spade,
  unit: "hand",
  seated: true,
  tickets: null,
  page: lazy(() => import("./page.tsx")),
  roundPage: lazy(() => import("./round/page.tsx")),
  proofOfPlayer: false,
  card: {
    takes: "To sit down with",
    phases: {
      waiting: "Waiting for players",
      starting: "The cards are coming",
      playing: "A hand is on",
      over: "Between two hands",
    },
    look(room) {
      const { phase, players } = room.summary;
      const told = noteOf(note, room);
      const { seats, taken } = told ?? { seats: 6, taken: 0 };
      return {
        art: <Art seats={seats} taken={taken} live={phase === "playing" || phase === "over"} />,
        words: told === null ? null : `No-limit, blinds ${amount(told.blinds[0])} and ${amount(told.blinds[1])}`,
        results: <p className="lobby-seats numerals">{seatWords(seats, taken, players)}</p>,
      };
    },
  },
};

/** Bots count separately: they give up their seats to waiting players. */
function seatWords(seats: number, taken: number, people: number): string {
  if (taken === 0) return `${seats} seats, all free`;
  const house = taken - people;
  const theirs = house <= 0 ? "" : house === taken ? ", all by house players" : `, ${house} by house players`;
  return `${taken} of ${seats} seats taken${theirs}`;
}
