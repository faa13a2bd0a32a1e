"""Bundles made to fill a memory, with sizes that lie; nothing is ever unpacked to disk."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import bot
import storage
from bot.evidence import verify as module
from bot.evidence.bundle import packed
from bot.evidence.verify import verify
from watchers.errors import ClausewatchError


def bundle_of(folder: Path, body: bytes) -> Path:
    inner = folder / "inner"
    inner.mkdir()
    bundle = inner / "bundle.zip"
    bundle.write_bytes(body)
    return bundle


def test_a_size_that_lies_unpacks_to_no_more_than_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 100_000)
    whole = packed({"manifest.json": b"0" * 1_000_000})
    size = (1_000_000).to_bytes(4, "little")
    assert size in whole
    bundle = bundle_of(tmp_path, whole.replace(size, (9).to_bytes(4, "little")))
    with pytest.raises(ClausewatchError, match="altered or is no bundle"):
        verify(bundle)


def test_a_bomb_of_many_files_is_counted_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 1_000_000)
    bundle = bundle_of(tmp_path, packed({f"{number}": b"\0" * 10_000 for number in range(101)}))
    assert bundle.stat().st_size < 50_000
    with pytest.raises(ClausewatchError, match="would unpack to more than 1 MB"):
        verify(bundle)


def test_nothing_in_the_project_unpacks_an_archive_to_disk() -> None:
    """What never calls these cannot be led out of a folder."""
    sources = [path for floor in (bot, storage) for path in Path(str(floor.__file__)).parent.rglob("*.py")]
    called = {
        node.attr
        for path in sources
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
    }
    assert "writestr" in called
    assert not called & {"extractall", "unpack_archive", "symlink_to", "symlink"}
