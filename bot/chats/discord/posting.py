"""Posting a drawn message on Discord, in one message or several that know of each other.

Each carries the delivery's name in its footer, since a nonce only helps for minutes; and a nonce, since it
helps at once. Nothing but a role that the channel named can ever be called.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord

from bot.chats.discord.embeds import ALT, MESSAGE, Drawn, draw, file_name
from bot.chats.discord.views import view_of
from bot.chats.foreign import head
from bot.compose.message import Message

LOOK_BACK = 50  # messages of a channel looked through for a delivery
LARGEST = 10 * 1024 * 1024  # bytes of a file
MARK = re.compile(r"ref (\S+?)(?: · (\d+) of (\d+))?")
NONCE = 25


def allowed(part: Drawn) -> discord.AllowedMentions:
    """Allow nothing to be called but the roles the message is for."""
    roles = [discord.Object(role) for role in part.roles]
    return discord.AllowedMentions(everyone=False, users=False, roles=roles or False, replied_user=False)


def arguments(part: Drawn) -> dict[str, Any]:
    """Return a part as discord.py takes it, for sending."""
    said: dict[str, Any] = {"content": part.content or None, "allowed_mentions": allowed(part), "files": files(part)}
    if part.embeds:
        said["embeds"] = [discord.Embed.from_dict(embed) for embed in part.embeds]
    if view := view_of(part.buttons):
        said["view"] = view
    return said


def files(part: Drawn) -> list[discord.File]:
    """Return the pictures, with the words that say the same, and the files that are small enough."""
    pictures = [
        discord.File(io.BytesIO(picture.png), file_name(picture.name), description=head(picture.alt, ALT) or None)
        for picture in part.pictures
    ]
    others = [
        discord.File(io.BytesIO(file.content), file_name(file.name))
        for file in part.files
        if len(file.content) < LARGEST
    ]
    return [*pictures, *others][:10]


def marked(parts: Sequence[Drawn], delivery: str) -> list[Drawn]:
    """Write the delivery's name small under each part."""
    if not delivery:
        return list(parts)
    return [
        _marked(part, f"ref {delivery}" + (f" · {place + 1} of {len(parts)}" if len(parts) > 1 else ""))
        for place, part in enumerate(parts)
    ]


def _marked(part: Drawn, mark: str) -> Drawn:
    embeds = part.embeds or ({},)
    return replace(part, embeds=(*embeds[:-1], {**embeds[-1], "footer": {"text": mark}}))


def nonce(delivery: str, place: int) -> str:
    """Return what makes Discord post a part once, however often it is sent within minutes."""
    name = f"{delivery}.{place}" if place else delivery
    return name if len(name) <= NONCE else hashlib.sha256(name.encode()).hexdigest()[: NONCE - 1]


def receipt_of(ids: Sequence[str], delivery: str) -> str:
    """Name the messages of a delivery, and the delivery, which has to be marked again when they are redrawn."""
    return ",".join(ids) + (f"#{delivery}" if delivery else "")


async def send(channel: Any, message: Message, delivery: str) -> str:
    """Post a message to a channel of discord.py's and return its receipt."""
    ids = []
    for place, part in enumerate(marked(draw(message), delivery)):
        once = {"nonce": nonce(delivery, place)} if delivery else {}
        sent = await channel.send(**arguments(part), **once)
        ids.append(str(sent.id))
    return receipt_of(ids, delivery)


async def redraw(channel: discord.PartialMessageable, receipt: str, message: Message) -> None:
    """Redraw the messages of a receipt; those no longer needed are taken away."""
    named, _, delivery = receipt.partition("#")
    ids = named.split(",")
    parts = marked(draw(message, replace(MESSAGE, messages=len(ids))), delivery)
    for id, part in zip(ids, parts, strict=False):
        await channel.get_partial_message(int(id)).edit(**anew(part))
    await delete(channel, ids[len(parts) :])


def anew(part: Drawn) -> dict[str, Any]:
    """Return a part as discord.py takes it for redrawing, where what is not named would stay."""
    said = arguments(part)
    return said | {"attachments": said.pop("files"), "embeds": said.get("embeds", []), "view": said.get("view")}


async def delete(channel: discord.PartialMessageable, ids: Sequence[str]) -> None:
    """Take messages away."""
    for id in ids:
        await channel.get_partial_message(int(id)).delete()


def mark_of(message: discord.Message) -> tuple[str, int, int]:
    """Read a message's mark: the delivery, which part it is, and of how many."""
    footers = [embed.footer.text or "" for embed in message.embeds]
    found = MARK.fullmatch(footers[-1]) if footers else None
    return (found[1], int(found[2] or 1), int(found[3] or 1)) if found else ("", 1, 1)


async def find_parts(channel: discord.PartialMessageable, delivery: str, me: int) -> str | None:
    """Look for a delivery among a channel's last messages and return its receipt; half of one is taken away."""
    mine: dict[int, str] = {}
    whole = 0
    async for message in channel.history(limit=LOOK_BACK):
        name, part, parts = mark_of(message)
        if message.author.id == me and name == delivery:
            mine[part] = str(message.id)
            whole = parts
    if len(mine) < whole:
        await delete(channel, list(mine.values()))
        return None
    return receipt_of([mine[part] for part in sorted(mine)], delivery) if mine else None
