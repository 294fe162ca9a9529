import { useCallback, useEffect, useRef, useState } from "react";
import { decompose, type Call } from "../../rooms/roulette/calls.ts";
import { betOn, type LegalBet } from "../../rooms/roulette/layout.ts";
import type { Spot } from "../../rooms/roulette/types.ts";
import { watchingWords } from "../care/barred.ts";
import { announce } from "../ui/announce.tsx";
import { amount } from "../ui/format.ts";
import { useMedia } from "../ui/media.ts";
import { useKeys } from "../table/keys.tsx";
import { say } from "../table/notice.ts";
import { chime, clack } from "../table/sound.ts";
import { HelpButton, TableShell, useShell } from "../table/shell.tsx";
import { ask } from "./actions.ts";
import { AutoDialog } from "./auto-dialog.tsx";
import { useSeat, useSeatedAt, useTable, useView } from "./context.tsx";
import { Felt } from "./felt/felt.tsx";
import { nameOf } from "./felt/words.ts";
import { Hand } from "./hand.tsx";
import { flyHome, flyToSpot } from "./flights.ts";
import { actionFor, KEYS, type Actions } from "./keys.tsx";
import { useLanded } from "./landed.ts";
import { Controls } from "./controls.tsx";
import { TABS } from "./panel/tabs.tsx";
import { PhaseBoard } from "./phase.tsx";
import { stopWords } from "./refusals.ts";
import { stakeNow } from "./stake.ts";
import { Tower } from "./tower.tsx";
import { Racetrack } from "./track/racetrack.tsx";
import { WheelBox } from "./wheel-box.tsx";

/** A roulette table: wheel and phase above, the felt, the player's controls, and the panel beside it. */
export function TableView() {
  const { link } = useSeatedAt();
  const shell = useShell<"auto">("bets");
  const roomy = useMedia("(min-width: 1280px) and (min-height: 840px)");
  const upright = useMedia("(max-width: 699.98px)");
  const phase = useView((view) => view.phase);
  const wheel = useView((view) => view.config.wheel);
  const round = useView((view) => view.round);
  const landed = useLanded(phase, link.clock.now);
  const [pointed, setPointed] = useState<LegalBet | null>(null);
  const [tracking, setTracking] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  useNews();
  const paid = useSeat()?.paid ?? null;
  const won = phase.name === "settled" && paid?.round === round - 1 && paid.returned > paid.staked;

  const bet = useCallback(
    (spot: Spot): void => {
      const stake = stakeNow();
      const { view, seat } = link.get().known ?? {};
      if (seat === null || view === undefined) say(watchingWords());
      else if (view.phase.name !== "waiting" && view.phase.name !== "open") say("Bets are closed for this spin.");
      else {
        flyToSpot(stake, spot);
        clack();
        void ask(link, { type: "bet", bets: [{ spot, amount: stake }] }).then((answer) => {
          const lying = link.get().known?.seat?.bets[spot] ?? stake;
          const placed = betOn(view.config.wheel, spot);
          if (answer.ok && placed !== undefined) announce(`${nameOf(placed)}, your ${amount(lying)}.`);
        });
      }
    },
    [link],
  );
  const call = useCallback(
    (call: Call): void => {
      const called = decompose(wheel, call);
      if ("bets" in called) called.bets.forEach(({ spot }, i) => flyToSpot(call.amount, spot, i * 30));
      clack();
      void ask(link, { type: "call", ...call });
    },
    [link, wheel],
  );
  const track = roomy ? null : { open: tracking, toggle: () => setTracking((open) => !open) };

  const actions: Actions = {
    undo: () => void ask(link, { type: "undo" }),
    clear: () => void ask(link, { type: "clear" }),
    double: () => void ask(link, { type: "double" }),
    repeat: () => void ask(link, { type: "repeat" }),
    auto: () => shell.open("auto"),
    track: () => track?.toggle(),
    chat: shell.chat,
    felt: () => stage.current?.querySelector<HTMLElement>('.felt [tabindex="0"]')?.focus(),
    help: () => shell.open("keys"),
    chip: (value) => stage.current?.querySelector<HTMLElement>(`[data-testid="chip-${value}"]`)?.click(),
  };
  useKeys((key) => actionFor(key, actions));

  const felt = <Felt turn={upright ? "upright" : "lying"} onBet={bet} onPoint={setPointed} landed={landed} />;
  return (
    <TableShell
      shell={shell}
      tabs={TABS}
      keys={KEYS}
      dialogs={<AutoDialog open={shell.dialog === "auto"} onClose={shell.close} />}
    >
      <div className="parlour" ref={stage} data-phase={phase.name} data-won={won || undefined}>
        <h1 className="sr-only">Roulette</h1>
        <div className="lamp" aria-hidden="true" />
        <div className="above">
          <Tower landed={landed} count={shell.wide ? 14 : 12} />
          <WheelBox landed={landed} />
          <div className="status">
            <PhaseBoard landed={landed} />
            {roomy && <Racetrack onCall={call} />}
          </div>
        </div>
        <div className="below">
          {track?.open === true ? <Racetrack onCall={call} upright={upright} /> : felt}
          <Hand pointed={pointed} />
        </div>
        <Controls onAuto={() => shell.open("auto")} track={track} />
        <HelpButton onClick={() => shell.open("keys")} />
      </div>
    </TableShell>
  );
}

/** One-time events: winnings fly to the purse, an auto-repeat ends. */
function useNews(): void {
  const { link } = useSeatedAt();
  const seat = useSeat();
  const live = useTable((state) => state.connection === "live");
  const told = useRef(seat?.paid?.round ?? 0);
  const paid = seat?.paid ?? null;
  useEffect(() => {
    if (paid === null || paid.round === told.current) return;
    told.current = paid.round;
    if (paid.result === null) say("The round was void. Your stake came back.");
    if (!live || paid.wins.length === 0) return;
    chime();
    requestAnimationFrame(() => flyHome(paid.wins.map((win) => win.spot)));
  }, [paid, live]);
  useEffect(() => {
    link.onPrivateDelta = (step) => {
      if (step.type === "auto" && step.auto === null && step.reason !== null) say(stopWords(step.reason));
    };
  }, [link]);
}
