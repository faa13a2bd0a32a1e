"""Rooms have doors: what a package's docstring does not name under “Others may use” is used from inside only."""

import ast
import re
from pathlib import Path

import pytest

from tests.test_floors import FLOORS, ROOT, modules, packages

DOORS = "Others may use:"


def said(room: Path) -> str:
    return " ".join((ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf8"))) or "").split())


def rooms() -> list[Path]:
    packages = sorted(path.parent for floor in FLOORS for path in (ROOT / floor).rglob("__init__.py"))
    return [room for room in packages if DOORS in said(room)]


def doors(room: Path) -> set[str]:
    return set(re.findall(r"`(\w+)`", said(room).split(DOORS)[1]))


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def taken_from(room: str, path: Path) -> set[str]:
    """Give what a file outside a room takes out of it, by the first name below the room."""
    taken: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            taken |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            taken |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.removeprefix(room + ".").split(".")[0] for name in taken if name.startswith(room + ".")}


@pytest.mark.parametrize("room", rooms(), ids=dotted)
def test_a_room_is_entered_by_its_doors(room: Path) -> None:
    own, open_to_others = dotted(room), doors(room)
    taken: set[str] = set()
    for path in modules():
        if own not in packages(dotted(path)):
            taken |= taken_from(own, path)
    assert taken <= open_to_others, f"not named as a door: {sorted(taken - open_to_others)}"
    assert open_to_others <= taken, f"named as a door, and used by nobody outside: {sorted(open_to_others - taken)}"


def test_the_rooms_of_memory_and_of_telling_have_doors() -> None:
    assert {"storage.archive", "storage.deliveries", "bot.process", "bot.telling"} <= {dotted(room) for room in rooms()}
