import * as z from "zod/mini";
import { useCallback, useEffect, useState } from "react";
import type { Chips, PlayerId } from "../../../rooms/game.ts";
import type { Entry } from "../../../rooms/crash/types.ts";
import { useSeatedAt } from "../context.tsx";
import { Lines } from "./lines.tsx";

const id = z.custom<PlayerId>((value) => typeof value === "string");
const chips = z.custom<Chips>((value) => Number.isSafeInteger(value));
const page = z.object({
  bets: z.array(z.object({ player: id, bet: z.int(), amount: chips, outX100: z.nullable(z.int()) })),
  next: z.nullable(z.int()),
});

/** All bets of the round, fifty per request, as of the time of each request. */
export function AllBets() {
  const { link } = useSeatedAt();
  const [lines, setLines] = useState<readonly Entry[]>([]);
  const [next, setNext] = useState<number | null>(0);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState(false);
  const more = useCallback(
    async (from: number): Promise<void> => {
      setBusy(true);
      const answer = await link.send({ type: "bets", from });
      const read = answer.ok ? page.safeParse(answer.result) : null;
      setBusy(false);
      setFault(read?.success !== true);
      if (read?.success !== true) return;
      const { bets, next: then } = read.data;
      setLines((known) => [...known.filter(({ bet }) => !bets.some((one) => one.bet === bet)), ...bets]);
      setNext(then);
    },
    [link],
  );
  useEffect(() => void more(0), [more]);
  return (
    <div className="flex flex-col gap-4">
      <Lines lines={lines} over={false} />
      {fault && <p role="alert">The list cannot be read just now.</p>}
      {next !== null && (
        <button type="button" className="btn" disabled={busy} onClick={() => void more(next)}>
          {busy ? "Fetching \u2026" : "More"}
        </button>
      )}
    </div>
  );
}
