"""Where Slack's requests come in: size, signature, age and replays are checked before anything is read.

Source: Slack, "Verifying requests from Slack" (HMAC-SHA256 over timestamp and body, five minutes).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256

import structlog
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import Clock, SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

log = structlog.get_logger()
EVENTS = "/slack/events"
LARGEST = 2_000_000  # bytes; Slack's largest payloads (views with state) are far below
OLDEST = 300  # seconds


class _Time(Clock):
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now

    def now(self) -> float:
        return self._now()


class Door:
    """The HTTP endpoint for events, commands, buttons and forms."""

    def __init__(self, app: AsyncApp, secret: str, now: Callable[[], float] = time.time) -> None:
        self._app = app
        self._now = now
        self._verifier = SignatureVerifier(secret, _Time(now))
        self._seen: dict[str, float] = {}

    def routes(self) -> list[Route]:
        """Return the routes of the web process."""
        return [Route(EVENTS, self.enter, methods=["POST"])]

    async def enter(self, request: Request) -> Response:
        """Let a signed, fresh request in, once; answer a repeated one without doing anything."""
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        signature = request.headers.get("x-slack-signature", "")
        if not self._signed(body, request.headers.get("x-slack-request-timestamp", ""), signature):
            log.warning("a request to the Slack endpoint was not signed by Slack, or is old")
            return PlainTextResponse("invalid request", 401)
        events = request.headers.get("content-type", "").startswith("application/json")
        if self._repeated(seen := sha256(body).hexdigest() if events else signature):
            log.info("a request of Slack came twice")
            return PlainTextResponse("")
        answer = to_starlette_response(await self._app.async_dispatch(to_async_bolt_request(request, body)))
        if answer.status_code >= 500:  # then Slack may rightly try again
            self._seen.pop(seen, None)
        return answer

    def _signed(self, body: bytes, timestamp: str, signature: str) -> bool:
        if not (timestamp.isascii() and timestamp.isdigit() and signature.isascii()):
            return False
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except UnicodeDecodeError:
            return False

    def _repeated(self, mark: str) -> bool:
        """Tell whether a request came before, by its signature, which stays valid for five minutes.

        An event is known by its words, which hold its id: Slack sends it again, signed anew, where it was in doubt.
        """
        now = self._now()
        if len(self._seen) > 1000:
            self._seen = {one: at for one, at in self._seen.items() if now - at < 2 * OLDEST}
        repeated = mark in self._seen
        self._seen.setdefault(mark, now)
        return repeated


async def _body(request: Request) -> bytes | None:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return body
