import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";
import { useMoney } from "../api/wallet.ts";
import { isQuickSeat } from "../lobby/quick-seat.ts";
import { useYou } from "../table/context.tsx";
import { ask } from "./ask.ts";
import { rangeOf, usualBuyIn } from "./buy-in.ts";
import { useSeatedAt } from "./context.tsx";
import { playNow } from "./play-now.ts";

/** Seats a visitor who came by the lobby's quick seat, as "Play now" does; once for each press. */
export function useQuickSeat(): void {
  const { link } = useSeatedAt();
  const you = useYou();
  const { atHand: balance } = useMoney();
  const navigate = useNavigate();
  const { state, pathname } = useLocation();
  const wanted = isQuickSeat(state);
  const taken = useRef(false);
  useEffect(() => {
    if (!wanted) taken.current = false;
    const known = link.get().known;
    if (!wanted || taken.current || balance === null || you === null || known === null) return;
    taken.current = true;
    void navigate(pathname, { replace: true, state: null });
    const { view, seat } = known;
    if (seat === null || seat.seat !== null) return;
    const buyIn = usualBuyIn(rangeOf(view.config, seat.rejoin, link.clock.now()), balance, view.config.bigBlind);
    if (buyIn === null) return;
    const { seats } = view;
    // A full table with bots: queueing makes a bot leave.
    if (!seats.includes(null) && seats.some((one) => one?.bot === true)) void ask(link, { type: "queue", on: true });
    else playNow(link, buyIn);
  }, [wanted, balance, you, link, navigate, pathname]);
}
