import { useYou } from "../table/context.tsx";
import { useKeys } from "../table/keys.tsx";
import { HelpButton, TableShell, useShell } from "../table/shell.tsx";
import { amount } from "../ui/format.ts";
import { Board } from "./board.tsx";
import { useLeft } from "./clock.tsx";
import { useView } from "./context.tsx";
import { useRingTickets, useStage, type Act, type Stage } from "./draw.ts";
import { Hand } from "./hand.tsx";
import { actionFor, KEYS } from "./keys.ts";
import { useNews } from "./news.ts";
import { TABS } from "./panel/tabs.tsx";
import { Ring } from "./ring.tsx";
import { StageContext } from "./stage.tsx";
import { useFetchedTickets } from "./tickets.ts";
import { Ways } from "./ways.tsx";
import { counted, oddsWords, shareWords } from "./words.ts";

/** The lottery's page: the ring of tickets, its text, and where tickets come from. */
export function Hall() {
  const shell = useShell("tickets");
  const stage = useStage();
  const { act, land } = stage;
  useFetchedTickets();
  useNews(act);
  useKeys((key) =>
    actionFor(key, {
      land: act.name === "drawn" && !act.landed ? land : null,
      tickets: () => shell.show("tickets"),
      past: () => shell.show("history"),
      chat: shell.chat,
      help: () => shell.open("keys"),
    }),
  );

  return (
    <StageContext value={stage}>
      <TableShell shell={shell} tabs={TABS} keys={KEYS}>
        <div className="hall" data-act={act.name} data-landed={act.name === "drawn" ? act.landed : undefined}>
          <h1 className="sr-only">Lottery</h1>
          <div className="hall-stage">
            <DrawRing stage={stage} />
            <Board stage={stage} />
          </div>
          <Hand />
          <Ways />
          <HelpButton onClick={() => shell.open("keys")} />
        </div>
      </TableShell>
    </StageContext>
  );
}

/** The ring of the current draw, with the prize in the middle. */
function DrawRing({ stage: { act, land } }: { readonly stage: Stage }) {
  const waiting = useView((view) => view.waiting);
  const share = useView((view) => view.config.prizeShare);
  const you = useYou();
  const tickets = useRingTickets(act);
  const sums = act.name === "drawn" ? act.result : act.name === "started" ? act.started : waiting;
  const part = usePart(act);
  const own = tickets.reduce((sum, { player, weight }) => (player === you ? sum + weight : sum), 0);
  return (
    <Ring
      key={sums.draw}
      tickets={tickets}
      weight={sums.weight}
      you={you}
      number={act.name === "drawn" ? act.result.number : null}
      landed={act.name !== "drawn" || act.landed}
      onLand={land}
      part={part}
      words={`${counted(sums.tickets, "ticket")} on the ring; yours: ${oddsWords(own, sums.weight)}`}
    >
      <p className="label">Prize</p>
      <p className="prize numerals" translate="no" data-testid="prize">
        {amount(sums.prize)}
      </p>
      <p className="label">{shareWords(share)} of the stakes</p>
    </Ring>
  );
}

/** The remaining part of the current phase, from 1 to 0; null: no deadline. */
function usePart(act: Act): number | null {
  const limit = useView((view) => view.config.timeLimitMs);
  const endsAt = useView((view) => view.waiting.endsAt);
  const started = act.name === "started" ? act.started : null;
  const left = useLeft(act.name === "drawn" ? null : started === null ? endsAt : started.drawsAt);
  if (left === null) return null;
  return left / (started === null ? limit : Math.max(1, started.drawsAt - started.at));
}
