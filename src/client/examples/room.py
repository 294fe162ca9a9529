"""A live room: what the bots in Python share. `pip install websockets` (15 or later)."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from typing import Any

from house import House, Refused
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect

Frame = dict[str, Any]

FIRST_WAIT_S, LAST_WAIT_S = 0.5, 8.0
RESEND_S = 300.0
"""What was not answered is not sent again after so long: the house has forgotten its id by then."""
FINAL = {4005: "replaced", 4007: "signed_out"}
"""Close codes after which the house does not want us back."""


class Room:
    """Comes back whenever the line is lost, and sends again what was not answered, under the same id: it is done once."""

    def __init__(self, house: House, game: str, room: str) -> None:
        self._house = house
        self._path = f"/api/rooms/{game}/{room}"
        self._session = secrets.token_hex(6)
        self._count = 0
        self._pending: dict[str, tuple[float, str]] = {}
        self._socket: ClientConnection | None = None

    def send(self, type: str, **fields: Any) -> str:
        """Sends a command. Its id; the frame `reply` with it tells what became of it."""
        self._count += 1
        command = f"{self._session}:{self._count}"
        text = json.dumps({"id": command, "type": type, **fields})
        self._pending[command] = (time.monotonic(), text)
        self._write(text)
        return command

    def frames(self) -> Iterator[Frame]:
        """
        What the house says, for as long as it is asked. After each lost line a `welcome` comes, which replaces everything
        known. Raises Refused when there is no such room, or the house ends it.
        """
        wait = FIRST_WAIT_S
        while True:
            try:
                ticket = self._house.post(f"{self._path}/ticket")["ticket"]
                address = self._house.url.replace("http", "ws", 1)
                # websockets asks by itself whether the other end is there (ping_interval).
                with connect(f"{address}{self._path}/socket?ticket={ticket}") as self._socket:
                    for message in self._socket:
                        frames = json.loads(message) if message != "pong" else []
                        for frame in frames if isinstance(frames, list) else [frames]:
                            if frame["type"] == "welcome":
                                wait = FIRST_WAIT_S
                            self._answer(frame)
                            yield frame
            except ConnectionClosed as closed:
                self._end(closed.rcvd.code if closed.rcvd is not None else 0)
            except (InvalidHandshake, OSError):
                pass
            except Refused as refused:
                if refused.code != "offline":
                    raise
            finally:
                self._socket = None
            time.sleep(wait)
            wait = min(wait * 1.7, LAST_WAIT_S)

    def waits_for(self, command: str | None) -> bool:
        """Whether this command is still to be answered."""
        return command in self._pending

    def finish(self, frames: Iterator[Frame], *commands: str) -> None:
        """The last commands, and their answers."""
        waiting = {self.send(command) for command in commands}
        for frame in frames:
            waiting.discard(frame.get("id"))
            if not waiting:
                return

    def _answer(self, frame: Frame) -> None:
        """What is between the house and us alone."""
        if frame["type"] == "reply":
            self._pending.pop(frame["id"], None)
        elif frame["type"] == "check":
            self._write(json.dumps({"type": "seen", "n": frame["n"]}))
        elif frame["type"] == "welcome":
            fresh = time.monotonic() - RESEND_S
            self._pending = {command: (at, text) for command, (at, text) in self._pending.items() if at > fresh}
            for _, text in self._pending.values():
                self._write(text)

    def _write(self, text: str) -> None:
        """Without a line it is sent by the next `welcome`."""
        try:
            if self._socket is not None:
                self._socket.send(text)
        except ConnectionClosed:
            pass

    def _end(self, code: int) -> None:
        if code in FINAL:
            raise Refused(FINAL[code], "The house ended this connection.")
