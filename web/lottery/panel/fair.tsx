import { rtp } from "../../../rooms/lottery/rtp.ts";
import { Fair } from "../../table/fair.tsx";
import { useView } from "../context.tsx";
import { usePast } from "../stage.tsx";

export function FairTab() {
  const config = useView((view) => view.config);
  const last = usePast()[0]?.draw ?? null;
  return (
    <Fair
      what="Draw"
      when="when a draw starts in which you have a ticket"
      rtp={rtp(config)}
      last={last}
      sealed="The fingerprint (SHA-256) of a secret that the house drew before the first ticket. When a draw starts, the root of its tickets is published; then words come in; then the secret is shown, and all of them together give the number."
      proves={
        <>
          That the tickets were fixed before anybody gave words, that every ticket had its part of the numbers, and that
          the number follows from the secret, the root and the words. It does not prove everything: whoever speaks last
          could, together with the house, try out words until the end suits them. Your own words cannot rule that out.
        </>
      }
    />
  );
}
