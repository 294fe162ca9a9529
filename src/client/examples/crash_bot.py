"""python crash_bot.py [URL] [FLIGHTS] [ROOM]: a guest who bets on flights as `strategy` says."""

from __future__ import annotations

import sys
import time
from typing import Any

from house import House, Refused
from room import Frame, Room


def strategy(past: list[dict[str, Any]], net: int) -> dict[str, Any] | None:
    """Yours to write. `past`: the last flights, newest first. `net`: won or lost so far. None: enough."""
    if abs(net) >= 1_000:
        return None
    low = all(flight["endX100"] < 200 for flight in past[:3])
    return {"amount": 50, "autoCashout": 2 if low else 1.25}


PASSING = {"above_table_maximum", "busy", "internal", "not_ready", "old_round", "paused"}
"""Refused now, and perhaps not in a moment."""
WAIT_S = 3.0


class Lobby:
    """What of a crash lobby the bot has to know, from its frames."""

    def __init__(self) -> None:
        self.open, self.round = False, 0
        self.history: list[dict[str, Any]] = []
        self.bets: list[dict[str, Any]] = []
        self.last: dict[str, Any] | None = None
        """How one's own bets of a flight ended: `round`, `endX100` (None: called off), `bets`."""

    def hear(self, frame: Frame) -> None:
        if frame["type"] == "welcome":
            view, seat = frame["view"], frame["seat"]
            self.open, self.round = view["phase"]["name"] in ("waiting", "betting"), view["round"]
            self.history, self.bets, self.last = view["history"], seat["bets"], seat["last"]
        for event in frame.get("events", []):
            if frame["type"] == "events":
                self._shown(event)
            else:
                self._told(event)

    def _shown(self, event: dict[str, Any]) -> None:
        """What everybody sees."""
        if event["type"] in ("launched", "ended"):
            self.open = False
        if event["type"] in ("ready", "voided"):
            self.open = True
        if event["type"] in ("ended", "voided"):
            self.round = event["round"] + 1
        if event["type"] == "ended":
            self.history.insert(0, event)

    def _told(self, event: dict[str, Any]) -> None:
        """What the bot alone is told."""
        if event["type"] == "placed":
            self.bets.append(event["bet"])
        elif event["type"] == "out":
            outs = dict(event["outs"])
            self.bets = [{**bet, "out": outs.get(bet["id"], bet["out"])} for bet in self.bets]
        elif event["type"] == "ended":
            self.last = {"round": event["round"], "endX100": event["endX100"], "bets": self.bets}
            self.bets = []


def play(url: str = "http://localhost:8787", flights: str = "10", name: str = "main") -> None:
    house, lobby = House(url), Lobby()
    print(f"{house.guest()['username']} plays {flights} flights", flush=True)
    room = Room(house, "crash", name)
    frames = room.frames()
    asked, bet_in, done, flown, net = None, 0, 0, 0, 0
    for frame in frames:
        lobby.hear(frame)
        if frame["type"] == "reply" and frame["id"] == asked and not frame["ok"]:
            print(f"flight {bet_in}: {frame['code']}: {frame['message']}", flush=True)
            if frame["code"] not in PASSING:
                break
            time.sleep(WAIT_S)
            bet_in = 0
        if lobby.last is not None and lobby.last["round"] == bet_in:
            net, bet_in, flown, done = net + told(lobby.last), 0, flown + 1, bet_in
        if flown == int(flights):
            break
        # One's own news may come before everybody's: a flight that is done is not bet on again.
        if lobby.open and lobby.round > done and bet_in == 0 and lobby.bets == []:
            bet = strategy(lobby.history, net)
            if bet is None:
                break
            bet_in = lobby.round
            asked = room.send("bet", **bet, round=bet_in)
    print(f"{net} in all", flush=True)
    room.finish(frames, "leave")  # the chips go back to the wallet


def told(last: dict[str, Any]) -> int:
    """Says how a flight ended. What it brought."""
    if last["endX100"] is None:
        print(f"flight {last['round']} was called off: the stake is back", flush=True)
        return 0
    outs = [f"out at {bet['out']['x100'] / 100}" if bet["out"] else "lost" for bet in last["bets"]]
    print(f"flight {last['round']} crashed at {last['endX100'] / 100}: {', '.join(outs)}", flush=True)
    return sum((bet["out"]["paid"] if bet["out"] else 0) - bet["amount"] for bet in last["bets"])


if __name__ == "__main__":
    try:
        play(*sys.argv[1:])
    except Refused as refused:
        sys.exit(str(refused))
    except KeyboardInterrupt:
        pass  # who is gone for a while gets their chips back by themselves
