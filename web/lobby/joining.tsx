import { useCallback, useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import * as z from "zod/mini";
import { ApiError, ask } from "../api/client.ts";
import { queries, roomsQuery } from "../api/queries.ts";
import { enterAnew, useSession } from "../api/session.ts";
import { pathOf } from "../ui/rooms.ts";
import { useTitle } from "../ui/title.ts";

const joined = z.object({ game: z.string(), id: z.string() });

type Props = { readonly game: string; readonly id: string; readonly invite: string };

/** Joins a room by invitation and goes to the table, or shows why it was refused. */
export default function Joining({ game, id, invite }: Props) {
  useTitle("An invitation \u00b7 Croupier");
  const navigate = useNavigate();
  const { state } = useSession();
  const [error, setError] = useState<Why | null>(null);

  const join = useCallback(
    (live: () => boolean): void => {
      setError(null);
      ask("POST /api/rooms/{game}/{id}/join", joined, { path: { game, id }, body: { invite } })
        .then(() => {
          if (!live()) return undefined;
          void queries.invalidateQueries(roomsQuery);
          // The invitation is used up: it is removed from the address and from the history.
          return navigate(pathOf({ game, id }), { replace: true });
        })
        .catch((cause: unknown) => {
          if (live()) setError(cause instanceof ApiError ? cause : { code: "broken", message: SORRY });
        });
    },
    [game, id, invite, navigate],
  );
  useEffect(() => {
    if (state !== "here") return undefined;
    let live = true;
    join(() => live);
    return () => {
      live = false;
    };
  }, [state, join]);

  if (state === "away")
    return (
      <Shut title="You are invited" words="Come in as a guest, or log in first: the table then knows you.">
        <button type="button" className="btn btn-brass" data-testid="join-guest" onClick={() => void enterAnew()}>
          Come in
        </button>
      </Shut>
    );
  if (error === null)
    return (
      <div className="table-gate" aria-busy="true">
        <p className="font-display text-2xl">Opening the table &hellip;</p>
      </div>
    );
  const { title, words, final } = wordsOf(error);
  return (
    <Shut title={title} words={words}>
      {!final && (
        <button type="button" className="btn btn-brass" onClick={() => join(() => true)}>
          Try again
        </button>
      )}
      <Link to="/" className={final ? "btn btn-brass" : "btn"}>
        To the tables
      </Link>
    </Shut>
  );
}

type ShutProps = { readonly title: string; readonly words: string; readonly children: React.ReactNode };

function Shut({ title, words, children }: ShutProps) {
  return (
    <div className="table-gate" data-testid="gate">
      <div>
        <h1 className="text-3xl">{title}</h1>
        <p className="mx-auto mt-2 mb-6 max-w-120 text-ivory-dim">{words}</p>
        <div className="flex flex-wrap justify-center gap-3">{children}</div>
      </div>
    </div>
  );
}

type Why = Pick<ApiError, "code" | "message">;
const SORRY = "That did not work. Nothing was changed.";

function wordsOf({ code, message }: Why): { title: string; words: string; final: boolean } {
  switch (code) {
    case "bad_invite":
      return {
        title: "This invitation does not open the table",
        words: "A letter may be missing, or the link is an old one. Ask whoever sent it for the link once more.",
        final: true,
      };
    case "unknown_room":
      return { title: "There is no such table", words: "It may have been closed since you were invited.", final: true };
    case "room_full":
      return { title: "The table is full", words: "As many were invited as it can hold.", final: true };
    default:
      return { title: "The table could not be opened", words: message, final: false };
  }
}
