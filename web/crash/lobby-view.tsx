import { Keyboard } from "lucide-react";
import { useCallback, useState } from "react";
import { KeysDialog, useKeys } from "../table/keys.tsx";
import { Panel, type TabId } from "../table/panel.tsx";
import { Sheet, TabBar } from "../table/tabs.tsx";
import { useMedia } from "../ui/media.ts";
import { Board } from "./board.tsx";
import { Busts } from "./busts.tsx";
import { useView } from "./context.tsx";
import { Flight } from "./flight/flight.tsx";
import { Hand } from "./hand.tsx";
import { actionFor, KEYS } from "./keys.ts";
import { Controls } from "./controls.tsx";
import { useNews } from "./news.ts";
import { TABS } from "./panel/tabs.tsx";
import { usePress } from "./press.ts";
import { StrategyDialog } from "./strategy-dialog.tsx";

/** The lobby: the flight in the dark, what was before it, the player's desk, and what is told beside it. */
export function LobbyView() {
  const wide = useMedia("(min-width: 1024px)");
  const phase = useView((view) => view.phase.name);
  const [tab, setTab] = useState<TabId>("bets");
  const [sheet, setSheet] = useState<TabId | null>(null);
  const [dialog, setDialog] = useState<"strategy" | "keys" | null>(null);
  const close = useCallback(() => setDialog(null), []);
  const press = usePress();
  useNews();
  useKeys((key) =>
    actionFor(key, {
      press,
      strategy: () => setDialog("strategy"),
      help: () => setDialog("keys"),
      chat: () => {
        if (wide) setTab("chat");
        else setSheet("chat");
        requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-testid="chat-input"]')?.focus());
      },
    }),
  );

  return (
    <div className="room">
      <div className="lounge" data-phase={phase}>
        <h1 className="sr-only">Crash</h1>
        <Busts />
        <div className="air">
          <Flight />
          <Board />
        </div>
        <Hand />
        <Controls onStrategy={() => setDialog("strategy")} />
        <button
          type="button"
          className="help"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={() => setDialog("keys")}
        >
          <Keyboard size={18} aria-hidden="true" />
        </button>
      </div>
      {wide ? <Panel tabs={TABS} tab={tab} onTab={setTab} /> : <TabBar tabs={TABS} open={sheet} onOpen={setSheet} />}
      {!wide && <Sheet tabs={TABS} tab={sheet} onClose={() => setSheet(null)} />}
      <StrategyDialog open={dialog === "strategy"} onClose={close} />
      <KeysDialog open={dialog === "keys"} onClose={close} keys={KEYS} />
    </div>
  );
}
