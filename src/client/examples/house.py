"""Calls to a house: what the examples in Python share. The standard library is enough. Python 3.10 or later."""

from __future__ import annotations

import json
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

TRIES = 4
LONGEST_WAIT_S = 10.0


class Refused(Exception):
    """The house said no, or did not answer (`offline`). Switch on `code`; the message is for a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class House:
    """One house, as one player, an operator or nobody sees it."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url.rstrip("/")
        self.token = token

    def get(self, path: str, **query: Any) -> Any:
        said = {name: value for name, value in query.items() if value is not None}
        return self._call("GET", f"{path}?{urllib.parse.urlencode(said)}" if said else path, None)

    def post(self, path: str, **body: Any) -> Any:
        return self._call("POST", path, body)

    def guest(self) -> dict[str, Any]:
        """Comes in as a new guest: who they are."""
        entered = self.post("/api/auth/guest")
        self.token = entered["token"]
        return entered["player"]

    def _call(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        """The good answer. Tries again with the same Idempotency-Key: however often it arrives, it is done once."""
        headers = {"accept": "application/json", "idempotency-key": secrets.token_hex(16)}
        if self.token is not None:
            headers["authorization"] = f"Bearer {self.token}"
        if body is not None:
            headers["content-type"] = "application/json"
        data = None if body is None else json.dumps(body).encode()
        for tries in range(1, TRIES + 1):
            wait = 0.25 * 2**tries
            request = urllib.request.Request(self.url + path, data, headers, method=method)
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:
                    return json.loads(answer.read() or b"null")
            except urllib.error.HTTPError as error:
                refused = _refusal(error)
                if error.code not in (429, 503) and refused.code != "idempotency_busy":
                    raise refused from None
                wait = float(error.headers.get("Retry-After") or wait)
            except OSError as error:
                refused = Refused("offline", str(error))
            if tries == TRIES or wait > LONGEST_WAIT_S:
                raise refused
            time.sleep(wait)
        raise AssertionError("there is a last try")


def _refusal(error: urllib.error.HTTPError) -> Refused:
    try:
        said = json.loads(error.read())["error"]
        return Refused(said["code"], f"{said['message']} (request {said['requestId']})")
    except (ValueError, KeyError, TypeError):
        return Refused("unexpected", f"the answer was {error.code}")
