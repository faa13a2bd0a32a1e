"""Choices offered as buttons: which watch to end or mute, which name was meant; and ids short enough for a button.

What becomes of a choice is the command's own affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.commands.desk import Asked, Desk, documents_of
from bot.commands.order import plain
from bot.compose.lists import provisions_of
from bot.compose.message import Button
from bot.compose.words import listed, title_of
from storage.audience.audience import Watch

LONGEST_VALUE = 80
MOST = 20  # choices that are still read
NUMBERS = re.compile(r"(\d+)(?:-(\d+))?")


def numbered(watches: Sequence[Watch]) -> str:
    """Write the ids of watches short ("12-15,18"), or nothing where a button could not hold them."""
    runs: list[list[int]] = []
    for one in sorted(watch.id for watch in watches):
        if runs and runs[-1][1] == one - 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    written = ",".join(f"{first}-{last}" if last > first else f"{first}" for first, last in runs)
    return written if len(written) <= LONGEST_VALUE - len("unwatch ") else ""


def numbers(written: str) -> Iterator[int]:
    """Read ids that `numbered` wrote; anything else is passed over."""
    for found in NUMBERS.finditer(written):
        first, last = int(found[1]), int(found[2] or found[1])
        yield from range(first, min(last, first + 999) + 1)


def what(asked: Asked, watches: Sequence[Watch]) -> str:
    """Name what some watches are about ("AI training on LinkedIn")."""
    platforms = {platform.id: platform for platform in asked.names.platforms}
    names = []
    for key in dict.fromkeys(one.platform for one in watches):
        mine = [one for one in watches if one.platform == key]
        platform = platforms.get(key)
        documents = documents_of(mine, asked.names) if any(one.document for one in mine) else ()
        name = platform.name if platform else key or "every platform"
        names.append(f"{name} {listed([title_of(one) for one in documents], most=3)}".strip())
    provisions = sorted({one.provision for one in watches} - {""})
    on = f"{provisions_of(provisions)} on " if provisions else ""
    said = f"{on}{listed(names, most=4)}"
    return said[0].upper() + said[1:]


def to_end(asked: Asked, watches: Sequence[Watch]) -> tuple[Button, ...]:
    """Offer to end each group of watches that reads as one."""
    groups: dict[tuple[str, str], list[Watch]] = {}
    for one in watches:
        groups.setdefault((one.platform, one.provision), []).append(one)
    made = [
        Button(what(asked, group), "undo", f"unwatch {ids}") for group in groups.values() if (ids := numbered(group))
    ]
    return tuple(made[:MOST])


async def to_mute(desk: Desk, asked: Asked) -> tuple[Button, ...]:
    """Offer to mute each platform watched here."""
    here = await desk.audience.watches(asked.channel.id, asked.now)
    names = {platform.id: platform.name for platform in asked.names.platforms}
    known = [key for key in dict.fromkeys(one.platform for one in here) if key in names]
    return tuple(Button(names[key], "mute", key) for key in known[:MOST])


def meant(asked: Asked, typed: str, nearest: Sequence[tuple[str, str]]) -> tuple[Button, ...]:
    """Offer to ask again with another word (label, word) in place of the one nobody knows."""
    request = asked.request
    elsewhere = {"channel", "role"} & request.options.keys()  # a button would forget these
    place = asked.words.casefold().find(typed.casefold()) if plain(typed) else -1
    if elsewhere or place < 0:
        return ()
    before, after = asked.words[:place], asked.words[place + len(typed) :]
    made = [Button(label, request.command, " ".join(f"{before}{word}{after}".split())) for label, word in nearest]
    return tuple(button for button in made if len(button.value) <= LONGEST_VALUE)
