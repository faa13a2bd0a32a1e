"""One pass of ours over addresses, in a process of its own, as the peers' are: `ours.py FOLDER DAY LIST`.

FOLDER keeps the database from pass to pass; DAY is how many days have gone by; LIST has a line “address<TAB>type” each.
Prints a line “address<TAB>what a person gets<TAB>why” for each: a ping, a line in the digest (wording only), that the
page shows no document, or nothing.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import structlog

from bot.app import Edges, open_app
from bot.clock import SteppedClock
from bot.settings import Settings
from watchers.model import Document, Look, Outcome, Part, Platform, Significance

START = datetime(2026, 3, 2, tzinfo=UTC)


def platforms(lines: list[str]) -> tuple[Platform, ...]:
    """Return a platform for each address."""
    found = []
    for number, line in enumerate(lines):
        address, _, kind = line.partition("\t")
        document = Document(f"p{number}/d", f"p{number}", kind or "Terms of Service", (Part(address),))
        found.append(Platform(f"p{number}", f"P{number}", documents=(document,)))
    return tuple(found)


PING, DIGEST, BLIND, NOTHING = "ping", "digest", "blind", "nothing"
"""What a person gets of a page: told at once, told in the digest, told that it shows no document, or nothing."""

SECOND_LOOKS = 4
"""So often, a quarter of an hour apart, what is held is looked at again."""


def fate(look: Look, before: str) -> tuple[str, str]:
    """Return what a person gets of a look, and why, in one line; `before` is what the earlier ones came to."""
    if look.outcome is Outcome.CHANGED and look.difference:
        told = PING if look.difference.significance is Significance.SUBSTANTIVE else DIGEST
        return told, f"{before} {'; '.join(look.difference.reasons)}".strip()
    told = BLIND if look.outcome in (Outcome.BLIND, Outcome.FAILED) else NOTHING
    return told, f"{before} {look.outcome}: {look.reason}".strip()


async def look(folder: Path, day: int, lines: list[str]) -> None:
    """Look at everything once; what is held is looked at again a quarter of an hour later."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    clock = SteppedClock(START + timedelta(days=day))
    got: dict[str, tuple[str, str]] = {}
    held: set[str] = set()

    async def seen(one: Look) -> None:
        if got.get(one.document, ("",))[0] not in (PING, DIGEST):  # what is told is told, whatever comes after
            got[one.document] = fate(one, "held, then" if one.document in held else "")
        (held.add if one.outcome is Outcome.HELD else held.discard)(one.document)

    settings = Settings(_env_file=None, database_url=f"sqlite:///{folder / 'ours.db'}")
    catalogue = platforms(lines)
    host = urlsplit(lines[0].partition("\t")[0]).netloc
    async with open_app(settings, Edges(clock, (), catalogue, allow=(host,), gap=0, seen=(seen,))) as app:
        await app.watching.tick()
        for _ in range(SECOND_LOOKS):
            if held:
                clock.step(timedelta(minutes=15))
                await app.watching.tick()
    for platform in catalogue:
        document = platform.documents[0]
        told, why = got.get(document.id, (NOTHING, "was not due"))
        print(document.parts[0].address, told, " ".join(why.split()), sep="\t")


if __name__ == "__main__":
    asyncio.run(look(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]).read_text().splitlines()))
