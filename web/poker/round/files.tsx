import { Copy, Download } from "lucide-react";
import type { PlayerId } from "../../../rooms/game.ts";
import { namesIn } from "../../../rooms/poker/house-names.ts";
import { phhOf } from "../../../rooms/poker/phh.ts";
import type { HandRecord } from "../../../rooms/poker/record.ts";
import { textOf } from "../../../rooms/poker/text.ts";
import { useNamesAsked } from "../../api/names.ts";
import { usePlayer } from "../../api/session.ts";
import { copyLabel, useCopy } from "../../ui/copy.tsx";

type Props = {
  readonly record: HandRecord;
  readonly room: string;
  readonly you: string | null;
};

/** The hand as text, and as PHH for other programs. Contains no cards that the reader was not shown. */
export function Files({ record, room, you }: Props) {
  const me = usePlayer();
  const asked = useNamesAsked();
  const called = namesIn(record.players, (player) => (player === me?.id ? me.username : asked(player)));
  const words = textOf(record, room, you as PlayerId | null, called); // the visitor's own id, from the session
  const [copied, copy] = useCopy();
  const name = `${room.replace(":", "-")}-hand-${record.hand}`;
  return (
    <section className="hand-files">
      <h2>The hand in words</h2>
      <pre className="hash-box" tabIndex={0}>
        {words}
      </pre>
      <div className="flex flex-wrap gap-2">
        <button type="button" className="btn" onClick={() => copy(words)}>
          <Copy size={16} aria-hidden="true" /> {copyLabel(copied, "Copy")}
        </button>
        <button type="button" className="btn" data-testid="save-text" onClick={() => save(`${name}.txt`, words)}>
          <Download size={16} aria-hidden="true" /> As text
        </button>
        <button
          type="button"
          className="btn"
          data-testid="save-phh"
          onClick={() => save(`${name}.phh`, phhOf(record, room, called))}
        >
          <Download size={16} aria-hidden="true" /> As PHH
        </button>
      </div>
    </section>
  );
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
