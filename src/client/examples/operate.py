"""What an operator does from a script. The key is one of the house's OPERATOR_KEYS."""

from __future__ import annotations

import os
import sys
import uuid

from house import House, Refused

USAGE = """usage: OPERATOR_KEY=... python operate.py URL COMMAND

  rooms                    every room, private ones too
  pause GAME:ID            the open round ends, and no new one begins
  resume GAME:ID
  give NAME AMOUNT WHY     chips into a registered player's wallet; below 0 out of it"""


def list_rooms(house: House) -> None:
    cursor = None
    while True:
        page = house.get("/api/operator/rooms", cursor=cursor)
        for room in page["rooms"]:
            print(f"{room['game']}:{room['id']} {room['status']}, {room['online']} there")
        cursor = page["next"]
        if cursor is None:
            return


def order(house: House, what: str, room: str) -> None:
    path = f"/api/operator/rooms/{room.replace(':', '/')}"
    house.post(f"{path}/{what}", id=wish())
    print(f"{room} is {house.get(path)['status']}")


def give(house: House, name: str, amount: int, reason: str) -> None:
    player = house.get("/api/operator/players", name=name)
    path = f"/api/operator/players/{player['id']}/transfers"
    after = house.post(path, id=wish(), amount=amount, reason=reason)
    print(f"{player['username']} has {after['available']}")


def wish() -> str:
    """It is carried out once by its id: when an answer is lost the same is asked again."""
    return str(uuid.uuid4())


def main(args: list[str]) -> None:
    house = House(args[0] if args else "", os.environ.get("OPERATOR_KEY"))
    match args[1:]:
        case ["rooms"]:
            list_rooms(house)
        case ["pause" | "resume" as what, room]:
            order(house, what, room)
        case ["give", name, amount, *reason] if reason:
            give(house, name, int(amount), " ".join(reason))
        case _:
            print(USAGE, file=sys.stderr)
            sys.exit(2)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refused as refused:
        sys.exit(str(refused))
