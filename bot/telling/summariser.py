"""Ask an OpenAI-compatible endpoint to phrase a headline; off unless an operator names one.

It decides nothing: the prompt and the check of the answer are pure and live in `watchers.comparing.quoting`,
and whatever goes wrong, the plain headline stands.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

import httpx
import structlog

from watchers.comparing.quoting import accepted, prompt, same_polarity
from watchers.errors import FetchError
from watchers.model import Difference, Due, Look, Significance

log = structlog.get_logger(__name__)

#: Seconds the endpoint has, and bytes of its answer that are read.
PATIENCE, LARGEST = 20.0, 65_536


@dataclass(frozen=True, slots=True)
class Summariser:
    """An endpoint with its model; `client` is shared and closed by whoever made it."""

    client: httpx.AsyncClient
    address: str
    model: str
    key: str = field(default="", repr=False)

    async def headline(
        self, plain: str, platform_name: str, doc_type: str, difference: Difference, texts: Sequence[str]
    ) -> str:
        """Return the endpoint's headline if it can be checked word by word, else `plain`.

        `texts` are the old and the new version and whatever else numbers and quotations may come from.
        """
        if not plain:
            return ""
        try:
            answer = await self._ask(prompt(platform_name, doc_type, difference))
        except (httpx.HTTPError, FetchError, ValueError, KeyError, IndexError, TypeError) as error:
            log.warning("summariser did not answer", error=type(error).__name__)
            return plain
        checked = accepted(answer, platform_name, (*texts, plain))
        if checked and not same_polarity(checked, plain):
            checked = ""
        if not checked:
            log.info("summariser's answer was dropped", length=len(answer))
        return checked or plain

    async def _ask(self, messages: Sequence[dict[str, str]]) -> str:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        asked = {"model": self.model, "messages": list(messages), "temperature": 0, "max_tokens": 160}
        address = self.address.rstrip("/") + "/chat/completions"
        response = await self.client.post(address, json=asked, headers=headers, timeout=PATIENCE)
        response.raise_for_status()
        if len(response.content) > LARGEST:
            raise ValueError("the answer is too long")
        content = response.json()["choices"][0]["message"]["content"]
        if not isinstance(content, str):
            raise TypeError("the answer is no text")
        return content


def phrasing(summariser: Summariser) -> Callable[[Due, Look], Awaitable[Look]]:
    """Return what puts the headlines of substantive changes in the endpoint's words, where they hold."""

    async def phrase(due: Due, look: Look) -> Look:
        difference, reading = look.difference, look.reading
        if difference is None or reading is None or difference.significance is not Significance.SUBSTANTIVE:
            return look
        texts = (reading.text, *(passage.before for passage in difference.passages))
        name = due.platform_name or due.document.platform
        told = await summariser.headline(look.headline, name, due.document.type, difference, texts)
        return replace(look, headline=told)

    return phrase
