import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { randomHex } from "../api/random.ts";
import { announce } from "../ui/announce.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { amount } from "../ui/format.ts";
import { textOf } from "../ui/forms.ts";
import { titleOf } from "../games.ts";
import { type Place } from "../ui/rooms.ts";
import { useRest } from "../ui/rest.ts";
import { ask, useMay, wordsOf } from "./desk.ts";
import { done, type Room } from "./shapes.ts";
import { Field } from "../ui/field.tsx";

/** `id` is made with the draft and reused by retries. A void names the round that was shown when it was requested. */
type Draft = { readonly id: string; readonly round: number };
type Order =
  | { readonly what: "pause" | "resume"; readonly id: string }
  | (Draft & { readonly what: "void"; readonly reason: string });

const DONE: Readonly<Record<Order["what"], string>> = {
  pause: "Paused: the open round ends, and no new one opens.",
  resume: "Open again.",
  void: "The round is void; every stake was given back.",
};

/** Buttons to pause, resume and void. A faulted room accepts no orders. */
export function Orders({ room, status, round }: OrdersProps) {
  const may = useMay("floor");
  const client = useQueryClient();
  const [asking, setAsking] = useState<Draft | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const giving = useMutation({
    mutationFn: async (order: Order) => {
      const path = { game: room.game, id: room.id };
      return order.what === "void"
        ? ask("POST /api/operator/rooms/{game}/{id}/void", done, {
            path,
            body: { id: order.id, round: order.round, reason: order.reason },
          })
        : ask(`POST /api/operator/rooms/{game}/{id}/${order.what}`, done, { path, body: { id: order.id } });
    },
    onSuccess: async (_, { what }) => {
      setAsking(null);
      setSaid(DONE[what]);
      announce(DONE[what]);
      await client.invalidateQueries({ queryKey: ["operator", "room", `${room.game}:${room.id}`] });
    },
  });
  // The room's report to the directory takes a few seconds, so the last order given here is newer.
  const last = giving.isSuccess ? giving.variables.what : null;
  const paused = last === "pause" || (last !== "resume" && status === "paused");
  const { attrs } = useRest(String(paused));
  if (!may || status === "faulted") return null;
  return (
    <div className="desk-orders">
      <button
        type="button"
        className="btn"
        disabled={giving.isPending}
        {...attrs}
        onClick={() => giving.mutate({ what: paused ? "resume" : "pause", id: wishId() })}
      >
        {paused ? "Resume" : "Pause"}
      </button>
      <button
        type="button"
        className="btn desk-grave"
        disabled={giving.isPending}
        onClick={() => setAsking({ id: wishId(), round })}
      >
        Void &hellip;
      </button>
      <p className="label desk-said" role="status">
        {giving.isError && asking === null ? wordsOf(giving.error) : said}
      </p>
      <Dialog
        open={asking !== null}
        onClose={() => setAsking(null)}
        title={`Void round ${amount(asking?.round ?? round)} of ${titleOf(room)}`}
      >
        <VoidForm
          busy={giving.isPending}
          error={giving.isError ? wordsOf(giving.error) : null}
          onVoid={(reason) => asking !== null && giving.mutate({ what: "void", ...asking, reason })}
          onStay={() => setAsking(null)}
        />
      </Dialog>
    </div>
  );
}

type OrdersProps = {
  readonly room: Place;
  readonly status: Room["status"];
  /** The open round, as last reported. */
  readonly round: number;
};

const wishId = (): string => `desk-${randomHex(10)}`;

type VoidProps = {
  readonly busy: boolean;
  readonly error: string | null;
  readonly onVoid: (reason: string) => void;
  readonly onStay: () => void;
};

function VoidForm({ busy, error, onVoid, onStay }: VoidProps) {
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onVoid(textOf(new FormData(event.currentTarget), "reason").trim());
  };
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <p className="text-ivory-dim">
        Everybody gets their stakes of this round back, and nobody wins it. The table is told why. This cannot be
        undone. When the round is over by then, or its result is out, nothing is done.
      </p>
      <Field
        label="Reason, for the players and the audit log"
        name="reason"
        required
        maxLength={200}
        pattern=".*\S.*"
        autoComplete="off"
      />
      <p role="alert" className="text-lost empty:hidden">
        {error}
      </p>
      <div className="page-row">
        <button type="submit" className="btn btn-brass" disabled={busy} data-testid="void-confirm">
          Void the round
        </button>
        <button type="button" className="btn btn-bare" onClick={onStay}>
          Let it go on
        </button>
      </div>
    </form>
  );
}
