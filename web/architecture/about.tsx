import { Link } from "react-router";
import type { RoomLine } from "../api/shapes.ts";
import { STATE_WORDS } from "../health/words.ts";
import { amount } from "../ui/format.ts";
import { titleOf } from "../games.ts";
import { pathOf } from "../ui/rooms.ts";
import type { Fact } from "./facts.ts";
import { NODES, type NodeId } from "./plan.ts";

type Props = { readonly node: NodeId; readonly fact: Fact; readonly rooms: readonly RoomLine[] };

const ROOMS_SHOWN = 8;

/** Describes a part of the plan: what it is, where it runs, and its current state. */
export function About({ node, fact: { state, line }, rooms }: Props) {
  const part = NODES.find(({ id }) => id === node);
  if (part === undefined) return null;
  return (
    <section className="about" aria-live="polite" data-testid="about">
      <h2>{part.title}</h2>
      <p className="label">{part.where}</p>
      <p>{part.does}</p>
      <p className="numerals text-ivory-dim">{state === null ? line : `${STATE_WORDS[state]}. ${line}.`}</p>
      {node === "rooms" && <Rooms rooms={rooms} />}
    </section>
  );
}

function Rooms({ rooms }: Pick<Props, "rooms">) {
  return (
    <ul className="about-rooms numerals">
      {rooms.slice(0, ROOMS_SHOWN).map((room) => (
        <li key={`${room.game}:${room.id}`}>
          <Link className="page-link" to={pathOf(room)}>
            {titleOf(room)}
          </Link>
          <span className="text-ivory-dim">
            {room.summary.phase.replaceAll("_", " ")}, {amount(room.online)} here
          </span>
        </li>
      ))}
    </ul>
  );
}
