"""Print what becomes of every hostile address when every outgoing client is told to ask it, and how many packets went.

    python bench/hostile.py           # the counts
    python bench/hostile.py --table   # every address with the sentence that refused it

The table is that of the tests (`tests/watchers/fetchers/hostile.py`); name service and network are written-down ones.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import structlog

from tests.watchers.fetchers.test_outgoing import CLIENTS, EVERY, NAMES, Wire
from watchers.errors import AddressRefused
from watchers.model import Part


async def refusal(address: str) -> str:
    """Return the sentence an address is refused with."""
    try:
        await Wire().fetcher().fetch(Part(address))
    except AddressRefused as error:
        return str(error).partition(": refused, ")[2]
    return "NOT REFUSED"


async def main() -> None:
    """Print the counts, or the table."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("error"))
    if "--table" in sys.argv:
        for address in EVERY:
            print(f"{address[:90]!a}  →  {await refusal(address)}")
        return
    packets = 0
    for name, ask in CLIENTS.items():
        for address in EVERY:
            wire = Wire()
            await ask(wire, address)
            packets += len(wire.connected)
        print(f"{name}: {len(EVERY)} addresses, all refused")
    reasons = {await refusal(address) for address in EVERY}
    print(f"{len(EVERY)} addresses ({len(NAMES)} by name service), {len(reasons)} sentences, {packets} packets sent")


if __name__ == "__main__":
    asyncio.run(main())
