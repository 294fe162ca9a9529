import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState, type FormEvent } from "react";
import { randomHex } from "../api/random.ts";
import { announce } from "../ui/announce.tsx";
import { amount } from "../ui/format.ts";
import { readNumber } from "../ui/number.ts";
import { Segments } from "../ui/segments.tsx";
import { ask, useMay, wordsOf } from "./desk.ts";
import { transferred, type Player } from "./shapes.ts";
import { Field } from "../ui/field.tsx";

const AMOUNT_MAX = 1_000_000_000_000;

/** A transfer into or out of a wallet. Retries reuse its id; a new id is made when the input changes and after success. */
export function TransferForm({ who }: { readonly who: Player }) {
  const may = useMay("support");
  const name = useId();
  const client = useQueryClient();
  const [way, setWay] = useState<"in" | "out">("in");
  const [sum, setSum] = useState("");
  const [reason, setReason] = useState("");
  const draft = useRef({ asked: "", id: "" });
  const moving = useMutation({
    mutationFn: async (wanted: { readonly amount: number; readonly reason: string }) => {
      const asked = JSON.stringify(wanted);
      if (draft.current.asked !== asked) draft.current = { asked, id: `desk-${randomHex(10)}` };
      const body = { id: draft.current.id, ...wanted };
      return ask("POST /api/operator/players/{id}/transfers", transferred, { path: { id: who.id }, body });
    },
    onSuccess: async ({ available }) => {
      draft.current = { asked: "", id: "" };
      setSum("");
      setReason("");
      announce(`Done. ${who.username} has ${amount(available)} now.`);
      await client.invalidateQueries({ queryKey: ["operator", "player", who.id] });
    },
  });
  if (!may) return null;
  const { value: chips, fault } = readNumber(sum, { whole: true });
  const inRange = chips !== null && chips >= 1 && chips <= AMOUNT_MAX;
  const sound = inRange && reason.trim() !== "";
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (sound && chips !== null) moving.mutate({ amount: way === "in" ? chips : -chips, reason: reason.trim() });
  };
  return (
    <form className="desk-form" onSubmit={submit}>
      <h2>Move money</h2>
      <Segments
        legend="Which way"
        name={name}
        choices={[
          ["in", "Pay in"],
          ["out", "Take out"],
        ]}
        value={way}
        onChange={setWay}
      />
      <Field
        label="Chips"
        className="numerals"
        inputMode="numeric"
        required
        value={sum}
        onChange={(event) => setSum(event.target.value)}
        data-testid="transfer-amount"
      />
      <Field
        label="Reason, for the audit log"
        required
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        data-testid="transfer-reason"
      />
      <p className="label empty:hidden">
        {sum === "" || inRange ? null : (fault ?? `From 1 to ${amount(AMOUNT_MAX)}.`)}
      </p>
      <p role="alert" className="text-lost empty:hidden">
        {moving.isError ? wordsOf(moving.error) : null}
      </p>
      {moving.isSuccess && sum === "" && (
        <p className="text-ivory-dim numerals" data-testid="transfer-done">
          Done: {amount(moving.data.available)} in the wallet.
        </p>
      )}
      <button
        type="submit"
        className="btn btn-brass self-start"
        disabled={!sound || moving.isPending}
        data-testid="transfer-submit"
      >
        {wordsFor(way, sound ? chips : null, who.username)}
      </button>
    </form>
  );
}

function wordsFor(way: "in" | "out", chips: number | null, name: string): string {
  if (chips === null) return way === "in" ? "Pay in" : "Take out";
  return way === "in" ? `Pay ${amount(chips)} to ${name}` : `Take ${amount(chips)} from ${name}`;
}
