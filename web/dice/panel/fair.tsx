import { rtp } from "../../../rooms/dice/rtp.ts";
import { Fair } from "../../table/fair.tsx";
import { useRound } from "../../table/context.tsx";
import { amount } from "../../ui/format.ts";
import { useView } from "../context.tsx";

export function FairTab() {
  const round = useRound();
  const rolls = useView((view) => view.rolls);
  const { rolls: most, seedMs } = useView((view) => view.config);
  return (
    <Fair
      rtp={rtp()}
      last={round > 1 ? round - 1 : null}
      sealed={
        <>
          The server seed hash: SHA-256 of the secret that every roll of this round is drawn from, each by its own
          number, the nonce.{" "}
          {rolls === 0 ? "Nothing was rolled under it yet" : `${amount(rolls)} of ${amount(most)} rolls are out`}; after{" "}
          {amount(most)}, or {amount(Math.round(seedMs / 1_000))} seconds after the first, it is shown, and anybody can
          check every roll.
        </>
      }
      when="with your first roll under a seed"
      proves={
        <>
          That no roll was changed after the seed was fixed, and that the client seeds given before the first roll had a
          part in all of them. It does not prove everything: the house knows its seed, and the player who gives the last
          client seed before the first roll could, together with the house, try out seeds.
        </>
      }
    />
  );
}
