import { usePlayer } from "../api/session.ts";
import type { Player } from "../api/shapes.ts";
import { PageFrame, Signed } from "../pages/frame.tsx";
import "./account.css";
import { Breaks } from "./breaks.tsx";
import { LimitsSection } from "./limits.tsx";
import { Password } from "./password.tsx";
import { Recovery } from "./recovery.tsx";
import { Sessions } from "./sessions.tsx";
import { Who } from "./who.tsx";

/** The account page: identity, limits and breaks. */
export default function AccountPage() {
  const player = usePlayer();
  return (
    <PageFrame
      title="Your account"
      lead="Who you are here, and how you want to play. The chips are play money; the time is yours."
    >
      <Signed>{() => (player === null ? null : <Account key={player.id} player={player} />)}</Signed>
    </PageFrame>
  );
}

function Account({ player }: { readonly player: Player }) {
  return (
    <div className="account">
      <div className="account-side">
        <Who player={player} />
        {!player.guest && <Password player={player} />}
        {!player.guest && <Recovery player={player} />}
        <Sessions player={player} />
      </div>
      <div className="account-main">
        <LimitsSection player={player} />
        <Breaks player={player} />
      </div>
    </div>
  );
}
