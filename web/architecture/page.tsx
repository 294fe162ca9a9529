import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { Link } from "react-router";
import { roomsQuery } from "../api/queries.ts";
import { usePlayer, useSession } from "../api/session.ts";
import { healthQuery } from "../health/query.ts";
import { lotteryTable } from "../lottery/sitting.ts";
import { Choice } from "../pages/choice.tsx";
import { Empty, PageFrame } from "../pages/frame.tsx";
import { useNow } from "../pages/now.ts";
import { useSitting } from "../table/gate.tsx";
import { usePlayed } from "../table/played.ts";
import { About } from "./about.tsx";
import { useEvidence } from "./evidence.ts";
import { factsOf } from "./facts.ts";
import { Log } from "./log.tsx";
import { PlanView } from "./plan-view.tsx";
import type { NodeId } from "./plan.ts";
import { stepsOf, type Step, type Trail } from "./steps.ts";
import { TrailView } from "./trail.tsx";
import { useWatch, WATCHED, type Watch } from "./watch.ts";
import "../health/health.css";
import "./architecture.css";

/** A live plan of the system, and the path of a real round through it. */
export default function ArchitecturePage() {
  const session = useSession();
  const who = session.state === "here" ? session.player.id : session.state;
  return (
    <PageFrame
      title="The house"
      lead="What runs where, as it is now. Nothing on this page is acted: what is marked was seen by your own browser."
    >
      {session.state === "arriving" ? <p className="text-ivory-dim">One moment &hellip;</p> : <House key={who} />}
    </PageFrame>
  );
}

/** How long a part stays highlighted after activity. */
const LIT_MS = 1_200;

function House() {
  const player = usePlayer();
  const felt = useQuery(healthQuery);
  const { data: lobby } = useQuery(roomsQuery);
  const watch = useWatch(true);
  const now = useNow();
  const health = felt.data?.health ?? null;
  const kafka = health?.checks.some(({ name }) => name === "kafka") ?? false;
  const rooms = lobby?.rooms ?? [];
  const [node, setNode] = useState<NodeId>("rooms");
  const { trail, whose, setWhose } = useTrail(watch, player?.id ?? null);
  const lottery = useSitting(lotteryTable, "main")?.link ?? null;
  const { evidence, player: of } = useEvidence(trail, lottery, kafka);
  const steps = trail === null ? [] : stepsOf({ ...trail, player: of }, evidence, kafka);
  const [picked, pick] = useState<Step["id"] | null>(null);
  const step = steps.find(({ id }) => id === picked) ?? steps.findLast(({ state }) => state === "seen") ?? steps[0];
  const facts = factsOf({ health, ms: felt.data?.ms ?? null, rooms, player, watch, now });
  return (
    <>
      <PlanView
        facts={facts}
        kafka={kafka}
        chosen={node}
        onChoose={setNode}
        nodes={step?.nodes ?? []}
        edges={step?.edges ?? []}
        lit={useLit(watch)}
      />
      <About node={node} fact={facts[node]} rooms={rooms} />
      <section className="page-section" aria-labelledby="trail-title">
        <h2 id="trail-title">What one round did</h2>
        <div className="page-row">
          <Choice label="Which round" options={WHOSE} value={whose} onChange={setWhose} />
        </div>
        {trail === null ? (
          <NoTrail whose={whose} />
        ) : (
          <Steps trail={trail} steps={steps} chosen={step} onChoose={pick} />
        )}
      </section>
      <Log watch={watch} />
    </>
  );
}

const WHOSE = [
  ["mine", "Your last round"],
  ["watched", "Roulette, now"],
] as const;
type Whose = (typeof WHOSE)[number][0];

/** The round to follow: the player's own if there is one, otherwise the watched one. */
function useTrail(watch: Watch, me: string | null) {
  const played = usePlayed();
  const own = played !== null && played.player === me ? played : null;
  const [asked, setWhose] = useState<Whose | null>(null);
  const whose = asked ?? (own === null ? "watched" : "mine");
  const { round } = watch;
  const trail = useMemo<Trail | null>(() => {
    if (whose === "mine") return own === null ? null : { ...own, mine: true };
    return round === null ? null : { ...round, room: WATCHED, player: null, mine: false };
  }, [whose, own, round]);
  return { trail, whose, setWhose };
}

function useLit(watch: Watch): readonly NodeId[] {
  const newest = watch.log[0] ?? null;
  const [lit, setLit] = useState(false);
  useEffect(() => {
    if (newest === null) return undefined;
    setLit(true);
    const timer = setTimeout(() => setLit(false), LIT_MS);
    return () => clearTimeout(timer);
  }, [newest]);
  return lit ? ["rooms", "browser"] : [];
}

type StepsProps = {
  readonly trail: Trail;
  readonly steps: readonly Step[];
  readonly chosen: Step | undefined;
  readonly onChoose: (step: Step["id"]) => void;
};

function Steps({ trail, steps, chosen, onChoose }: StepsProps) {
  const seen = steps.filter(({ state }) => state === "seen").length;
  return (
    <>
      <p className="text-ivory-dim numerals" data-testid="trail-of">
        Round {trail.round} of {trail.room}: {seen} of {steps.length} steps seen.
      </p>
      <TrailView steps={steps} chosen={chosen?.id ?? "bet"} onChoose={onChoose} />
    </>
  );
}

function NoTrail({ whose }: { readonly whose: Whose }) {
  return whose === "mine" ? (
    <Empty words="You have not played since this page was loaded. Bet once, and come back by the links here: your round is followed on its way.">
      <Link to="/rooms/roulette/main" className="btn btn-brass">
        To the roulette table
      </Link>
    </Empty>
  ) : (
    <Empty words="Nobody has bet at the roulette table since you came. The next round is followed from its first chip." />
  );
}
