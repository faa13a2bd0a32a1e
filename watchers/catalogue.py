"""The catalogue: every platform we know how to read, one TOML file each under `platforms/`.

It finds and checks descriptions; it fetches nothing and knows nothing of who watches what.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from watchers.errors import CatalogueError
from watchers.model import Platform
from watchers.platform_file import read_platform

FOLDER = Path(__file__).parent / "platforms"
TERMS_TYPES = Path(__file__).parent / "terms_types.toml"


@lru_cache(maxsize=1)
def load(folder: Path = FOLDER) -> tuple[Platform, ...]:
    """Return all platforms by name; raise `CatalogueError` for the first mistake in any file."""
    platforms, mistakes = _read(sorted(folder.glob("*.toml")))
    if mistakes:
        raise mistakes[0]
    return tuple(sorted(platforms, key=lambda platform: _plain(platform.name)))


def check(paths: Iterable[Path]) -> tuple[CatalogueError, ...]:
    """Return the first mistake of every wrong file, and every name that two platforms claim."""
    return _read(sorted(paths))[1]


def find(name: str, platforms: Sequence[Platform] | None = None) -> Platform | None:
    """Return the platform of that id, name or alias, however it is cased and spaced, or None."""
    return _by_name(tuple(load() if platforms is None else platforms)).get(_plain(name))


def nearest(name: str, n: int = 3, platforms: Sequence[Platform] | None = None) -> tuple[Platform, ...]:
    """Return the `n` platforms whose names come closest to a mistyped one, best first."""
    names = _by_name(tuple(load() if platforms is None else platforms))
    ranked = process.extract(_plain(name), names.keys(), scorer=fuzz.WRatio, limit=4 * n)
    return tuple(dict.fromkeys(names[found] for found, _, _ in ranked))[:n]


@lru_cache(maxsize=1)
def terms_types() -> Mapping[str, tuple[str, ...]]:
    """Return the terms types in their official order, each with the words people say for it."""
    table = tomllib.loads(TERMS_TYPES.read_text(encoding="utf8"))
    return {entry["name"]: tuple(entry.get("aliases", ())) for entry in table["type"]}


def find_type(name: str) -> str | None:
    """Return the terms type of that name, slug or everyday word (“privacy”), or None."""
    return _types_by_name().get(_plain(name))


def _read(paths: Sequence[Path]) -> tuple[tuple[Platform, ...], tuple[CatalogueError, ...]]:
    """Read files one by one; a mistake in one does not hide the mistakes of the others."""
    platforms: dict[Path, Platform] = {}
    mistakes: list[CatalogueError] = []
    for path in paths:
        try:
            platforms[path] = read_platform(_text(path), str(path), path.stem, terms_types())
        except CatalogueError as mistake:
            mistakes.append(mistake)
    return tuple(platforms.values()), (*mistakes, *_claimed_twice(platforms))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CatalogueError(
            str(path), line, f"this is not UTF-8 text: byte {error.start}; save it as UTF-8"
        ) from error
    except OSError as error:
        raise CatalogueError(str(path), None, f"the file cannot be read: {error.strerror}") from error


def _claimed_twice(platforms: Mapping[Path, Platform]) -> Iterator[CatalogueError]:
    owners: dict[str, str] = {}
    for path, platform in platforms.items():
        for name in {_plain(name) for name in _names(platform)}:
            owner = owners.setdefault(name, path.name)
            if owner != path.name:
                yield CatalogueError(str(path), None, f"“{name}” is also a name in {owner}; take one of them out")


def _names(platform: Platform) -> tuple[str, ...]:
    return (platform.id, platform.name, *platform.aliases)


def _plain(name: str) -> str:
    """Fold a name to bare letters and digits, so that “Le Chat”, “le-chat” and “LECHAT” are one."""
    folded = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


@lru_cache(maxsize=8)
def _by_name(platforms: tuple[Platform, ...]) -> dict[str, Platform]:
    return {_plain(name): platform for platform in platforms for name in _names(platform)}


@lru_cache(maxsize=1)
def _types_by_name() -> dict[str, str]:
    return {_plain(name): type_ for type_, aliases in terms_types().items() for name in (type_, *aliases)}
