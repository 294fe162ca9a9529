import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { usePlayer } from "../api/session.ts";
import { Dialog } from "../ui/dialog.tsx";

const RoomForm = lazy(() => import("./room-form/form.tsx"));

/** The button that opens a new table. `game`: the game selected at first. */
export function OpenTable({ game }: { readonly game: string | null }) {
  const player = usePlayer();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="lobby-card lobby-new"
        disabled={player === null}
        data-testid="open-table"
        onClick={() => setOpen(true)}
      >
        <Plus size={26} aria-hidden="true" />
        <span className="font-display text-xl">Open a table</span>
        <span className="text-ivory-dim">Choose the game and the stakes; others may join you.</span>
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Open a table">
        <Suspense fallback={<p className="label">One moment &hellip;</p>}>
          <RoomForm first={game} />
        </Suspense>
      </Dialog>
    </>
  );
}
