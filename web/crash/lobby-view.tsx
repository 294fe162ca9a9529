import { useKeys } from "../table/keys.tsx";
import { HelpButton, TableShell, useShell } from "../table/shell.tsx";
import { Board } from "./board.tsx";
import { Busts } from "./busts.tsx";
import { useView } from "./context.tsx";
import { Flight } from "./flight/flight.tsx";
import { Hand } from "./hand.tsx";
import { actionFor, KEYS } from "./keys.ts";
import { Controls } from "./controls.tsx";
import { useNews } from "./news.ts";
import { TABS } from "./panel/tabs.tsx";
import { usePress } from "./press.ts";
import { StrategyDialog } from "./strategy-dialog.tsx";

/** A crash room: the flight, the last bust points, the player's controls, and the panel beside it. */
export function LobbyView() {
  const shell = useShell<"strategy">("bets");
  const phase = useView((view) => view.phase.name);
  const press = usePress();
  useNews();
  useKeys((key) =>
    actionFor(key, {
      press,
      strategy: () => shell.open("strategy"),
      help: () => shell.open("keys"),
      chat: shell.chat,
    }),
  );

  return (
    <TableShell
      shell={shell}
      tabs={TABS}
      keys={KEYS}
      dialogs={<StrategyDialog open={shell.dialog === "strategy"} onClose={shell.close} />}
    >
      <div className="lounge" data-phase={phase}>
        <h1 className="sr-only">Crash</h1>
        <Busts />
        <div className="air">
          <Flight />
          <Board />
        </div>
        <Hand />
        <Controls onStrategy={() => shell.open("strategy")} />
        <HelpButton onClick={() => shell.open("keys")} />
      </div>
    </TableShell>
  );
}
