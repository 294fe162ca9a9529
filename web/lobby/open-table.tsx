import { Plus } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";
import { post } from "../api/client.ts";
import { queries, roomsQuery } from "../api/queries.ts";
import { usePlayer } from "../api/session.ts";
import { newRoom } from "../api/shapes.ts";
import { Dialog } from "../ui/dialog.tsx";
import { textOf } from "../ui/forms.ts";
import { pathOf } from "../ui/rooms.ts";

const WHEELS = [
  ["european", "European", "Single zero. The house keeps 1 chip in 37."],
  ["french", "French", "Single zero, and half of an even bet back when it comes."],
  ["american", "American", "Double zero and the five-number bet. The house keeps 2 chips in 38."],
] as const;

/** A table of one's own, with the wheel one likes. */
export function OpenTable() {
  const player = usePlayer();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const wheel = textOf(new FormData(event.currentTarget), "wheel");
    setBusy(true);
    setError(null);
    post("/rooms", newRoom, { game: "roulette", config: { wheel } })
      .then(async (room) => {
        void queries.invalidateQueries(roomsQuery);
        await navigate(pathOf(room));
      })
      .catch((cause: unknown) => setError(cause instanceof Error ? cause.message : "That did not work."))
      .finally(() => setBusy(false));
  };
  return (
    <>
      <button type="button" className="lobby-card lobby-new" disabled={player === null} onClick={() => setOpen(true)}>
        <Plus size={26} aria-hidden="true" />
        <span className="font-display text-xl">Open a table</span>
        <span className="text-ivory-dim">Choose the wheel; others may join you.</span>
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Open a table">
        <form className="flex flex-col gap-4" onSubmit={submit}>
          <fieldset className="flex flex-col gap-1">
            <legend className="sr-only">Wheel</legend>
            {WHEELS.map(([value, name, words], i) => (
              <label key={value} className="choice">
                <input type="radio" name="wheel" value={value} defaultChecked={i === 0} />
                <span>
                  <strong>{name}</strong>
                  <span className="label block">{words}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <p role="alert" className="text-lost empty:hidden">
            {error}
          </p>
          <button type="submit" className="btn btn-brass" disabled={busy}>
            Open it
          </button>
        </form>
      </Dialog>
    </>
  );
}
