import { Eye, EyeOff, Pause, Play, SkipBack, SkipForward, StepBack, StepForward } from "lucide-react";
import { useEffect, useMemo, useState, type KeyboardEvent } from "react";
import type { HandRecord } from "../../../rooms/poker/record.ts";
import { knownCards, replay, type Picture } from "../../../rooms/poker/replay.ts";
import type { View } from "../../../rooms/poker/types.ts";
import type { NameOf } from "../house-names.ts";
import { Oval } from "../oval/oval.tsx";
import { resultLine, resultWords } from "../results.ts";
import { actWords, cardNames, STREET_NAMES } from "../words.ts";

type Props = { readonly record: HandRecord; readonly you: string | null; readonly nameOf: NameOf };

/** A replay has no running clocks. */
const still = (): number => 0;
const PACE_MS = 1_100;

/** Replays a finished hand step by step on a table of its own: by button, by arrow key, or automatically. */
export default function Replay({ record, you, nameOf }: Props) {
  const pictures = useMemo(() => replay(record), [record]);
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const [runs, setRuns] = useState(false);
  const last = pictures.length - 1;
  const picture = pictures[Math.min(at, last)];
  const go = (to: number): void => {
    setRuns(false);
    setAt(Math.max(0, Math.min(last, to)));
  };
  useEffect(() => {
    if (!runs) return undefined;
    if (at >= last) {
      setRuns(false);
      return undefined;
    }
    const timer = setTimeout(() => setAt(at + 1), PACE_MS);
    return () => clearTimeout(timer);
  }, [runs, at, last]);
  const known = useMemo(() => knownCards(record), [record]);
  const own = record.players.find(({ player }) => player === you)?.seat ?? null;
  if (picture === undefined) return null;
  const keys = (event: KeyboardEvent): void => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  const view = open ? opened(picture.view, known) : picture.view;
  return (
    <div className="replay" onKeyDown={keys}>
      <Oval view={view} mine={own} own={own === null ? [] : (known[own] ?? [])} nameOf={nameOf} clock={still}>
        {view.hand?.awards == null ? undefined : <p className="result">{resultLine(view, nameOf)}</p>}
      </Oval>
      <p className="replay-line" role="status" data-testid="replay-line">
        {wordsOf(picture, record, nameOf)}
      </p>
      <div className="replay-bar" role="group" aria-label="Replay">
        <Control words="To the deal" off={at === 0} onPress={() => go(0)}>
          <SkipBack size={18} aria-hidden="true" />
        </Control>
        <Control words="One step back" off={at === 0} onPress={() => go(at - 1)} id="replay-back">
          <StepBack size={18} aria-hidden="true" />
        </Control>
        <Control
          words={runs ? "Pause" : "Play"}
          off={false}
          onPress={() => {
            if (!runs && at >= last) setAt(0);
            setRuns(!runs);
          }}
        >
          {runs ? <Pause size={18} aria-hidden="true" /> : <Play size={18} aria-hidden="true" />}
        </Control>
        <Control words="One step on" off={at >= last} onPress={() => go(at + 1)} id="replay-on">
          <StepForward size={18} aria-hidden="true" />
        </Control>
        <Control words="To the end" off={at >= last} onPress={() => go(last)} id="replay-end">
          <SkipForward size={18} aria-hidden="true" />
        </Control>
        <span className="replay-count numerals" aria-label={`Step ${at + 1} of ${last + 1}`}>
          {at + 1} / {last + 1}
        </span>
        <Control
          words={open ? "Cards as they were seen" : "Every card you may know"}
          off={false}
          onPress={() => setOpen(!open)}
        >
          {open ? <EyeOff size={18} aria-hidden="true" /> : <Eye size={18} aria-hidden="true" />}
        </Control>
      </div>
    </div>
  );
}

type ControlProps = {
  readonly words: string;
  readonly off: boolean;
  readonly id?: string;
  readonly onPress: () => void;
  readonly children: React.ReactNode;
};

function Control({ words, off, id, onPress, children }: ControlProps) {
  return (
    <button
      type="button"
      className="nudge"
      aria-label={words}
      title={words}
      disabled={off}
      data-testid={id}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

/** Turns all cards that the record contains face up. */
function opened(view: View, known: ReturnType<typeof knownCards>): View {
  const seats = view.seats.map((seat, i) =>
    seat !== null && seat.cards === "hidden" && known[i] !== undefined ? { ...seat, cards: known[i] } : seat,
  );
  return { ...view, seats };
}

function wordsOf({ did, view }: Picture, record: HandRecord, nameOf: NameOf): string {
  const who = (seat: number): string => nameOf(record.players.find((one) => one.seat === seat)?.player ?? "");
  switch (did.type) {
    case "dealt":
      return `${record.players.length} players are dealt in. ${who(record.button)} ${who(record.button) === "You" ? "have" : "has"} the button.`;
    case "acted":
      return `${actWords(who(did.seat), did.act)}.`;
    case "street":
      return `${did.board === 2 ? "Second board" : STREET_NAMES[did.street]}: ${cardNames(did.cards)}.`;
    case "shown":
      return did.seats.length === 1
        ? `${who(did.seats[0] ?? 0)} show${who(did.seats[0] ?? 0) === "You" ? "" : "s"}.`
        : "The hands are face up.";
    case "won":
      return resultWords(view, nameOf);
    case "voided":
      return `The hand was void: ${did.reason}`;
    case "sat":
    case "stood":
    case "toppedUp":
    case "satOut":
    case "satIn":
    case "timeBank":
    case "other":
      return "\u00a0";
    default:
      did satisfies never;
      return "";
  }
}
