import { rtp } from "../../../rooms/crash/rtp.ts";
import { Fair } from "../../table/fair.tsx";
import { useView } from "../context.tsx";

export function FairTab() {
  const last = useView((view) => view.history[0]?.round ?? null);
  return (
    <Fair
      rtp={rtp()}
      last={last}
      sealed="The fingerprint (SHA-256) of a secret that the house drew before the first bet. After the crash the secret is shown, and anybody can check that it fits, and that it gives this very crash."
      proves={
        <>
          That where the flight ends was not chosen after the bets, and that every player&rsquo;s words had a part in
          it. It does not prove everything: whoever speaks last before the start could, together with the house, try out
          words until the end suits them. Your own words, sent with an early bet, cannot rule that out.
        </>
      }
    />
  );
}
