"""Access: who reads. Catalogue pages are everybody's; a workspace's own pages open with a signed link from its chat.

A link carries a key: the workspace, until when, and a signature over both. Opening one keeps the key in a
cookie and takes it out of the address, so that it is in no history and no referrer. Nothing is kept here.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.clock import Clock

LINK_LIVES = timedelta(days=3650)
"""How long a link from the chat opens its page unless its workspace says otherwise: an audit trail must not die."""

COOKIE_LIVES = timedelta(days=30)
"""How long a browser is remembered that opened a link; the link opens it again."""

COOKIE, PARAMETER = "clausewatch", "key"
LONGEST = 400
"""Characters of a key; workspace ids of chats are far shorter."""


class Keys:
    """Makes and reads keys. `secret` is this installation's own."""

    def __init__(self, secret: bytes, clock: Clock) -> None:
        self._secret = secret
        self._clock = clock

    def make(self, workspace: str, lives: timedelta = LINK_LIVES) -> str:
        """Return a key that lets its bearer read a workspace's pages for some time."""
        until = int((self._clock() + lives).timestamp())
        name = urlsafe_b64encode(workspace.encode()).decode().rstrip("=")
        return f"{until:x}.{name}.{self._signature(until, workspace)}"

    def read(self, key: str) -> str:
        """Return the workspace a key is for, or nothing when it was not made here or has run out."""
        found = self._parts(key)
        if found is None:
            return ""
        until, workspace, signature = found
        mine = hmac.compare_digest(signature.encode(), self._signature(until, workspace).encode())
        return workspace if mine and self._clock().timestamp() < until else ""

    def until(self, key: str) -> int:
        """Return the seconds a key still opens something."""
        found = self._parts(key)
        return max(0, int(found[0] - self._clock().timestamp())) if found else 0

    @staticmethod
    def _parts(key: str) -> tuple[int, str, str] | None:
        until, _, rest = key.partition(".")
        name, _, signature = rest.partition(".")
        try:
            if len(key) > LONGEST:
                return None
            return int(until, 16), urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode(), signature
        except ValueError:
            return None

    def _signature(self, until: int, workspace: str) -> str:
        made = hmac.new(self._secret, f"page\n{until}\n{workspace}".encode(), hashlib.sha256).digest()
        return urlsafe_b64encode(made[:18]).decode()


class Access:
    """Says which workspace a request belongs to, and turns an opened link into a cookie."""

    def __init__(self, keys: Keys | None = None, *, secure: bool = False) -> None:
        self._keys = keys
        self._secure = secure

    def reader(self, request: Request) -> str:
        """Return the workspace a request belongs to, or nothing: then only public pages are there."""
        key = request.cookies.get(COOKIE, "")
        return self._keys.read(key) if self._keys and key else ""

    def opened(self, request: Request, refused: Callable[[], Response]) -> Response | None:
        """Answer a request that carries a key: on to the page without it, or refused. None: it carries none."""
        if PARAMETER not in request.query_params:
            return None
        key = request.query_params[PARAMETER]
        if self._keys is None or not self._keys.read(key):
            return refused()
        rest = [pair for pair in request.query_params.multi_items() if pair[0] != PARAMETER]
        path = "/" + request.url.path.lstrip("/")  # two slashes would name another host
        answer = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), 303, {"cache-control": "no-store"})
        lasts = min(self._keys.until(key), int(COOKIE_LIVES.total_seconds()))
        answer.set_cookie(COOKIE, key, max_age=lasts, secure=self._secure, httponly=True, samesite="lax", path="/")
        return answer


def signed(address: str, key: str) -> str:
    """Return the address of a page with a key."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode({PARAMETER: key})}"
