import { ShieldCheck } from "lucide-react";
import { Link } from "react-router";
import type { Holding, Started } from "../../rooms/lottery/types.ts";
import { useAnyTable, useRoom, useYou } from "../table/context.tsx";
import { amount, signed } from "../ui/format.ts";
import { useRest } from "../ui/rest.ts";
import { TICKET_GAMES } from "../games.ts";
import { Left, useLeft } from "./clock.tsx";
import { useSeat, useSeatedAt, useView } from "./context.tsx";
import type { Act, Stage } from "./draw.ts";
import { useWho } from "./names.ts";
import { useGiven } from "./offer.ts";
import { counted, mineWords, oddsOf, waitingWords, whereWords } from "./words.ts";
import { Name } from "../ui/name.tsx";
import { roundPath } from "../ui/rooms.ts";

/** The text beside the ring: the draw's state, the player's tickets, and the result. */
export function Board({ stage }: { readonly stage: Stage }) {
  const { act } = stage;
  // "Show the result" is replaced by links a moment later, so presses are blocked briefly.
  const { attrs } = useRest(act.name === "drawn" ? `drawn ${act.result.draw} ${act.landed}` : act.name);
  return (
    <div className="contents" {...attrs}>
      <Told stage={stage} />
    </div>
  );
}

function Told({ stage }: { readonly stage: Stage }) {
  const { act } = stage;
  switch (act.name) {
    case "waiting":
      return <Gathering />;
    case "started":
      return <Closed started={act.started} mine={act.mine} />;
    case "drawn":
      return <Drawn act={act} stage={stage} />;
    default:
      act satisfies never;
      return null;
  }
}

function Gathering() {
  const config = useView((view) => view.config);
  const waiting = useView((view) => view.waiting);
  const status = useRoom((table) => table.status);
  const mine = useSeat()?.waiting ?? null;
  const left = useLeft(waiting.endsAt);
  const { title, line } =
    status === "running"
      ? waitingWords(config, waiting)
      : { title: "The lottery is resting", line: "Stakes make tickets all the same; draws can wait a little." };
  return (
    <section className="board" aria-label={`Draw ${waiting.draw}`}>
      <div>
        <p className="board-title" data-testid="phase">
          {title}
        </p>
        <p className="board-line">{line}</p>
      </div>
      <dl className="board-facts numerals">
        <div>
          <dt>Players</dt>
          <dd data-testid="players">
            {amount(waiting.players)} <span>of {amount(config.players)}</span>
          </dd>
        </div>
        <div>
          <dt>Tickets</dt>
          <dd data-testid="tickets">{amount(waiting.tickets)}</dd>
        </div>
        <div>
          <dt>Staked</dt>
          <dd data-testid="stakes">{amount(waiting.stakes)}</dd>
        </div>
        {left !== null && (
          <div>
            <dt>Time left</dt>
            <dd>
              <Left ms={left} />
            </dd>
          </div>
        )}
      </dl>
      <Mine mine={mine} weight={waiting.weight} cap={config.capPerPlayer} where={whereWords(config, TICKET_GAMES)} />
    </section>
  );
}

/** `where`: where the next ticket can be earned; undefined when this draw accepts no more tickets. */
type MineProps = {
  readonly mine: Holding | null;
  readonly weight: number;
  readonly cap: number;
  readonly where?: string;
};

function Mine({ mine, weight, cap, where }: MineProps) {
  const odds = oddsOf(mine?.weight ?? 0, weight);
  if (mine === null) return null;
  if (odds === null) {
    return (
      <p className="mine mine-none" data-testid="mine">
        You have no ticket in this draw.{where !== undefined && ` Your next settled stake ${where} makes one.`}
      </p>
    );
  }
  return (
    <div className="mine" data-testid="mine">
      <p className="label">Your odds</p>
      <p>
        <span className="mine-odds numerals" data-testid="odds">
          {odds.percent}
        </span>
        <span className="mine-words numerals">{odds.oneIn}</span>
      </p>
      <p className="label numerals">
        <span className="mine-key" aria-hidden="true" /> {mineWords(mine)}
        {mine.weight >= cap && `, at the most that counts: ${amount(cap)}`}
      </p>
    </div>
  );
}

