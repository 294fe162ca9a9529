import { Ticket } from "lucide-react";
import { lazy } from "react";
import type { WebGame } from "../game.ts";
import { noteOf } from "../lobby/note.ts";
import { amount } from "../ui/format.ts";
import { note } from "./note.ts";

const Art = lazy(() => import("./lobby-art.tsx"));

export const lottery: WebGame = {
  title: "Lottery",
  icon: Ticket,
  unit: "draw",
  seated: false,
  tickets: null,
  page: lazy(() => import("./page.tsx")),
  roundPage: lazy(() => import("./round/page.tsx")),
  proofOfPlayer: false,
  card: {
    takes: "A ticket takes",
    phases: { in_waiting: "Gathering tickets", started: "About to be drawn" },
    look(room) {
      const { prize, needs, tickets } = noteOf(note, room) ?? { prize: 0, needs: 0, tickets: 0 };
      return {
        art: <Art tickets={tickets} />,
        words: "Stakes at the tables make tickets",
        results: (
          <p className="lobby-seats numerals">
            {tickets === 0 ? "No ticket yet" : `${amount(tickets)} ${tickets === 1 ? "ticket" : "tickets"} so far`}
          </p>
        ),
        facts: [
          ["Prize", amount(prize)],
          ["Players", `${amount(room.summary.players)} of ${amount(needs)}`],
        ],
      };
    },
  },
};
