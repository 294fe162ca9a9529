import { useId, useRef, type ComponentType, type KeyboardEvent, type ReactNode } from "react";

export type TabId = "bets" | "seat" | "tickets" | "players" | "chat" | "history" | "fair";
export type Tab = {
  readonly id: TabId;
  readonly words: string;
  readonly title: string;
  readonly icon: ComponentType<{ size?: number; "aria-hidden"?: "true" }>;
  readonly body: () => ReactNode;
};

type Props = { readonly tabs: readonly Tab[]; readonly tab: TabId; readonly onTab: (tab: TabId) => void };

/** The side panel on wide screens. */
export function Panel({ tabs, tab, onTab }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const steer = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex((one) => one.id === tab);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (next === undefined) return;
    onTab(next.id);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  const shown = tabs.find((one) => one.id === tab);
  return (
    <aside className="panel" aria-label="About the table">
      <div ref={list} role="tablist" className="panel-tabs" onKeyDown={steer}>
        {tabs.map(({ id: one, words, icon: Icon }) => (
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