function Closed({ started, mine }: { readonly started: Started; readonly mine: Holding | null }) {
  const { link } = useSeatedAt();
  const cap = useView((view) => view.config.capPerPlayer);
  const seated = useSeat() !== null;
  const given = useGiven(link, started.draw);
  const left = useLeft(started.drawsAt) ?? 0;
  const seconds = Math.ceil(left / 1_000);
  return (
    <section className="board" aria-label={`Draw ${started.draw}`}>
      <div>
        <p className="board-title" data-testid="phase">
          {seconds === 0 ? (
            "It is being drawn"
          ) : (
            <>
              Drawn in <span className="numerals">{seconds} s</span>
            </>
          )}
        </p>
        <p className="board-line numerals">
          Draw {amount(started.draw)} has its {counted(started.tickets, "ticket")} of{" "}
          {counted(started.players, "player")}. No more come in; client seeds for the draw do.
        </p>
      </div>
      {mine === null ? (
        seated && <p className="mine mine-none">You have no ticket in this one.</p>
      ) : (
        <Mine mine={mine} weight={started.weight} cap={cap} />
      )}
      {given !== null && (
        <p className="board-line" data-testid="given" data-taken={given.taken}>
          {given.taken ? "Your client seed is in" : "Your client seed is on its way"}
          {given.value !== "" && (
            <>
              : <q>{given.value}</q>
            </>
          )}
          .
        </p>
      )}
      <div>
        <p className="label">Root of the tickets, published before the client seeds</p>
        <p className="hash" translate="no" data-testid="root">
          {started.root}
        </p>
      </div>
    </section>
  );
}

function Drawn({ act, stage }: { readonly act: Act & { name: "drawn" }; readonly stage: Stage }) {
  const { room } = useAnyTable();
  const you = useYou();
  const who = useWho();
  const { result, mine, landed } = act;
  if (!landed) {
    return (
      <section className="board" aria-label={`Draw ${result.draw}`}>
        <div>
          <p className="board-title" data-testid="phase">
            The ring turns
          </p>
          <p className="board-line numerals">The number that was drawn comes to lie under the pointer.</p>
        </div>
        <button type="button" className="btn self-start" data-testid="land" onClick={stage.land}>
          Show the result
        </button>
      </section>
    );
  }
  const won = result.player === you;
  return (
    <section className="board" aria-label={`Draw ${result.draw}`} data-testid="result">
      <div>
        <p className={`outcome ${won ? "outcome-won" : "outcome-even"}`} data-testid="outcome">
          <span className="outcome-sum numerals">
            {won && (
              <span className="outcome-sign" aria-hidden="true">
                &#9650;
              </span>
            )}
            {won ? <span translate="no">{signed(result.prize)}</span> : <Name>{who(result.player)}</Name>}
          </span>
          <span className="outcome-words numerals">{won ? "is yours" : `has won ${amount(result.prize)}`}</span>
        </p>
        <p className="board-line numerals">
          Number {amount(result.number)} of {amount(result.weight)} lies in ticket {amount(result.ticket)}
          {won ? ", which is yours." : mine === null ? "." : ". Yours were not under the pointer this time."}
        </p>
      </div>
      <div className="flex flex-wrap gap-3">
        <Link to={roundPath(room, result.draw)} className="btn btn-brass" data-testid="check-draw">
          <ShieldCheck size={18} aria-hidden="true" /> Check this draw
        </Link>
        <button type="button" className="btn" onClick={stage.dismiss} data-testid="next-draw">
          To the next draw
        </button>
      </div>
      <Next />
    </section>
  );
}

/** The draw after the one that is shown. */
function Next() {
  const waiting = useView((view) => view.waiting);
  const started = useView((view) => view.started);
  const words =
    started !== null
      ? `Draw ${amount(started.draw)} has started and comes next.`
      : waiting.tickets === 0
        ? `Draw ${amount(waiting.draw)} waits for its first ticket.`
        : `Draw ${amount(waiting.draw)} gathers already: ${counted(waiting.tickets, "ticket")} so far.`;
  return <p className="label numerals">{words}</p>;
}
