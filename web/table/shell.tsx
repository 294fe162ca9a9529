import { Keyboard } from "lucide-react";
import { useCallback, useState, type ReactNode } from "react";
import { useMedia } from "../ui/media.ts";
import { KeysDialog, type KeyWords } from "./keys.tsx";
import { Panel, type Tab, type TabId } from "./panel.tsx";
import { Sheet, TabBar } from "./tabs.tsx";

/** The frame of every table page: the panel beside the table (a sheet on small screens), and the dialogs. */

export type Shell<Dialog extends string = never> = {
  readonly wide: boolean;
  readonly tab: TabId;
  readonly sheet: TabId | null;
  readonly dialog: Dialog | "keys" | null;
  readonly setTab: (tab: TabId) => void;
  readonly setSheet: (tab: TabId | null) => void;
  readonly open: (dialog: Dialog | "keys") => void;
  readonly close: () => void;
  /** Shows a tab, in the panel or in a sheet. */
  readonly show: (tab: TabId) => void;
  /** Shows the chat and focuses its input. */
  readonly chat: () => void;
};

/** `first`: the initial tab. */
export function useShell<Dialog extends string = never>(first: TabId): Shell<Dialog> {
  const wide = useMedia("(min-width: 1024px)");
  const [tab, setTab] = useState(first);
  const [sheet, setSheet] = useState<TabId | null>(null);
  const [dialog, open] = useState<Dialog | "keys" | null>(null);
  const close = useCallback(() => open(null), []);
  const show = (id: TabId): void => (wide ? setTab(id) : setSheet(id));
  const chat = (): void => {
    show("chat");
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-testid="chat-input"]')?.focus());
  };
  return { wide, tab, sheet, dialog, setTab, setSheet, open, close, show, chat };
}

type Props = {
  readonly shell: Omit<Shell, "dialog" | "open"> & { readonly dialog: string | null };
  readonly tabs: readonly Tab[];
  readonly keys: KeyWords;
  /** Dialogs besides that of the keyboard shortcuts. */
  readonly dialogs?: ReactNode;
  /** The table. */
  readonly children: ReactNode;
};

export function TableShell({ shell, tabs, keys, dialogs, children }: Props) {
  const { wide, tab, sheet, dialog, setTab, setSheet, close } = shell;
  return (
    <div className="room">
      {children}
      {wide ? <Panel tabs={tabs} tab={tab} onTab={setTab} /> : <TabBar tabs={tabs} open={sheet} onOpen={setSheet} />}
      {!wide && <Sheet tabs={tabs} tab={sheet} onClose={() => setSheet(null)} />}
      {dialogs}
      <KeysDialog open={dialog === "keys"} onClose={close} keys={keys} />
    </div>
  );
}

/** The button for keyboard shortcuts, in a corner of the table. */
export function HelpButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <button
      type="button"
      className="help"
      aria-label="Keyboard shortcuts"
      title="Keyboard shortcuts (?)"
      onClick={onClick}
    >
      <Keyboard size={18} aria-hidden="true" />
    </button>
  );
}
