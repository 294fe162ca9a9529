import { usePlayer } from "../api/session.ts";
import { Dialog } from "../ui/dialog.tsx";
import { useBackCloses } from "./back.ts";
import type { Tab, TabId } from "./panel.tsx";

type BarProps = {
  readonly tabs: readonly Tab[];
  readonly open: TabId | null;
  readonly onOpen: (tab: TabId) => void;
};

/** The panel's tabs, at the bottom of a small screen. */
export function TabBar({ tabs, open, onOpen }: BarProps) {
  const guest = usePlayer()?.guest === true;
  return (
    <nav className="tab-bar" aria-label="About the table" data-guest={guest || undefined}>
      {tabs.map(({ id, words, icon: Icon }) => (
        <button
          key={id}
          type="button"
          aria-label={words}
          aria-haspopup="dialog"
          aria-expanded={open === id}
          data-testid={`tab-${id}`}
          onClick={() => onOpen(id)}
        >
          <Icon size={20} aria-hidden="true" />
          <span>{words}</span>
        </button>
      ))}
    </nav>
  );
}

type SheetProps = { readonly tabs: readonly Tab[]; readonly tab: TabId | null; readonly onClose: () => void };

/** A tab's content as a sheet that slides up from below. */
export function Sheet({ tabs, tab, onClose }: SheetProps) {
  const shown = tabs.find(({ id }) => id === tab);
  useBackCloses(shown !== undefined, onClose);
  return (
    <Dialog open={shown !== undefined} onClose={onClose} title={shown?.title ?? ""} sheet>
      {shown?.body()}
    </Dialog>
  );
}
