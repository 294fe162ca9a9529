import type { Holding } from "../../../rooms/lottery/types.ts";
import { amount } from "../../ui/format.ts";
import { TICKET_GAMES } from "../../games.ts";
import { useSeat, useView } from "../context.tsx";
import { counted, oddsWords, waysWords, whereWords } from "../words.ts";

/** The visitor's tickets, in the draw that collects tickets and in the one that has started. */
export function TicketsTab() {
  const seat = useSeat();
  const waiting = useView((view) => view.waiting);
  const started = useView((view) => view.started);
  const config = useView((view) => view.config);
  if (seat === null) return <p className="empty">You are watching. Log in or play as a guest to get tickets.</p>;
  return (
    <div className="flex flex-col gap-6">
      {started !== null && seat.started !== null && (
        <Own title={`In draw ${amount(started.draw)}, about to be drawn`} mine={seat.started} weight={started.weight} />
      )}
      {seat.waiting.tickets > 0 ? (
        <Own title={`In draw ${amount(waiting.draw)}`} mine={seat.waiting} weight={waiting.weight} />
      ) : (
        <p className="empty">
          None in draw {amount(waiting.draw)} yet. Play a round {whereWords(config, TICKET_GAMES)}: when it is settled,
          your stake is a ticket here.
        </p>
      )}
      <section>
        <h3 className="panel-sub">How tickets come</h3>
        <p className="label">
          {waysWords(config)} The draw takes one number; whose ticket holds it gets the whole prize. Nothing is taken
          from your stake for it.
        </p>
      </section>
    </div>
  );
}

type OwnProps = { readonly title: string; readonly mine: Holding; readonly weight: number };

function Own({ title, mine, weight }: OwnProps) {
  const more = mine.tickets - mine.last.length;
  return (
    <section>
      <h3 className="panel-sub">{title}</h3>
      <table className="sheet numerals" data-testid="my-tickets">
        <thead className="label">
          <tr>
            <th scope="col">Ticket</th>
            <td>Staked</td>
            <td>Chance</td>
          </tr>
        </thead>
        <tbody>
          {mine.last.toReversed().map((ticket) => (
            <tr key={ticket.place}>
              <th scope="row">No. {amount(ticket.place)}</th>
              <td>{amount(ticket.stake)}</td>
              <td>{oddsWords(ticket.weight, weight).split(",")[0]}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{counted(mine.tickets, "ticket")}</th>
            <td>{amount(mine.stake)}</td>
            <td>{oddsWords(mine.weight, weight).split(",")[0]}</td>
          </tr>
        </tfoot>
      </table>
      {more > 0 && <p className="label mt-2">and {amount(more)} before</p>}
    </section>
  );
}
