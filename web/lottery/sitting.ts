import { lottery } from "../../rooms/lottery/index.ts";
import { Link } from "../live/link.ts";
import { ticketFor, whoNow, wordFor, type Sitter } from "../table/sitting.ts";
import { remember } from "../table/witness.ts";
import { reportConnection } from "../ui/connection.ts";
import { pathOf } from "../ui/rooms.ts";
import type { LotteryLink } from "./context.tsx";
import { offerWords } from "./offer.ts";
import { rootsOf } from "./roots.ts";

/**
 * A visit to a lottery. It holds no chips, so a table need not be left for it. It stays connected while the visitor has tickets
 * in a draw, so that their client seed is sent even when they are on another page.
 */

type Visit = {
  readonly link: LotteryLink;
  readonly room: string;
  readonly who: string | null;
  /** Whether its page is open. Then the header shows the state of its connection. */
  open: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
};

const LINGER_MS = 20_000;
let visit: Visit | null = null;

export const lotteryTable: Sitter<LotteryLink> = {
  game: "lottery",
  sit: (id) => {
    const room = `lottery:${id}`;
    const who = whoNow();
    if (visit !== null && (visit.room !== room || visit.who !== who || visit.link.get().ended !== null)) end(visit);
    const here = visit ?? begin(id, room, who);
    clearTimeout(here.timer);
    here.open = true;
    tend(here);
    return here.link;
  },
  leave: (link) => {
    if (visit?.link !== link) return;
    visit.open = false;
    reportConnection(null);
    linger(visit);
  },
};

function begin(id: string, room: string, who: string | null): Visit {
  const place = { game: "lottery", id };
  const link: LotteryLink = new Link(lottery, { path: `/api${pathOf(place)}`, ticket: () => ticketFor(place) });
  const here: Visit = { link, room, who, open: true, timer: undefined };
  visit = here;
  link.subscribe(() => tend(here));
  return here;
}

function tend(here: Visit): void {
  const { known } = here.link.get();
  if (here.open) reportConnection(wordFor(here.link.get()));
  if (known === null) return;
  remember(here.room, known.table.commitments);
  const { started } = known.view;
  if (started !== null) remember(rootsOf(here.room), [{ round: started.draw, hash: started.root }]);
  offerWords(here.link);
}

function linger(here: Visit): void {
  here.timer = setTimeout(() => {
    const seat = here.link.get().known?.seat;
    if (here.who === whoNow() && seat != null && seat.waiting.tickets + (seat.started?.tickets ?? 0) > 0) linger(here);
    else end(here);
  }, LINGER_MS);
}

function end(here: Visit): void {
  clearTimeout(here.timer);
  here.link.close();
  if (visit === here) visit = null;
}
