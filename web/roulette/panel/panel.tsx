import { Coins, History, MessageCircle, ShieldCheck, Users } from "lucide-react";
import { useId, useRef, type ComponentType, type KeyboardEvent, type ReactNode } from "react";
import { BetsTab } from "./bets.tsx";
import { ChatTab } from "./chat.tsx";
import { FairTab } from "./fair.tsx";
import { HistoryTab } from "./history.tsx";
import { PlayersTab } from "./players.tsx";

export type TabId = "bets" | "players" | "chat" | "history" | "fair";
type Tab = {
  readonly id: TabId;
  readonly words: string;
  readonly title: string;
  readonly icon: ComponentType<{ size?: number; "aria-hidden"?: "true" }>;
  readonly body: () => ReactNode;
};

export const TABS: readonly Tab[] = [
  { id: "bets", words: "Bets", title: "Your bets", icon: Coins, body: () => <BetsTab /> },
  { id: "players", words: "Players", title: "At the table", icon: Users, body: () => <PlayersTab /> },
  { id: "chat", words: "Chat", title: "Table talk", icon: MessageCircle, body: () => <ChatTab /> },
  { id: "history", words: "Spins", title: "Past spins", icon: History, body: () => <HistoryTab /> },
  { id: "fair", words: "Fair", title: "How it is kept fair", icon: ShieldCheck, body: () => <FairTab /> },
];

/** The side panel of a wide screen. */
export function Panel({ tab, onTab }: { readonly tab: TabId; readonly onTab: (tab: TabId) => void }) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const steer = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = TABS.findIndex((one) => one.id === tab);
    const next = TABS[(at + by + TABS.length) % TABS.length];
    if (next === undefined) return;
    onTab(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  const shown = TABS.find((one) => one.id === tab);
  return (
    <aside className="panel" aria-label="About the table">
      <div ref={list} role="tablist" className="panel-tabs" onKeyDown={steer}>
        {TABS.map(({ id: one, words, icon: Icon }) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`${id}-${one}`}
            aria-selected={tab === one}
            aria-controls={`${id}-body`}
            tabIndex={tab === one ? 0 : -1}
            data-tab={one}
            data-testid={`tab-${one}`}
            onClick={() => onTab(one)}
          >
            <Icon size={19} aria-hidden="true" />
            <span>{words}</span>
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-body`} aria-labelledby={`${id}-${tab}`} className="panel-body" tabIndex={0}>
        <h2 className="panel-title">{shown?.title}</h2>
        {shown?.body()}
      </div>
    </aside>
  );
}
