import { Link } from "react-router";
import * as z from "zod/mini";
import { useAnyTable, useRound, useYou } from "../../table/context.tsx";
import { Net, PastRounds, type Past } from "../../table/past.tsx";
import { amount, time } from "../../ui/format.ts";
import { roundPath } from "../../ui/rooms.ts";

/** Null: a fault ended the round, so it has no outcome. `void`: the reason it was voided. */
const outcome = z.nullable(
  z.object({
    void: z.nullable(z.string()),
    rolls: z.array(z.object({ player: z.string(), amount: z.number(), payout: z.number() })),
  }),
);
/** Rounds per page: one may have hundreds of rolls. */
const PAGE = 6;

/** All finished rounds, with links to their proofs. */
export function HistoryTab() {
  const open = useRound();
  return (
    <section>
      <PastRounds
        outcome={outcome}
        limit={PAGE}
        newest={open}
        what="rounds"
        none={<>No round is over yet: the first seed is still sealed.</>}
        className="dice-rounds"
      >
        {(past) => <RoundLine past={past} />}
      </PastRounds>
    </section>
  );
}

/** Unlike in other games, winners keep their winnings in a void round, so the line does not say that stakes were returned. */
function RoundLine({ past: { round, endedAt, outcome: account } }: { readonly past: Past<z.infer<typeof outcome>> }) {
  const you = useYou();
  const { room } = useAnyTable();
  const rolls = account?.rolls ?? [];
  const off = account === null || account.void !== null;
  const mine = rolls.filter(({ player }) => player === you);
  const net = mine.reduce((sum, one) => sum + one.payout - one.amount, 0);
  return (
    <li>
      <Link to={roundPath(room, round)}>
        <span className="flex-1">
          <span className="numerals">
            Round {amount(round)}, {rolls.length === 1 ? "1 roll" : `${amount(rolls.length)} rolls`}
          </span>
          <span className="label block">{off ? "Void" : `${time(endedAt)} \u00b7 verify`}</span>
        </span>
        {mine.length > 0 && !off && <Net net={net} />}
      </Link>
    </li>
  );
}
