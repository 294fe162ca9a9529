import { useQuery } from "@tanstack/react-query";
import { useRef, useState, type FormEvent } from "react";
import { useNavigate } from "react-router";
import { ApiError, ask } from "../../api/client.ts";
import { queries, roomsQuery } from "../../api/queries.ts";
import { newRoom, type NewRoom } from "../../api/shapes.ts";
import { pathOf } from "../../ui/rooms.ts";
import { rtpWords } from "../../ui/rtp.ts";
import { Segments } from "../../ui/segments.tsx";
import { InviteLink } from "../invite-link.tsx";
import { OptionField } from "./field.tsx";
import { gamesQuery, type Makeable } from "./games.ts";
import { faultsOf, readForm, WHOLE_FORM } from "./option.ts";
import "./room-form.css";

/** The form for a new table: the game, the options of its schema, and privacy. `first`: the game selected at first. */
export default function RoomForm({ first }: { readonly first: string | null }) {
  const { data, isError, refetch } = useQuery(gamesQuery);
  const [chosen, setChosen] = useState(first);
  const [made, setMade] = useState<NewRoom | null>(null);
  if (made?.invite !== undefined) return <Set room={made} invite={made.invite} />;
  if (isError)
    return (
      <div className="flex flex-col items-start gap-4">
        <p>The list of games is not available just now.</p>
        <button type="button" className="btn" onClick={() => void refetch()}>
          Try again
        </button>
      </div>
    );
  const game = data?.find((one) => one.game === chosen) ?? data?.[0];
  if (data === undefined || game === undefined) return <p className="label">One moment &hellip;</p>;
  return (
    <div className="flex flex-col gap-5">
      <Segments
        legend="Game"
        name="game"
        choices={data.map((one) => [one.game, one.title] as const)}
        value={game.game}
        onChange={setChosen}
      />
      <Options key={game.game} game={game} onMade={setMade} />
    </div>
  );
}

type Faults = Readonly<Record<string, string>>;

function Options({ game, onMade }: { readonly game: Makeable; readonly onMade: (room: NewRoom) => void }) {
  const { options } = game;
  const navigate = useNavigate();
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [closed, setClosed] = useState(false);
  const [faults, setFaults] = useState<Faults>({});
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const fail = (found: Faults): void => {
    setFaults(found);
    // Focuses the first invalid field, unfolding it if needed.
    const first = options.find(({ name }) => found[name] !== undefined);
    const field = first === undefined ? null : (form.current?.elements.namedItem(first.name) ?? null);
    if (!(field instanceof HTMLElement)) return;
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const order = readForm(options, texts);
    if ("faults" in order) {
      fail(order.faults);
      return;
    }
    setBusy(true);
    setFaults({});
    ask("POST /api/rooms", newRoom, { body: { game: game.game, config: order.config, private: closed } })
      .then(async (room) => {
        void queries.invalidateQueries(roomsQuery);
        if (room.invite === undefined) await navigate(pathOf(room));
        else onMade(room);
      })
      .catch((cause: unknown) => fail(wrongWith(cause, options)))
      .finally(() => setBusy(false));
  };
  const fields = (advanced: boolean) =>
    options
      .filter((option) => option.advanced === advanced)
      .map((option) => (
        <OptionField
          key={option.name}
          option={option}
          text={texts[option.name] ?? option.start}
          fault={faults[option.name]}
          onChange={(text) => setTexts((before) => ({ ...before, [option.name]: text }))}
        />
      ));
  const rest = fields(true);
  const bets = game.returns.find(({ config }) =>
    Object.entries(config).every(([name, value]) => {
      const option = options.find((one) => one.name === name);
      return (texts[name] ?? option?.start) === String(value);
    }),
  )?.bets;

  return (
    <form ref={form} className="flex flex-col gap-5" onSubmit={submit} noValidate data-testid="room-form">
      <div className="room-form-grid">{fields(false)}</div>
      {rest.length > 0 && (
        <details className="room-form-more">
          <summary>More options</summary>
          <div className="room-form-grid">{rest}</div>
        </details>
      )}
      <label className="flex min-h-11 items-center justify-between gap-4">
        <span>
          Private
          <span className="label block">Only players with your invitation come in.</span>
        </span>
        <input
          type="checkbox"
          className="switch shrink-0"
          checked={closed}
          data-testid="room-private"
          onChange={(event) => setClosed(event.target.checked)}
        />
      </label>
      {bets !== undefined && bets.length > 0 && (
        <p className="label" data-testid="room-rtp">
          {rtpWords({ kind: "edge", bets })}
        </p>
      )}
      <div className="room-form-foot">
        <p role="alert" className="text-lost empty:hidden">
          {faults[WHOLE_FORM]}
        </p>
        <button type="submit" className="btn btn-brass" disabled={busy} data-testid="room-make">
          {closed ? "Open it, and get the invitation" : "Open it"}
        </button>
      </div>
    </form>
  );
}

function wrongWith(cause: unknown, options: Makeable["options"]): Faults {
  if (!(cause instanceof ApiError)) return { [WHOLE_FORM]: "That did not work. No table was opened." };
  const fields = faultsOf(options, cause.fields);
  return Object.keys(fields).length > 0 ? fields : { [WHOLE_FORM]: cause.message };
}

/** Shown when a private table was made, so that the player takes its invitation along. */
function Set({ room, invite }: { readonly room: NewRoom; readonly invite: string }) {
  const navigate = useNavigate();
  return (
    <div className="flex flex-col gap-5">
      <p>Your table is set. Send this link to the people you want there; nobody else sees the table.</p>
      <InviteLink room={room} invite={invite} />
      <button
        type="button"
        className="btn btn-brass"
        data-testid="room-enter"
        onClick={() => void navigate(pathOf(room))}
      >
        To the table
      </button>
    </div>
  );
}
