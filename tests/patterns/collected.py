"""Every regular expression of the project: those its modules and data files compile, and those written into calls.

They are collected by a process of their own (`python -m tests.patterns.collected`), which imports everything anew.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("watchers", "storage", "bot")
OURS = tuple(f"{ROOT / floor}/" for floor in FLOORS)
"""The floors alone: a virtual environment may lie in the same folder."""
AT_ONE_PLACE = {"match", "fullmatch"}
CALLS = AT_ONE_PLACE | {"search", "findall", "finditer", "sub", "subn", "split"}


class Used(NamedTuple):
    """A pattern, and whether the project searches a text for it or only tries it at one place."""

    pattern: re.Pattern[str]
    searched: bool


def collected() -> tuple[Used, ...]:
    """Return every pattern once, collected by a process of its own."""
    command = [sys.executable, "-m", "tests.patterns.collected"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(Used(re.compile(text, flags), searched) for text, flags, searched in json.loads(said))


def gathered() -> dict[re.Pattern[str], bool]:
    """Import and load everything, and return every pattern on the way, and whether texts are searched for it."""
    compiled, modules = _compiled()
    sources = {module: Path(str(module.__file__)).read_text() for module in modules}
    used = {one: _is_searched(one, sources) for one in compiled}
    for source in sources.values():
        for call, pattern in _written_into_calls(source):
            used[pattern] = used.get(pattern, False) or call not in AT_ONE_PLACE
    return used


def _compiled() -> tuple[list[re.Pattern[str]], list[ModuleType]]:
    """Import and load the whole project while listening to what is compiled."""
    found: dict[re.Pattern[str], None] = {}
    compiled = re.compile

    def keep(pattern: Any, flags: Any = 0) -> Any:
        made = compiled(pattern, flags)
        if isinstance(made.pattern, str) and sys._getframe(1).f_code.co_filename.startswith(OURS):
            found[made] = None
        return made

    re.compile = keep
    try:
        modules = list(_modules())
        _load()
    finally:
        re.compile = compiled
    return list(found), modules


def _modules() -> Iterator[ModuleType]:
    for floor in FLOORS:
        package = importlib.import_module(floor)
        yield package
        for module in pkgutil.walk_packages(package.__path__, f"{floor}."):
            if not module.name.endswith("__main__") and ".migrations" not in module.name:
                yield importlib.import_module(module.name)


def _load() -> None:
    """Load what is compiled from data files."""
    compare, recogniser, stance, law, explanations, extract = (
        importlib.import_module(name)
        for name in (
            *("watchers.comparing.compare", "watchers.provisions.recogniser", "watchers.provisions.stance"),
            *("watchers.provisions.law", "watchers.provisions.explanations", "watchers.reading.extract"),
        )
    )
    old, new = (extract.read_markdown(f"# Terms\n\nYou may cancel within {days} days.\n") for days in (30, 90))
    compare.compare(old, new)
    recogniser.recognise(new.text, doc_type="Terms of Service")
    stance.rules()
    law.law()
    explanations.explanations()


def _is_searched(pattern: re.Pattern[str], sources: dict[ModuleType, str]) -> bool:
    """Tell whether any use of the names a pattern goes by is more than a try at one place."""
    uses: set[str] = set()
    for module, source in sources.items():
        for name in [name for name, value in vars(module).items() if value is pattern]:
            said = re.finditer(rf"\b{re.escape(name)}\b(?! *(?::[^=\n]*)?=[^=])(?:\.(\w+))?", source)
            uses |= {use[1] or "" for use in said if not re.match(r"(?:from|import) ", _line(source, use.start()))}
    return not uses or bool(uses - AT_ONE_PLACE - {"pattern"})


def _line(source: str, at: int) -> str:
    return source[source.rfind("\n", 0, at) + 1 : at]


def _written_into_calls(source: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Give the patterns written straight into calls such as `re.sub(r"…", …)`, with the call."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=call),
                args=[ast.Constant(value=str(text)), *_],
            ) if call in CALLS:
                yield call, re.compile(text)


if __name__ == "__main__":
    json.dump([(one.pattern, one.flags, searched) for one, searched in gathered().items()], sys.stdout)
