import { Plus } from "lucide-react";
import { useCallback, useMemo, useState, type ReactNode } from "react";
import { useYou } from "../table/context.tsx";
import { useKeys } from "../table/keys.tsx";
import { HelpButton, TableShell, useShell } from "../table/shell.tsx";
import { useRest } from "../ui/rest.ts";
import { ActBar } from "./act/bar.tsx";
import { useActing } from "./acting.ts";
import { ask } from "./ask.ts";
import { SitDialog, TopUpDialog } from "./chips-dialog.tsx";
import { useSeat, useSeatedAt, useTable } from "./context.tsx";
import { HandLine } from "./hand-line.tsx";
import { actionFor, KEYS } from "./keys.ts";
import { nameKnown, usePlayerNames } from "./names.ts";
import { useNews } from "./news.ts";
import { Oval } from "./oval/oval.tsx";
import { Opened, type Opens } from "./panel/opens.ts";
import { TABS } from "./panel/tabs.tsx";
import { useQuickSeat } from "./quick-seat.ts";
import { resultLine } from "./results.ts";
import { sceneOf, useScene } from "./scene.ts";

/** A poker table: the table itself, the action bar, and the panel beside it. */
export function TableView() {
  const { link } = useSeatedAt();
  const shell = useShell<"topUp">("seat");
  const [seat, setSeat] = useState<number | null>(null);
  const acting = useActing();
  const { standing } = acting;
  useNews(standing);
  useQuickSeat();
  useKeys((key) =>
    actionFor(key, {
      acting,
      help: () => shell.open("keys"),
      show: () => {
        if (standing.is === "over" && standing.canShow && !acting.resting.rest.on)
          void ask(link, { type: "show", hand: standing.hand });
      },
      chat: shell.chat,
    }),
  );
  const { open, setSheet } = shell;
  const opens = useMemo(
    (): Opens => ({
      topUp: () => {
        setSheet(null);
        open("topUp");
      },
    }),
    [open, setSheet],
  );
  const choose = useCallback((): void => {
    const seats = link.get().known?.view.seats ?? [];
    const free = seats.indexOf(null);
    if (free >= 0) setSeat(free);
  }, [link]);

  return (
    <Opened value={opens}>
      <TableShell
        shell={shell}
        tabs={TABS}
        keys={KEYS}
        dialogs={
          <>
            <SitDialog seat={seat} onClose={() => setSeat(null)} />
            <TopUpDialog open={shell.dialog === "topUp"} onClose={shell.close} />
          </>
        }
      >
        <div className="den" data-standing={standing.is}>
          <h1 className="sr-only">Hold&rsquo;em</h1>
          <LiveTable onSit={setSeat} />
          <HandLine />
          <ActBar acting={acting} onSit={choose} onTopUp={opens.topUp} />
          <HelpButton onClick={() => shell.open("keys")} />
        </div>
      </TableShell>
    </Opened>
  );
}

/** The table as the scene shows it, with the visitor's own cards. */
function LiveTable({ onSit }: { readonly onSit: (seat: number) => void }) {
  const { link } = useSeatedAt();
  const view = useScene((now) => now);
  const names = usePlayerNames();
  const you = useYou();
  const mine = useSeat();
  const live = useTable(({ known }) => known?.view.hand?.hand ?? null);
  const seat = mine?.seat ?? null;
  // The drawn seats may be older than the live ones.
  const own = seat !== null && view.seats[seat]?.player === you ? seat : null;
  const cards = useMemo(
    () => (view.hand !== null && view.hand.hand === live ? (mine?.cards.map(({ card }) => card) ?? []) : []),
    [mine?.cards, view.hand, live],
  );
  const nameOf = useCallback(
    (player: string) => (player === you ? (nameKnown(player) ?? "You") : names(player)),
    [names, you],
  );
  const { attrs: resting } = useRest(own === null ? "sit" : "house");
  const bots = view.seats.filter((one) => one?.bot === true).length;
  const pending = useTable((state) => state.pending);
  const free = (at: number): ReactNode => {
    const asked = pending.some(({ command }) => command.type === "addBot" && command.seat === at);
    if (mine === null) return <span className="free-seat" aria-label={`Seat ${at + 1}, free`} role="img" />;
    if (own === null) {
      return (
        <button type="button" className="free-seat" data-testid={`sit-${at}`} {...resting} onClick={() => onSit(at)}>
          <Plus size={18} aria-hidden="true" />
          <span>Sit</span>
          <span className="sr-only"> down in seat {at + 1}</span>
        </button>
      );
    }
    if (view.house === null || bots >= view.config.maxBots)
      return <span className="free-seat free-quiet" aria-hidden="true" />;
    return (
      <button
        type="button"
        className="free-seat free-quiet"
        aria-busy={asked}
        data-testid={`bot-${at}`}
        {...resting}
        title="Ask a house player in"
        onClick={() => {
          if (!asked) void ask(link, { type: "addBot", seat: at });
        }}
      >
        <Plus size={16} aria-hidden="true" />
        <span>House</span>
        <span className="sr-only"> player to seat {at + 1}</span>
      </button>
    );
  };
  const over = view.hand?.awards != null;
  return (
    <Oval view={view} mine={own} own={cards} nameOf={nameOf} clock={link.clock.now} free={free}>
      {over ? (
        <p className="result" data-testid="result">
          {resultLine({ ...view, seats: sceneOf(link).seatsOf(view) }, names)}
        </p>
      ) : view.hand === null && view.seats.every((one) => one === null) ? (
        <p className="empty-table">
          {mine === null ? "Nobody sits here just now." : "The table is yours."}
          {mine !== null && <span>Take a seat, and the house keeps you company.</span>}
        </p>
      ) : undefined}
    </Oval>
  );
}
