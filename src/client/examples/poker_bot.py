"""python poker_bot.py [URL] [HANDS] [ROOM]: a guest who plays Hold'em as `strategy` says."""

from __future__ import annotations

import sys
import time
from typing import Any

from house import House, Refused
from room import Frame, Room

MADE = ("two pair", "three of a kind", "straight", "flush", "full house", "four of a kind", "straight flush")


def strategy(
    cards: list[int], board: list[int], holding: str | None, to_call: int, pot: int, least_raise: int | None
) -> tuple[str, int]:
    """
    Yours to write: "check", "fold", "call", or "raise" and to how much. A card is 4 times its rank (0 is the two) plus its
    suit; `holding` is what the cards make with the board ("pair"). `least_raise` None: no raise is open.
    """
    low, high = sorted(card >> 2 for card in cards)
    strong = holding in MADE if board else high == low or low >= 9
    fair = holding == "pair" if board else high >= 9
    if strong and least_raise is not None:
        return "raise", max(least_raise, pot)
    if to_call == 0:
        return "check", 0
    return ("call", 0) if strong or (fair and to_call <= pot / 2) else ("fold", 0)


FINAL = {
    "above_house_stakes",
    "excluded",
    "house_budget_spent",
    "insufficient_funds",
    "invalid_command",
    "limit_loss",
    "limit_session",
    "limit_stake",
}
"""These will not be otherwise in a moment."""
WAIT_S = 1.0


class Table:
    """A table as the house shows it: `view` is everybody's, `mine` one's own."""

    def __init__(self) -> None:
        self.view: dict[str, Any] = {}
        self.mine: dict[str, Any] = {}
        self.seq = 0

    def hear(self, frame: Frame) -> None:
        if frame["type"] == "welcome":
            self.view, self.mine, self.seq = frame["view"], frame["seat"], frame["seq"]
        elif frame["type"] == "own":
            for told in frame["events"]:
                self.mine.update(told["set"])
        elif frame["type"] == "events":
            self.seq = frame["seq"]
            for shown in frame["events"]:
                if shown["type"] == "step":  # else it is the room's own: chat, who is here
                    self.view.update(shown["set"])
                    for seat, there in shown["seats"].items():
                        self.view["seats"][int(seat)] = there

    def next(self) -> dict[str, Any] | None:
        """The command that is to be given now; None: to wait."""
        seats, hand, mine = self.view["seats"], self.view["hand"], self.mine
        free = seats.index(None) if None in seats else None
        config = self.view["config"]
        big_blinds = min(max(40, config["minBuyInBigBlinds"]), config["maxBuyInBigBlinds"])
        buy_in = max(big_blinds * config["bigBlind"], mine["rejoin"]["stack"] if mine["rejoin"] else 0)
        if mine["seat"] is None:
            return None if free is None else {"type": "sit", "seat": free, "buyIn": buy_in, "posts": True}
        me = seats[mine["seat"]]
        if me is None:
            return None  # our own news came before everybody's
        if hand is not None and hand["turn"] is not None and hand["turn"]["seat"] == mine["seat"]:
            return self._act(hand)
        if me["waiting"] == "broke":
            return {"type": "topUp", "amount": buy_in}
        if me["waiting"] == "sittingOut":
            return {"type": "sitIn"}
        # Too few for a game: the house has players of its own.
        alone = self.view["phase"]["name"] == "waiting" and self.view["house"] is not None
        return {"type": "addBot", "seat": free} if alone and free is not None else None

    def _act(self, hand: dict[str, Any]) -> dict[str, Any]:
        turn, cards = hand["turn"], [dealt["card"] for dealt in self.mine["cards"]]
        pot = sum(seat["put"] for seat in self.view["seats"] if seat is not None)
        least = turn["raise"]["least"] if turn["raise"] else None
        act, to = strategy(cards, hand["board"], self.mine["holding"], turn["toCall"], pot, least)
        # Named with what it is meant for, so that one that comes late does nothing.
        command = {"type": act, "hand": hand["hand"], "street": hand["street"]}
        if act != "check":
            command["amount"] = turn["toCall"]
        if act == "raise":
            command["to"] = min(to, turn["raise"]["most"])
        return command


def play(url: str = "http://localhost:8787", hands: str = "10", name: str = "main") -> None:
    house, table = House(url), Table()
    print(f"{house.guest()['username']} plays {hands} hands", flush=True)
    room = Room(house, "poker", name)
    frames = room.frames()
    asked, shown_at, seen, played = None, 0, 0, 0
    for frame in frames:
        table.hear(frame)
        if frame["type"] == "reply" and frame["id"] == asked:
            if frame["ok"]:
                shown_at = frame["seq"]  # the table shows it a moment later
            else:
                print(f"{frame['code']}: {frame['message']}", flush=True)
                if frame["code"] in FINAL:
                    break
                time.sleep(WAIT_S)
        hand = table.view["hand"]
        if hand is not None and hand["awards"] is not None and hand["hand"] > seen:
            seen = hand["hand"]
            if table.mine["cards"]:
                played += 1
                won = [win["chips"] for pot in hand["awards"] for win in pot["wins"] if win["seat"] == table.mine["seat"]]
                print(f"hand {seen}: {table.mine['holding']}, won {sum(won)}", flush=True)
        if played == int(hands):
            break
        if table.seq >= shown_at and not room.waits_for(asked):
            command = table.next()
            asked = None if command is None else room.send(**command)
    # In the middle of a hand one cannot stand up: then the chips come home when the seat is given free.
    room.finish(frames, "stand", "leave")


if __name__ == "__main__":
    try:
        play(*sys.argv[1:])
    except Refused as refused:
        sys.exit(str(refused))
    except KeyboardInterrupt:
        pass  # the clock folds, and the chips come home when the seat is given free
