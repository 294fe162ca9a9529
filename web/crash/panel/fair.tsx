import { rtp } from "../../../rooms/crash/rtp.ts";
import { Fair } from "../../table/fair.tsx";
import { useView } from "../context.tsx";

export function FairTab() {
  const last = useView((view) => view.history[0]?.round ?? null);
  return (
    <Fair
      rtp={rtp()}
      last={last}
      sealed="The server seed hash: SHA-256 of a secret, the server seed, that the house drew before the first bet. After the crash the server seed is shown, and anybody can check that it fits, and that it gives this very crash."
      proves={
        <>
          That where the flight ends was not chosen after the bets, and that every player&rsquo;s client seed had a part
          in it. It does not prove everything: the player who gives the last client seed could, together with the house,
          try out seeds until the end suits them. Your own client seed, sent with an early bet, cannot rule that out.
        </>
      }
    />
  );
}
