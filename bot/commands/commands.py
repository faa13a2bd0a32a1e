"""The commands, once for all chats: a request comes in, a reply goes out.

It finds the command and checks the rights; what each command does is in the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog
from rapidfuzz import fuzz, process

from bot.chats.port import Reply, Request
from bot.commands import pressing, provisions, quieting, reading, refusing, speaking, watching
from bot.commands.choosing import LONGEST_VALUE
from bot.commands.desk import Asked, Desk, spoken
from bot.commands.examples import ALIASES
from bot.commands.suggesting import suggestions
from bot.compose import replies
from bot.compose.message import Block, Button, Buttons, Heading, Message
from watchers.errors import ClausewatchError

log = structlog.get_logger()
Handler = Callable[[Desk, Asked], Awaitable[Reply]]
Sign = Callable[[Message, str], Awaitable[Message]]
"""Give the links of a message for a workspace what they need to open its own pages."""


@dataclass(frozen=True, slots=True)
class Command:
    """What answers a command, whether it changes what is watched, and whether its channel is remembered."""

    handler: Handler
    configures: bool = False
    lasting: bool = False


TABLE = {
    "watch": Command(watching.watch, configures=True),
    "unwatch": Command(watching.unwatch, configures=True),
    "watches": Command(watching.watches),
    "undo": Command(watching.undo, configures=True),
    "changes": Command(reading.changes),
    "redline": Command(reading.redline),
    "timeline": Command(reading.timeline),
    "history": Command(reading.timeline),
    "provision": Command(provisions.provision),
    "compare": Command(provisions.compare),
    "ask": Command(provisions.ask),
    "digest": Command(quieting.digests, lasting=True),
    "mute": Command(quieting.mute, configures=True),
    "unmute": Command(quieting.unmute, configures=True),
    "plan": Command(speaking.plan),
    "settings": Command(speaking.settings),
    "help": Command(speaking.helped),
    "home": Command(speaking.home),
    "ack": Command(pressing.ack),
    "notrelevant": Command(pressing.notrelevant),
    "testpost": Command(pressing.testpost, configures=True),
}
SHARE = "share"
SHAREABLE = frozenset({"provision", "compare", "timeline", "changes", "redline", "ask"})
BROKEN = "Something went wrong on our side, and it was written down. Nothing was changed; please try again."


class Commands:
    """Answers requests of any chat."""

    def __init__(self, desk: Desk, sign: Sign | None = None) -> None:
        self.desk = desk
        self._sign = sign

    async def answer(self, request: Request) -> Reply:
        """Answer a command or a button; never raises."""
        try:
            return await self._signed(request, await self._answer(bare(request)))
        except ClausewatchError as known:
            return Reply(replies.refused(str(known), "Nothing was changed."))
        except Exception:
            log.exception("a command failed", command=request.command, chat=request.place.chat)
            return Reply(replies.line(BROKEN))

    async def suggest(self, request: Request, option: str, typed: str) -> tuple[str, ...]:
        """Suggest values for an option while it is typed; at most 25, the likeliest first."""
        try:
            return await suggestions(self.desk, await self.desk.asked(request), option, typed)
        except Exception:
            log.exception("suggestions failed", option=option, chat=request.place.chat)
            return ()

    async def _signed(self, request: Request, reply: Reply) -> Reply:
        """Give links to the workspace's own pages what opens them."""
        if self._sign is None:
            return reply
        workspace = f"{request.place.chat}:{request.place.workspace}"
        return replace(reply, message=await self._sign(reply.message, workspace))

    async def _answer(self, request: Request) -> Reply:
        if request.command == SHARE and request.pressed:
            return await self._shared(request)
        command = TABLE.get(request.command)
        asked = await self.desk.asked(request, lasting=command is not None and (command.configures or command.lasting))
        if command is None:
            near = process.extract(request.command, TABLE.keys(), scorer=fuzz.ratio, limit=2, score_cutoff=50)
            return await speaking.strange(self.desk, asked, request.command, tuple(name for name, _, _ in near))
        if wants_help(request):
            return await speaking.helped(self.desk, asked)
        if command.configures and not refusing.may_configure(asked):
            return refusing.no_right(asked)
        reply = await command.handler(self.desk, asked)
        return shareable(request, reply) if request.command in SHAREABLE else reply

    async def _shared(self, request: Request) -> Reply:
        """Answer in the open what was answered to one person alone."""
        command, _, words = request.words.partition(" ")
        if command not in SHAREABLE:
            return Reply(replies.line("This cannot be shared."))
        asked = replace(request, command=command, words=words, pressed=False, options={})
        return replace(without_share(await self._answer(asked)), private=False)


def without_share(reply: Reply) -> Reply:
    """Take the Share button off an answer that is shared."""
    blocks: list[Block] = []
    for block in reply.message.blocks:
        if not isinstance(block, Buttons):
            blocks.append(block)
        elif kept := tuple(button for button in block.buttons if button.action != SHARE):
            blocks.append(Buttons(kept))
    return replace(reply, message=replace(reply.message, blocks=tuple(blocks)))


def shareable(request: Request, reply: Reply) -> Reply:
    """Let an answer that only its asker sees be shown to the channel, where its question fits into a button."""
    about = f"{request.command} {spoken(request).strip()}"
    offered = any(isinstance(block, Heading) for block in reply.message.blocks) and reply.private
    if not offered or request.pressed or len(about) > LONGEST_VALUE:
        return reply
    *before, last = reply.message.blocks
    share = Button("Share", SHARE, about)
    if isinstance(last, Buttons) and len(last.buttons) < 5:
        blocks: tuple[Block, ...] = (*before, Buttons((*last.buttons, share)))
    else:
        blocks = (*before, last, Buttons((share,)))
    return replace(reply, message=replace(reply.message, blocks=blocks))


def bare(request: Request) -> Request:
    """Reduce "/clausewatch watch x" to the command itself, whatever its case."""
    command, words = request.command.casefold().lstrip("/"), request.words
    if command == "clausewatch":
        command, _, words = words.strip().partition(" ")
        command = command.casefold().lstrip("/")
    return replace(request, command=ALIASES.get(command, command), words=words.strip())


def wants_help(request: Request) -> bool:
    """Tell whether a command was only asked how it is used."""
    return request.words.casefold() in {"help", "?", "-h", "--help"}
