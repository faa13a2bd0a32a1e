"""The web process: one Starlette application of all routes, with headers that every answer carries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.monitoring.metrics import Metrics
from bot.monitoring.vitals import Vitals

HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"permissions-policy", b"interest-cohort=()"),
)
POLICY = (
    b"default-src 'none'; style-src 'self'; img-src 'self' data:; "
    b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Headers:
    """Adds the security headers to every answer; one that sets its own policy keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with its headers."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in HEADERS if pair[0] not in own)]
                if b"content-security-policy" not in own:
                    message["headers"].append((b"content-security-policy", POLICY))
            await send(message)

        await self._app(scope, receive, sent)


def web_app(routes: Sequence[BaseRoute]) -> Starlette:
    """Return the application of these routes and of `/healthz`."""
    return Starlette(
        routes=[Route("/healthz", _healthy), *routes],
        middleware=[Middleware(Headers)],
        exception_handlers={Exception: _broken},
    )


def vital_routes(metrics: Metrics, vitals: Callable[[], Awaitable[Vitals]]) -> list[BaseRoute]:
    """Return `/readyz`, which says what is wrong, and `/metrics`."""

    async def ready(request: Request) -> Response:
        now = await vitals()
        says = "\n".join(now.complaints) or "all is well"
        return PlainTextResponse(f"{says}\n", 200 if now.ready else 503)

    async def exposed(request: Request) -> Response:
        return Response(await metrics.exposition(), media_type=CONTENT_TYPE_LATEST)

    return [Route("/readyz", ready), Route("/metrics", exposed)]


async def _healthy(request: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _broken(request: Request, error: Exception) -> Response:
    """Answer in place of a page that broke; what broke it stands in the log. No middleware sees this answer."""
    headers = {name.decode(): value.decode() for name, value in (*HEADERS, (b"content-security-policy", POLICY))}
    return PlainTextResponse("Something went wrong on our side, and it was written down.\n", 500, headers)
