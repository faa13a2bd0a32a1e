"""One pass of ours over addresses, in a process of its own, as the peers' are: `ours.py FOLDER DAY LIST`.

FOLDER keeps the database from pass to pass; DAY is how many days have gone by; LIST has a line “address<TAB>type” each.
Prints the addresses whose words changed by what it keeps (a change is pinged, or counted in the digest as wording
only), and how many of them would be pinged.
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


async def look(folder: Path, day: int, lines: list[str]) -> None:
    """Look at everything once; what is held is looked at again a quarter of an hour later."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    clock = SteppedClock(START + timedelta(days=day))
    told: set[str] = set()
    pinged: set[str] = set()

    async def seen(one: Look) -> None:
        if one.outcome is Outcome.CHANGED and one.difference:
            if one.difference.significance is Significance.SUBSTANTIVE:
                pinged.add(one.document)
            told.add(one.document)

    settings = Settings(_env_file=None, database_url=f"sqlite:///{folder / 'ours.db'}")  # type: ignore[call-arg]
    catalogue = platforms(lines)
    host = urlsplit(lines[0].partition("\t")[0]).netloc
    async with open_app(settings, Edges(clock, (), catalogue, allow=(host,), gap=0, seen=(seen,))) as app:
        outcomes = await app.watching.tick()
        if outcomes[Outcome.HELD]:
            clock.step(timedelta(minutes=15))
            await app.watching.tick()
    for platform in catalogue:
        if platform.documents[0].id in told:
            print(platform.documents[0].parts[0].address)
    print(f"pinged: {len(pinged)}")


if __name__ == "__main__":
    asyncio.run(look(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]).read_text().splitlines()))
