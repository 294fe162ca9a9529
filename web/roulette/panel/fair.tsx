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
      sealed="The fingerprint (SHA-256) of a secret that the house drew before the first chip. After the spin the secret is shown, and anybody can check that it fits."
      proves={
        <>
          That the number was not changed after the bets, and that every player&rsquo;s words had a part in it. It does
          not prove everything: whoever speaks last before the close could, together with the house, try out words until
          the number suits them. Your own words, sent with an early bet, cannot rule that out.
        </>
      }
    />
  );
}
