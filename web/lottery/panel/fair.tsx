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
      sealed="The server seed hash: SHA-256 of a secret, the server seed, that the house drew before the first ticket. When a draw starts, the root of its tickets is published. Then client seeds come in. Then the server seed is shown, and all of them together give the number."
      proves={
        <>
          That the tickets were fixed before anybody gave a client seed, that every ticket had its part of the numbers,
          and that the number follows from the server seed, the root and the client seeds. It does not prove everything:
          the player who gives the last client seed could, together with the house, try out seeds until the end suits
          them. Your own client seed cannot rule that out.
        </>
      }
    />
  );
}
