import { rtp } from "../../../rooms/roulette/rtp.ts";
import { Fair } from "../../table/fair.tsx";
import { useView } from "../context.tsx";

export function FairTab() {
  const config = useView((view) => view.config);
  const last = useView((view) => view.last);
  return (
    <Fair
      rtp={rtp(config)}
      last={last?.round ?? null}
      sealed="The server seed hash: SHA-256 of a secret, the server seed, that the house drew before the first chip. After the spin the server seed is shown, and anybody can check that it fits."
      proves={
        <>
          That the number was not changed after the bets, and that every player&rsquo;s client seed had a part in it. It
          does not prove everything: the player who gives the last client seed could, together with the house, try out
          seeds until the number suits them. Your own client seed, sent with an early bet, cannot rule that out.
        </>
      }
    />
  );
}
