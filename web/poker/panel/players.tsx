import { Bot } from "lucide-react";
import { HereNow } from "../../table/people.tsx";
import { amount } from "../../ui/format.ts";
import { ask } from "../ask.ts";
import { useSeat, useSeatedAt, useView } from "../context.tsx";
import { usePlayerNames } from "../names.ts";
import { WAITING_WORDS } from "../words.ts";
import { Name } from "../../ui/name.tsx";

/** The seats with their stacks, the waiting list, and the players present. */
export function PlayersTab() {
  return (
    <div className="flex flex-col gap-6">
      <Seats />
      <Line />
      <HereNow />
    </div>
  );
}

function Seats() {
  const { link } = useSeatedAt();
  const { seats, hand, house } = useView((view) => view);
  const mine = useSeat();
  const names = usePlayerNames();
  const taken = seats.flatMap((sitting, seat) => (sitting === null ? [] : [{ ...sitting, seat }]));
  if (taken.length === 0) return <p className="empty">Every seat is free. Take the one you like.</p>;
  return (
    <section>
      <h3 className="panel-sub">
        Seats{" "}
        <span className="numerals text-ivory-dim">
          {taken.length} of {seats.length}
        </span>
      </h3>
      <ul className="seat-list">
        {taken.map(({ seat, player, bot, stack, waiting, cards }) => (
          <li key={seat}>
            <span className="seat-no numerals">{seat + 1}</span>
            <span className="min-w-0 flex-1">
              <span className="flex items-center gap-1">
                {bot && <Bot size={15} aria-hidden="true" className="flex-none text-ivory-dim" />}
                <Name className="truncate">{names(player)}</Name>
                {bot && <span className="sr-only">, house player</span>}
              </span>
              <span className="label numerals block">
                {amount(stack)}
                {waiting !== null && ` \u00b7 ${WAITING_WORDS[waiting]}`}
              </span>
            </span>
            {bot && mine?.seat != null && (
              <button
                type="button"
                className="btn btn-bare"
                disabled={hand !== null && hand.awards === null && cards !== null}
                title="Between hands"
                data-testid={`remove-bot-${seat}`}
                onClick={() => void ask(link, { type: "removeBot", seat })}
              >
                Send off
              </button>
            )}
          </li>
        ))}
      </ul>
      {taken.some(({ bot }) => bot) && (
        <p className="label mt-2">
          <Bot size={14} aria-hidden="true" className="mr-1 inline" />
          House players play for the house, and see no more than you would in their seat.
          {house !== null && ` Together they bring at most ${amount(house.budget)} a day to this table.`}
        </p>
      )}
    </section>
  );
}

function Line() {
  const queue = useView((view) => view.queue);
  const names = usePlayerNames();
  if (queue.length === 0) return null;
  return (
    <section>
      <h3 className="panel-sub">Waiting for a seat</h3>
      <ol className="people">
        {queue.map((player) => (
          <li key={player}>
            <Name className="truncate">{names(player)}</Name>
          </li>
        ))}
      </ol>
    </section>
  );
}
