import { amount } from "../../ui/format.ts";
import { useRest } from "../../ui/rest.ts";
import { useSignal } from "../../ui/store.ts";
import { ask } from "../ask.ts";
import { useSeat, useSeatedAt, useView } from "../context.tsx";
import { useScene } from "../scene.ts";
import { inHand, leavesAfter, leavesChanged, setLeavesAfter } from "../sitting.ts";
import { useOpens } from "./opens.ts";

/** Everything about the visitor's seat besides the hand: chips, blinds, sitting down and standing up. */
export function SeatTab() {
  const { link } = useSeatedAt();
  const mine = useSeat();
  const view = useScene((now) => now);
  const opens = useOpens();
  const leaves = useSignal(leavesChanged, () => leavesAfter(link));
  const { config, seats } = view;
  const busy = mine !== null && inHand(view, mine);
  // "Stand up" appears and disappears here, so presses pause when it does.
  const { attrs } = useRest(String(busy));
  const sitting = mine?.seat == null ? null : (seats[mine.seat] ?? null);
  if (mine === null || mine.seat === null || sitting === null) {
    return (
      <div className="flex flex-col gap-6">
        <p className="empty">You have no seat yet. Choose a free one at the table, or press &ldquo;Play now&rdquo;.</p>
        <TableFacts />
      </div>
    );
  }
  const holds = busy && sitting.cards !== "folded";
  const out = sitting.waiting === "sittingOut";
  return (
    <div className="flex flex-col gap-6">
      <dl className="facts numerals">
        <div>
          <dt>Your stack</dt>
          <dd data-testid="my-stack">{amount(sitting.stack)}</dd>
        </div>
        <div>
          <dt>Time bank</dt>
          <dd>{Math.round(mine.bankMs / 1_000)} s</dd>
        </div>
      </dl>
      <div className="choices">
        <Toggle
          id="sit-out"
          words="Sit out"
          note={busy ? "After this hand. Your seat is kept for a while." : "Your seat is kept for a while."}
          on={out}
          onPress={() => void ask(link, out ? { type: "sitIn" } : { type: "sitOut", when: "now" })}
        />
        <Toggle
          id="sit-out-next"
          words="Sit out at the next big blind"
          note="You play the hands that are paid for."
          on={mine.sitsOutNext}
          off={out}
          onPress={() =>
            void ask(link, mine.sitsOutNext ? { type: "sitIn" } : { type: "sitOut", when: "nextBigBlind" })
          }
        />
        {config.straddle !== "off" && (
          <Toggle
            id="straddle"
            words={`Straddle ${amount(2 * config.bigBlind)}`}
            note={config.straddle === "button" ? "When you have the button." : "When you are first to act."}
            on={mine.straddles}
            onPress={() => void ask(link, { type: "straddle", on: !mine.straddles })}
          />
        )}
        {config.runItTwice && (
          <Toggle
            id="run-it-twice"
            words="Run it twice"
            note="When everybody in the hand is all-in and agrees, the rest of the board is dealt twice."
            on={mine.runsItTwice}
            onPress={() => void ask(link, { type: "runItTwice", on: !mine.runsItTwice })}
          />
        )}
        {busy && (
          <Toggle
            id="leave-after"
            words="Leave after this hand"
            note="You stand up when it is over, and take your chips along."
            on={leaves}
            onPress={() => setLeavesAfter(link, !leaves)}
          />
        )}
      </div>
      <div className="flex flex-wrap gap-2" {...attrs}>
        <button type="button" className="btn flex-1" disabled={holds} data-testid="more-chips" onClick={opens.topUp}>
          More chips
        </button>
        {!busy && (
          <button
            type="button"
            className="btn flex-1"
            data-testid="stand"
            onClick={() => void ask(link, { type: "stand" })}
          >
            Stand up
          </button>
        )}
      </div>
      {busy && (
        <p className="label -mt-4">
          {mine.ordered > 0
            ? `${amount(mine.ordered)} more come with the next hand.`
            : holds
              ? "Chips come and go between hands."
              : "What you bring now is yours in the next hand."}
        </p>
      )}
      <TableFacts />
    </div>
  );
}

type ToggleProps = {
  readonly id: string;
  readonly words: string;
  readonly note: string;
  readonly on: boolean;
  readonly off?: boolean;
  readonly onPress: () => void;
};

function Toggle({ id, words, note, on, off = false, onPress }: ToggleProps) {
  const { attrs } = useRest(String(on));
  return (
    <label className="toggle" {...attrs}>
      <span>
        <span>{words}</span>
        <span className="label block">{note}</span>
      </span>
      <input
        type="checkbox"
        role="switch"
        className="switch"
        checked={on}
        disabled={off}
        data-testid={id}
        onChange={onPress}
      />
    </label>
  );
}

/** The rules of this table. */
function TableFacts() {
  const config = useView((view) => view.config);
  const facts: readonly (readonly [string, string])[] = [
    ["Blinds", `${amount(config.smallBlind)} and ${amount(config.bigBlind)}`],
    ...(config.ante > 0 ? ([["Ante", amount(config.ante)]] as const) : []),
    [
      "To sit down with",
      `${amount(config.minBuyInBigBlinds * config.bigBlind)} to ${amount(config.maxBuyInBigBlinds * config.bigBlind)}`,
    ],
    ["To act", `${config.actionMs / 1_000} s, then the time bank`],
    [
      "Rake",
      config.rakeX10000 === 0 || config.rakeCap === 0
        ? "None"
        : `${config.rakeX10000 / 100} %, at most ${amount(config.rakeCap)}`,
    ],
  ];
  return (
    <section>
      <h3 className="panel-sub">This table</h3>
      <table className="sheet numerals">
        <tbody>
          {facts.map(([name, value]) => (
            <tr key={name}>
              <th scope="row" className="text-ivory-dim">
                {name}
              </th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
