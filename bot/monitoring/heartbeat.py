"""The heartbeat: an address of the operator's choice is asked while all is well, so that silence is noticed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import httpx
import structlog

from bot.monitoring.vitals import Vitals
from watchers.errors import FetchError

log = structlog.get_logger(__name__)


class Heartbeat:
    """Asks `address` when the vitals are good; a failing beat is logged and nothing else."""

    def __init__(self, client: httpx.AsyncClient, address: str, vitals: Callable[[], Awaitable[Vitals]]) -> None:
        self._client = client
        self._address = address
        self._vitals = vitals

    async def beat(self) -> bool:
        """Beat once; return whether it was heard."""
        if not (await self._vitals()).ready:
            return False
        try:
            answer = await self._client.get(self._address)
        except (httpx.HTTPError, FetchError) as error:
            # Not the error's words: they name the address, and who knows that may beat in our place.
            log.warning("the heartbeat was not heard", reason=type(error).__name__)
            return False
        return answer.is_success
