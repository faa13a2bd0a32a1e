"""Asking the commands on behalf of a chat: every request gets an answer, also when something breaks.

Which chat asks does not matter here.
"""

from __future__ import annotations

import structlog

from bot.chats.port import Answer, Reply, Request, Suggest
from bot.compose.message import Message, Span, Text
from watchers.errors import ClausewatchError

log = structlog.get_logger()
NO_ADDRESS = "This message links to no page. Type /watch and the address of a page instead."
BROKEN = "Something went wrong here, and the operator can see it in the log. Nothing was changed."


async def asked(answer: Answer, request: Request) -> Reply:
    """Answer a request; errors meant for people are told to the asker, others are logged and admitted."""
    try:
        return await answer(request)
    except ClausewatchError as error:
        return Reply(sentence(str(error)))
    except Exception:
        log.exception("a command broke", chat=request.place.chat, command=request.command)
        return Reply(sentence(BROKEN))


async def suggested(suggest: Suggest, request: Request, option: str, typed: str) -> tuple[str, ...]:
    """Suggest values of an option; nothing is better than an error while people type."""
    try:
        return await suggest(request, option, typed)
    except Exception:
        log.exception("a suggestion broke", chat=request.place.chat, option=option)
        return ()


def sentence(words: str) -> Message:
    """Make a message of one sentence."""
    return Message(words, (Text((Span(words),)),))


async def nobody_yet(request: Request) -> Reply:
    """Answer before there is anyone to answer."""
    raise ClausewatchError("Clausewatch is still starting. Try again in a moment.")


async def nothing_yet(request: Request, option: str, typed: str) -> tuple[str, ...]:
    """Suggest nothing before there is anyone to ask."""
    return ()
