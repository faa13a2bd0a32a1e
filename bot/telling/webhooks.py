"""Outgoing webhooks: posts changes to the addresses workspaces named, signed, and settles what became of it.

Signed after the Standard Webhooks specification (standardwebhooks.com): the receiver checks HMAC-SHA-256 over id,
timestamp and body with its own secret. An id stays the same at every attempt. Redirects are not followed, answers
are not read, and every address passes the guard.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog

from bot.clock import Clock
from bot.compose.links import change_page
from bot.pages.facts import change_facts, passage_facts
from bot.telling.patience import patience
from storage.archive.archive import Archive
from storage.deliveries.delivery import Dead, Paused, Retry, Sent
from storage.deliveries.webhooks import Posting, Webhook, Webhooks
from watchers.errors import AddressRefused, ClausewatchError, FetchError
from watchers.fetchers.guard import Guard
from watchers.model import Change, Document, Platform

log = structlog.get_logger(__name__)
BATCH = 8
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 14
"""Spread over about a day by the pauses above; then the webhook rests, and nothing is lost."""

ROOM = 60_000
"""Characters of passages in one message; what is left out is counted."""

Json = dict[str, Any]
Outcome = Sent | Retry | Dead | Paused


class Outgoing:
    """Posts what is due. `secret` is the installation's own; `base` is where our pages are served, if they are."""

    def __init__(
        self,
        webhooks: Webhooks,
        archive: Archive,
        client: httpx.AsyncClient,
        secret: bytes,
        clock: Clock,
        base: str = "",
    ) -> None:
        self._webhooks = webhooks
        self._archive = archive
        self._client = client
        self._secret = secret
        self._clock = clock
        self._base = base

    async def tick(self) -> int:
        """Post all that is due now; return how many postings were settled."""
        settled = 0
        while claimed := await self._webhooks.claim(self._clock(), BATCH):
            await asyncio.gather(*map(self._tell, claimed))
            settled += len(claimed)
        return settled

    async def post(self, webhook: str) -> None:
        """Post to a webhook what is due to it now, in order.

        This is a task of the engine, which makes sure that nobody else is at this webhook.
        """
        while claimed := await self._webhooks.claim(self._clock(), 1, webhook):
            await self._tell(claimed[0])

    async def test(self, webhook: Webhook) -> str:
        """Post a test message; return what is wrong, or nothing: then a webhook that rests opens again."""
        now = self._clock()
        body = _body("test", now, {"webhook": webhook.id, "workspace": webhook.workspace})
        wrong = await self._post(webhook, f"{webhook.id}_test_{int(now.timestamp())}", body)
        if not wrong:
            await self._webhooks.resume(webhook.id, now)
        return wrong

    async def _tell(self, posting: Posting) -> None:
        try:
            outcome = await self._outcome(posting)
        except Exception:
            log.exception("a webhook's message could not be composed", posting=posting.id)
            outcome = again(posting, self._clock(), "it could not be composed")
        await self._webhooks.settle(posting, outcome, self._clock())
        log.info("posted", posting=posting.id, outcome=type(outcome).__name__)

    async def _outcome(self, posting: Posting) -> Outcome:
        told = await self._told(posting)
        if told is None:
            return Dead("the change is no longer in the archive")
        now = self._clock()
        body = _body("change", now, change_body(*told, self._base))
        try:
            wrong = await self._post(posting.webhook, posting.id, body)
        except AddressRefused as refused:
            return Paused(str(refused))
        if wrong == GONE:
            return Paused(wrong)
        return again(posting, now, wrong) if wrong else Sent("")

    async def _told(self, posting: Posting) -> tuple[Change, Platform, Document] | None:
        change = await self._archive.change(posting.change)
        if change is None:
            return None
        for platform in await self._archive.platforms(posting.webhook.workspace):
            for document in platform.documents:
                if document.id == change.document:
                    return change, platform, document
        return None

    async def _post(self, webhook: Webhook, message: str, body: bytes) -> str:
        """Send one message; return what is wrong, or nothing. Raises AddressRefused."""
        stamp = int(self._clock().timestamp())
        headers = {
            "content-type": "application/json",
            "webhook-id": message,
            "webhook-timestamp": str(stamp),
            "webhook-signature": signature(webhook_secret(self._secret, webhook.id), message, stamp, body),
        }
        try:
            async with self._client.stream("POST", webhook.address, content=body, headers=headers) as answer:
                if answer.status_code == 410:
                    return GONE
                return "" if answer.is_success else f"it answered {answer.status_code}"
        except AddressRefused:
            raise
        except (httpx.HTTPError, FetchError) as error:
            return f"it did not answer ({error or type(error).__name__})"


GONE = "it answered 410 Gone: it wants nothing more"


def check_address(address: str, allowed: Sequence[str] = ()) -> None:
    """Refuse an address that must not be posted to: raises AddressRefused, or ClausewatchError for one without TLS.

    `allowed` are the operator's own exceptions (ALLOW_HOSTS), which may do without TLS.
    """
    leads_to = Guard(allowed=allowed).check(address)
    ours = {leads_to.host, f"{leads_to.host}:{leads_to.port}"} & {each.lower() for each in allowed}
    if leads_to.scheme != "https" and not ours:
        raise ClausewatchError(f"{address}: a webhook's address starts with https://, so that nobody reads along")


def again(posting: Posting, now: datetime, reason: str) -> Outcome:
    """Say when a posting is tried again; after the last attempt the webhook rests, with all that is due to it."""
    if posting.attempts >= MOST_ATTEMPTS:
        return Paused(f"{reason}, {posting.attempts} times over about a day")
    return Retry(now + patience(posting.attempts, LONGEST_WAIT), reason)


def webhook_secret(secret: bytes, webhook: str) -> bytes:
    """Return the key one webhook is signed with."""
    return hmac.new(secret, f"webhook\n{webhook}".encode(), hashlib.sha256).digest()


def shown_secret(secret: bytes, webhook: str) -> str:
    """Write a webhook's key as its receiver is given it."""
    return "whsec_" + b64encode(webhook_secret(secret, webhook)).decode()


def signature(key: bytes, message: str, stamp: int, body: bytes) -> str:
    """Sign a message as the Standard Webhooks specification, version 1, has it."""
    made = hmac.new(key, f"{message}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{b64encode(made).decode()}"


def change_body(change: Change, platform: Platform, document: Document, base: str) -> Json:
    """Return what is told of a change: its facts, its names, and as many passages as there is room for."""
    passages, room = [], ROOM
    for passage in change.difference.passages:
        room -= len(passage.before) + len(passage.after)
        if room < 0:
            break
        passages.append(passage_facts(passage, change.before, change.after))
    return {
        **change_facts(change),
        "platform": {"id": platform.id, "name": platform.name},
        "document_type": document.type,
        "sources": [part.address for part in document.parts],
        "page": change_page(base, change.id),
        "passages": passages,
        "passages_left": len(change.difference.passages) - len(passages),
    }


def _body(kind: str, now: datetime, facts: Json) -> bytes:
    message = {"type": kind, "timestamp": now.isoformat(), "data": facts}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
