import { Keyboard } from "lucide-react";
import { useCallback, useState } from "react";
import { KeysDialog, useKeys } from "../table/keys.tsx";
import { Panel, type TabId } from "../table/panel.tsx";
import { Sheet, TabBar } from "../table/tabs.tsx";
import { useMedia } from "../ui/media.ts";
import { useDesk } from "./desk.ts";
import { Form } from "./form.tsx";
import { Hand } from "./hand.tsx";
import { deedFor, KEYS } from "./keys.ts";
import { Pills } from "./pills.tsx";
import { TABS } from "./panel/tabs.tsx";
import { Rail } from "./rail.tsx";

/** A dice table: the last numbers, the rail with the newest one, and the player's controls. */
export function TableView() {
  const wide = useMedia("(min-width: 1024px)");
  const desk = useDesk();
  const [tab, setTab] = useState<TabId>("bets");
  const [sheet, setSheet] = useState<TabId | null>(null);
  const [keys, setKeys] = useState(false);
  const close = useCallback(() => setKeys(false), []);
  useKeys((key) =>
    deedFor(key, desk, {
      help: () => setKeys(true),
      chat: () => {
        if (wide) setTab("chat");
        else setSheet("chat");
        requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-testid="chat-input"]')?.focus());
      },
    }),
  );
  return (
    <div className="room">
      <div className="dice">
        <h1 className="sr-only">Dice</h1>
        <Pills />
        <Rail bet={desk.bet} onAim={desk.aim} />
        <Hand />
        <Form desk={desk} />
        <button
          type="button"
          className="help"
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={() => setKeys(true)}
        >
          <Keyboard size={18} aria-hidden="true" />
        </button>
      </div>
      {wide ? <Panel tabs={TABS} tab={tab} onTab={setTab} /> : <TabBar tabs={TABS} open={sheet} onOpen={setSheet} />}
      {!wide && <Sheet tabs={TABS} tab={sheet} onClose={() => setSheet(null)} />}
      <KeysDialog open={keys} onClose={close} keys={KEYS} />
    </div>
  );
}
