"""Print who may do what, as it comes out when every cell is tried on real stores.

    python bench/rights.py

The cells are those of `tests/bot/test_rights.py`; here they are told instead of judged.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import sys
from contextlib import AsyncExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.chats.port import Place
from tests.bot.conftest import HERE
from tests.bot.rights import BESIDE, ELSEWHERE, ROLES, TRIED, Attempt, Stage, attempts

PLACES = ((HERE, "here"), (BESIDE, "another channel"), (ELSEWHERE, "another workspace"))


async def cell(stage: Stage, command: str, place: Place, role: str, admins_only: bool) -> str:
    """Return what came of typing and of pressing; one word where it is the same."""
    mine: list[Attempt] = [
        one for one in attempts(command, place) if (one.role.name, one.admins_only) == (role, admins_only)
    ]
    with contextlib.redirect_stdout(io.StringIO()):  # what the stores log
        came = [str((await stage.play(one))[0]) for one in mine]
    return came[0] if len(set(came)) == 1 else f"typed {came[0]}, pressed {came[1]}"


async def main() -> None:
    """Print one table for here and a line for elsewhere."""
    heads = [f"{role.name}, {'admins only' if closed else 'open'}" for role in ROLES for closed in (False, True)]
    print("What became of the workspace T1 when somebody tried, in its own channel:\n")
    print("| command | takes | " + " | ".join(heads) + " | from another channel | from another workspace |")
    print("|---" * (len(heads) + 4) + "|")
    tried = 0
    for command, about in TRIED.items():
        async with AsyncExitStack() as closing:
            stage = Stage(closing)
            own = [await cell(stage, command, HERE, role.name, closed) for role in ROLES for closed in (False, True)]
            far = []
            for place, _ in PLACES[1:]:
                came = {
                    await cell(stage, command, place, role.name, closed) for role in ROLES for closed in (False, True)
                }
                far.append(" / ".join(sorted(came)))
            tried += sum(1 for place, _ in PLACES for _ in attempts(command, place))
            print(f"| {command} | {about.right} | " + " | ".join((*own, *far)) + " |", flush=True)
    print(
        f"\n{tried:,} attempts. “changed” from another channel is a change of that channel's own, or of the workspace."
    )


if __name__ == "__main__":
    asyncio.run(main())
