import { enter } from "../../api/session.ts";
import { useMoney } from "../../api/wallet.ts";
import { useBarred } from "../../care/barred.ts";
import { amount, time } from "../../ui/format.ts";
import type { Acting } from "../acting.ts";
import { ask } from "../ask.ts";
import { rangeOf, usualBuyIn } from "../buy-in.ts";
import { useSeat, useSeatedAt, useView } from "../context.tsx";
import { playNow, usePlaying } from "../play-now.ts";
import type { Standing } from "../standing.ts";
import { Moves } from "./moves.tsx";
import { PreMoves } from "./pre-moves.tsx";
import { NextHand } from "./next-hand.tsx";

type Props = {
  readonly acting: Acting;
  readonly onSit: () => void;
  readonly onTopUp: () => void;
};

/** The action bar: the actions that are possible now, and no others. */
export function ActBar({ acting, onSit, onTopUp }: Props) {
  const { standing, resting } = acting;
  return (
    <div className="act-bar" data-standing={standing.is} data-testid="act-bar">
      <div className="act-offer" {...resting.attrs}>
        <Offer acting={acting} onSit={onSit} onTopUp={onTopUp} />
      </div>
    </div>
  );
}

function Offer({ acting, onSit, onTopUp }: Props) {
  const { link } = useSeatedAt();
  const { standing } = acting;
  switch (standing.is) {
    case "watching":
      return <Watches />;
    case "up":
      return <Up standing={standing} onSit={onSit} />;
    case "turn":
      return <Moves acting={acting} standing={standing} />;
    case "pre":
      return <PreMoves acting={acting} standing={standing} />;
    case "allIn":
      return <Row line="You are in. The rest is up to the cards." />;
    case "between":
      return <Row line="This round of betting is over." />;
    case "folded":
      return <Row line="You have folded. The next hand is on its way." />;
    case "over":
      return (
        <Row line={<NextHand />}>
          {standing.canShow && (
            <button
              type="button"
              className="move"
              data-testid="show-cards"
              aria-keyshortcuts="S"
              onClick={() => void ask(link, { type: "show", hand: standing.hand })}
            >
              Show cards
            </button>
          )}
          {standing.out && <DealMeIn />}
        </Row>
      );
    case "out":
      return (
        <Row
          line={
            <>
              You are sitting out. <Kept />
            </>
          }
        >
          <DealMeIn />
        </Row>
      );
    case "broke":
      return (
        <Row line="Your chips are gone. Bring more, or stand up.">
          <button type="button" className="move" onClick={() => void ask(link, { type: "stand" })}>
            Stand up
          </button>
          <button type="button" className="move move-brass" data-testid="top-up" onClick={onTopUp}>
            Bring more chips
          </button>
        </Row>
      );
    case "newcomer":
      return <Newcomer {...standing} />;
    case "ready":
      return <Ready others={standing.others} />;
    default:
      standing satisfies never;
      return null;
  }
}

type RowProps = { readonly line: React.ReactNode; readonly children?: React.ReactNode };

function Row({ line, children }: RowProps) {
  return (
    <>
      <p className="act-line">{line}</p>
      <div className="moves">{children}</div>
    </>
  );
}

function Watches() {
  // The reason is shown in the hand line.
  if (useBarred() !== null) return <Row line="You are watching." />;
  return (
    <Row line="You are watching.">
      <button type="button" className="move move-brass" onClick={() => void enter()}>
        Play as a guest
      </button>
    </Row>
  );
}

/** How long a player who sits out keeps the seat. */
function Kept() {
  const until = useSeat()?.keptUntil ?? null;
  return <>Your seat is kept {until === null ? "for a while" : `until ${time(until)}`}.</>;
}

function DealMeIn() {
  const { link } = useSeatedAt();
  return (
    <button
      type="button"
      className="move move-brass"
      data-testid="sit-in"
      onClick={() => void ask(link, { type: "sitIn" })}
    >
      Deal me in
    </button>
  );
}

