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

const TABLES = [
  ["european", "Roulette, European", "Single zero. The house keeps 1 chip in 37."],
  ["french", "Roulette, French", "Single zero, and half of an even bet back when it comes."],
  ["american", "Roulette, American", "Double zero and the five-number bet. The house keeps 2 chips in 38."],
  ["crash", "Crash", "Climbs until it crashes. The house keeps 1 chip in 100."],
  ["six", "Hold\u2019em, six seats", "No-limit, blinds 50 and 100. The house takes nothing."],
  ["nine", "Hold\u2019em, nine seats", "The same at a full ring."],
  ["two", "Hold\u2019em, heads-up", "Two seats: you and one other."],
] as const;

/** What is asked of the house for each of them. */
const ORDERS: Readonly<Record<string, { readonly game: string; readonly config?: object }>> = {
  crash: { game: "crash" },
  six: { game: "poker" },
  nine: { game: "poker", config: { seats: 9, maxBots: 8 } },
  two: { game: "poker", config: { seats: 2 } },
};

/** A table of one's own, with the game and the wheel one likes. */
export function OpenTable() {
  const player = usePlayer();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const kind = textOf(new FormData(event.currentTarget), "kind");
    setBusy(true);
    setError(null);
    post("/rooms", newRoom, ORDERS[kind] ?? { game: "roulette", config: { wheel: kind } })
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
        <span className="text-ivory-dim">Choose the game; others may join you.</span>
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Open a table">
        <form className="flex flex-col gap-4" onSubmit={submit}>
          <fieldset className="flex flex-col gap-1">
            <legend className="sr-only">Game</legend>
            {TABLES.map(([value, name, words], i) => (
              <label key={value} className="choice">
                <input type="radio" name="kind" value={value} defaultChecked={i === 0} />
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
