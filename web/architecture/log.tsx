import { Link } from "react-router";
import { clock } from "../pages/words.ts";
import { amount } from "../ui/format.ts";
import { titleOf } from "../games.ts";
import { pathOf, roomOf } from "../ui/rooms.ts";
import { WATCHED, type Watch } from "./watch.ts";

const room = roomOf(WATCHED);
const SHOWN = 8;

/** The live journal of the table that this page watches. */
export function Log({ watch }: { readonly watch: Watch }) {
  const { live, seq, log } = watch;
  return (
    <section className="page-section" aria-labelledby="log-title">
      <h2 id="log-title">Live from a journal</h2>
      <p className="text-ivory-dim numerals">
        This page watches <Link to={pathOf(room)}>{titleOf(room)}</Link> by a socket of its own.{" "}
        {live && seq !== null ? `The journal stands at ${amount(seq)}.` : "It is connecting."}
      </p>
      {log.length === 0 ? (
        <p className="log-none">Quiet since you came. What happens there next is written here.</p>
      ) : (
        <ol className="log numerals" data-testid="log">
          {log.slice(0, SHOWN).map((commit, i) => (
            <li key={`${commit.seq} ${log.length - i}`}>
              <span className="log-seq">{amount(commit.seq)}</span>
              <span>{commit.words}</span>
              <span className="label">{clock(commit.at)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