function Up({
  standing,
  onSit,
}: {
  readonly standing: Extract<Acting["standing"], { is: "up" }>;
  readonly onSit: () => void;
}) {
  const { link } = useSeatedAt();
  const playing = usePlaying();
  const config = useView((view) => view.config);
  const game = useView(({ phase, seats }) => phase.name !== "waiting" && seats.some((seat) => seat !== null));
  const bots = useView(({ seats }) => seats.some((seat) => seat?.bot === true));
  const rejoin = useSeat()?.rejoin ?? null;
  const { atHand: balance } = useMoney();
  const { free, line, waiting } = standing;
  if (free === 0 || (line !== null && line > 1)) {
    return (
      <Row
        line={
          line === null
            ? `Every seat is taken${waiting > 0 ? `, and ${waiting} wait${waiting === 1 ? "s" : ""} for one` : ""}.`
            : line === 1
              ? bots
                ? "You are next: a house player makes room after this hand."
                : "You are next: the first seat that is free is yours."
              : `You are number ${line} in the line.`
        }
      >
        <button
          type="button"
          className={line === null ? "move move-brass" : "move"}
          data-testid="queue"
          onClick={() => void ask(link, { type: "queue", on: line === null })}
        >
          {line === null ? "Wait for a seat" : "Leave the line"}
        </button>
      </Row>
    );
  }
  const range = rangeOf(config, rejoin, link.clock.now());
  const buyIn = usualBuyIn(range, balance, config.bigBlind);
  if (buyIn === null) {
    return (
      <Row line={`The least to sit down with is ${amount(range.least)}. You have ${amount(balance ?? 0)}.`}>
        <span className="label">More chips are in your account, at the top right.</span>
      </Row>
    );
  }
  return (
    <Row
      line={
        line === 1
          ? "A seat is free, and kept for you for a moment."
          : playing
            ? "The chips come to the table."
            : game
              ? "A game is on. Play now posts the big blind, and you are in the next hand."
              : "Take a seat. House players keep you company."
      }
    >
      <button type="button" className="move" data-testid="choose-seat" onClick={onSit}>
        Choose chips
      </button>
      <button
        type="button"
        className="move move-brass"
        data-testid="play-now"
        aria-disabled={playing}
        aria-busy={playing}
        onClick={() => {
          if (!playing) playNow(link, buyIn);
        }}
      >
        {playing ? "Sitting down \u2026" : "Play now"}
        <span className="move-sum numerals" translate="no">
          {amount(buyIn)}
        </span>
      </button>
    </Row>
  );
}

function Newcomer({ posts, buysButton, mayBuyButton, on }: Extract<Standing, { is: "newcomer" }>) {
  const { link } = useSeatedAt();
  const { bigBlind, smallBlind } = useView((view) => view.config);
  const owes = useSeat()?.owes;
  const price = (owes?.big === true ? bigBlind : 0) + (owes?.small === true ? smallBlind : 0);
  const line = posts
    ? "You post with the next hand."
    : buysButton
      ? "You buy the button as it comes to you."
      : "The big blind comes to you: you are dealt in then, or you post now.";
  return (
    <Row line={on || posts || buysButton ? line : "You are dealt in with the big blind, or you post now."}>
      {(mayBuyButton || buysButton) && (
        <button
          type="button"
          className="move"
          aria-pressed={buysButton}
          data-testid="buy-button"
          onClick={() => void ask(link, { type: "buyButton" })}
        >
          Buy the button
        </button>
      )}
      <button
        type="button"
        className="move move-brass"
        aria-pressed={posts}
        data-testid="post-blinds"
        onClick={() => void ask(link, { type: "postBlinds" })}
      >
        {posts ? "Posting" : "Post"}{" "}
        <span className="move-sum numerals" translate="no">
          {amount(price)}
        </span>
      </button>
    </Row>
  );
}

function Ready({ others }: { readonly others: number }) {
  const { link } = useSeatedAt();
  const view = useView((now) => now);
  const mine = useSeat();
  const needs = Math.max(2, view.config.minPlayers) - 1 - others;
  // Once started, a game continues with two players.
  if (needs <= 0 || view.phase.name !== "waiting") return <Row line={<NextHand />} />;
  const bots = view.seats.filter((seat) => seat?.bot === true).length;
  const seat = mine?.seat ?? 0;
  const may = view.house !== null && bots < view.config.maxBots && view.seats.includes(null);
  return (
    <Row line={`${needs === 1 ? "One more player" : `${needs} more players`}, and the cards come.`}>
      {may && (
        <button
          type="button"
          className="move move-brass"
          data-testid="add-bots"
          onClick={() => playNow(link, null, seat)}
        >
          Ask house players in
        </button>
      )}
    </Row>
  );
}
