"""What is suggested while somebody types: platforms, documents, provisions, zones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from bot.chats.verbs import NAMED
from bot.commands.desk import Asked, Desk
from bot.commands.order import plain, understand
from bot.compose.words import title_of
from watchers.provisions import taxonomy

MOST = 25
LONGEST = 100
RHYTHMS = ("now", "daily 09:00 UTC", "weekly mon 09:00 UTC", "weekly mon 09:00 Europe/Berlin", "off")
SPANS = ("7d", "30d", "90d", "365d")
MUTES = ("1d", "7d", "30d")
WHO = ("admins", "everyone")
ADDRESS = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,24}/\S*", re.IGNORECASE)


async def suggestions(desk: Desk, asked: Asked, option: str, typed: str) -> tuple[str, ...]:
    """Return what may be meant, the likeliest first; the address of a page is taken as it is."""
    if option in {"platform", "document"} and ADDRESS.fullmatch(typed.strip()) and len(typed) <= LONGEST:
        return (typed.strip(),)
    if option == "platforms":
        return await _several(desk, asked, typed)
    if option == "provision":
        names: Sequence[str] = [provision.title for provision in taxonomy.PROVISIONS.values()]
    elif option == "document":
        names = _documents(asked)
    elif option == "change":
        names = await _changes(desk, asked)
    elif option in {"when", "slot"}:
        names = RHYTHMS
    elif option == "days":
        names = MUTES
    elif option == "since":
        names = SPANS
    elif option == "who":
        names = WHO
    elif option == "command":
        names = tuple(NAMED)
    else:
        names = await _platforms(desk, asked, ours=asked.request.command in {"unwatch", "mute", "unmute"})
    return matching(typed, names)


async def _platforms(desk: Desk, asked: Asked, *, ours: bool) -> list[str]:
    """Return the names of platforms: those watched here first, or only those."""
    here = {watch.platform for watch in await desk.audience.watches(asked.channel.id, asked.now)}
    mine = [platform.name for platform in asked.names.platforms if platform.id in here]
    others = [platform.name for platform in asked.names.platforms if platform.id not in here and platform.documents]
    return [*mine, *(["all"] if "" in here else [])] if ours else [*others, "all", *mine]


async def _several(desk: Desk, asked: Asked, typed: str) -> tuple[str, ...]:
    """Complete the last of several names, keeping those before it."""
    before, comma, last = typed.rpartition(",")
    named = {plain(name) for name in before.split(",")}
    names = [name for name in await _platforms(desk, asked, ours=False) if plain(name) not in {*named, "all"}]
    whole = (f"{before}{comma} {name}".strip() for name in matching(last, names))
    return tuple(name for name in whole if len(name) <= LONGEST)


async def _changes(desk: Desk, asked: Asked) -> list[str]:
    """Return the ids of the newest changes of the platform filled in; they begin with their day."""
    platform = understand(asked.request.options.get("platform", ""), asked.names).platform
    found = await desk.archive.changes(platform.id if platform else "", workspace=asked.workspace.id, limit=MOST)
    return [change.id for change in found]


def _documents(asked: Asked) -> list[str]:
    order = understand(asked.request.options.get("platform", ""), asked.names)
    documents = replace(order, types=()).documents()
    if not documents:
        documents = tuple(one for platform in asked.names.platforms for one in platform.documents)
    return ["all", *dict.fromkeys(title_of(document) for document in documents)]


def matching(typed: str, names: Sequence[str]) -> tuple[str, ...]:
    """Return the names that begin with what was typed, then those that contain it, then those that come near."""
    wanted = plain(typed)
    if not wanted:
        return tuple(name[:LONGEST] for name in names[:MOST])
    starts = [name for name in names if plain(name).startswith(wanted)]
    within = [name for name in names if wanted in plain(name)]
    near = [name for name, _, _ in process.extract(typed, names, scorer=fuzz.WRatio, limit=MOST, score_cutoff=70)]
    return tuple(name[:LONGEST] for name in dict.fromkeys((*starts, *within, *near)))[:MOST]
