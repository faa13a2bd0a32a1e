"""A bundle proves itself without our database, and one altered byte anywhere is named with its place."""

import contextlib
import io
import json
import stat
import zipfile
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.evidence.bundle import files_of, packed
from bot.evidence.gather import gather
from bot.evidence.verify import verify
from bot.pages.shelf import Shelf
from storage.archive.proofs import Proofs
from storage.archive.search import Search
from tests.bot.test_path import World, opened
from watchers.errors import ClausewatchError

pytestmark = pytest.mark.asyncio(loop_scope="module")

Files = dict[str, bytes]


@pytest.fixture(scope="module")
async def changed(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with opened(tmp_path_factory.mktemp("evidence")) as world:
        await world.app.turn()
        await world.a_day_later("privacy-3")
        yield world


@pytest.fixture(scope="module")
async def files(changed: World) -> Files:
    (change,) = await changed.app.archive.changes(significance="substantive")
    shelf = Shelf(changed.app.archive, Search(changed.app.database))
    return dict(files_of(await gather(shelf, Proofs(changed.app.database), change.id)))


def wrong_with(files: Files, folder: Path) -> tuple[str, ...]:
    bundle = folder / "bundle.zip"
    bundle.write_bytes(packed(files))
    return verify(bundle)


async def test_a_bundle_as_it_was_written_holds(files: Files, tmp_path: Path) -> None:
    assert wrong_with(files, tmp_path) == ()


async def test_the_same_change_always_gives_the_same_bytes(files: Files) -> None:
    assert packed(files) == packed(dict(reversed(files.items())))


async def test_a_bundle_has_the_pages_as_served_and_a_readme(files: Files) -> None:
    assert b"train our machine learning models" in files["pages/after-1.page"]
    assert b"clausewatch verify" in files["README.txt"]
    assert b"<del>" in files["redline.html"]
    assert b"<script" not in files["redline.html"]


async def test_one_altered_byte_in_any_file_is_named_with_its_place(files: Files, tmp_path: Path) -> None:
    for name in files.keys() - {"manifest.json"}:
        body = bytearray(files[name])
        body[len(body) // 2] ^= 1
        found = wrong_with({**files, name: bytes(body)}, tmp_path)
        assert any(each.startswith(name) for each in found), name


async def test_one_altered_letter_anywhere_in_the_manifest_is_named_with_its_entry(
    files: Files, tmp_path: Path
) -> None:
    manifest = json.loads(files["manifest.json"])
    for name in manifest.keys() - {"seals"}:
        value = manifest[name]
        altered = {**manifest, name: f"{value}." if isinstance(value, str) or value is None else [value, 1]}
        if name == "format":
            continue  # another format is refused as such
        found = wrong_with({**files, "manifest.json": json.dumps(altered).encode()}, tmp_path)
        assert any("manifest.json" in each for each in found), name
    page = {**manifest["after"]["pages"][0], "address": "https://elsewhere.example/"}
    moved = {**manifest, "after": {**manifest["after"], "pages": [page]}}
    found = wrong_with({**files, "manifest.json": json.dumps(moved).encode()}, tmp_path)
    assert found == ("manifest.json: “after” is not as it was written",)


def _later_head(manifest: dict) -> None:  # type: ignore[type-arg]
    manifest["chain"][0]["head"] = "0" * 64


def _earlier_sight(manifest: dict) -> None:  # type: ignore[type-arg]
    manifest["after"]["seen_at"] = "2026-09-01T09:00:00+00:00"


def _other_words(manifest: dict) -> None:  # type: ignore[type-arg]
    manifest["passages"][0]["after"][1] = "We may do anything."


def _other_change(manifest: dict) -> None:  # type: ignore[type-arg]
    manifest["change"] = "c0000000000000000"


def _dropped_link(manifest: dict) -> None:  # type: ignore[type-arg]
    del manifest["chain"][0]


def _no_files(manifest: dict) -> None:  # type: ignore[type-arg]
    del manifest["files"]


@pytest.mark.parametrize(
    ("alter", "says"),
    [
        (_later_head, "the chain breaks at version 1"),
        (_earlier_sight, "does not follow from its document, time and words"),
        (_other_words, "is not verbatim"),
        (_other_change, "does not follow from its two versions"),
        (_dropped_link, "the chain breaks at version 1"),
        (_no_files, "it is damaged"),
    ],
)
async def test_an_altered_manifest_contradicts_itself(
    files: Files,
    tmp_path: Path,
    alter: Callable[[dict[str, Any]], None],
    says: str,
) -> None:
    manifest = json.loads(files["manifest.json"])
    alter(manifest)
    found = wrong_with({**files, "manifest.json": json.dumps(manifest).encode()}, tmp_path)
    assert any(says in each for each in found)


async def test_a_file_slipped_in_or_left_out_is_named(files: Files, tmp_path: Path) -> None:
    assert wrong_with({**files, "extra.txt": b"x"}, tmp_path) == ("extra.txt: it was slipped in",)
    less = {name: body for name, body in files.items() if name != "cards.json"}
    assert wrong_with(less, tmp_path) == ("cards.json: it is missing",)


def kinds_below(folder: Path) -> dict[str, str]:
    """Return everything in a folder and what it is."""
    return {
        str(path.relative_to(folder)): "link" if path.is_symlink() else "folder" if path.is_dir() else "file"
        for path in folder.rglob("*")
    }


CLIMBING = ["../evil.txt", "../../../../evil.txt", "/etc/passwd", "..\\evil.txt", "C:\\evil.txt", "a/../../evil.txt"]


@pytest.mark.parametrize("name", CLIMBING)
async def test_a_name_that_climbs_out_of_the_bundle_is_told_and_written_nowhere(
    files: Files, tmp_path: Path, name: str
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    assert wrong_with({**files, name: b"evil"}, inner) == (f"{name}: it was slipped in",)
    assert kinds_below(tmp_path) == {"inner": "folder", "inner/bundle.zip": "file"}


async def test_a_link_in_a_bundle_leads_nowhere(files: Files, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(files["texts/after.md"])
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(packed({name: body for name, body in files.items() if name != "texts/after.md"}))
    with zipfile.ZipFile(bundle, "a") as archive:
        link = zipfile.ZipInfo("texts/after.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, str(secret))
    assert "texts/after.md: its SHA-256 is not the one in manifest.json" in verify(bundle)
    assert kinds_below(tmp_path) == {"bundle.zip": "file", "secret.txt": "file"}


async def test_no_file_beside_the_bundle_is_read_in_place_of_one_that_is_missing(files: Files, tmp_path: Path) -> None:
    (tmp_path / "cards.json").write_bytes(files["cards.json"])
    less = {name: body for name, body in files.items() if name != "cards.json"}
    assert wrong_with(less, tmp_path) == ("cards.json: it is missing",)


async def test_what_is_no_bundle_is_refused_in_a_sentence(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"not a zip")
    with pytest.raises(ClausewatchError, match="altered or is no bundle"):
        verify(other)
    with pytest.raises(ClausewatchError, match="cannot be read"):
        verify(tmp_path / "none.zip")


async def test_a_bundle_that_would_fill_the_memory_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.evidence.verify.LARGEST", 10)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", "{}" * 100)
    bomb = tmp_path / "bomb.zip"
    bomb.write_bytes(out.getvalue())
    with pytest.raises(ClausewatchError, match="would unpack"):
        verify(bomb)


async def test_a_bundle_with_one_byte_changed_anywhere_is_refused_or_told_as_altered(tmp_path: Path) -> None:
    whole = packed({"manifest.json": b'{"format": "other"}', "texts/after.md": b"words " * 90})
    bundle = tmp_path / "altered.zip"
    for place in range(len(whole)):
        for flip in (0x01, 0x80):
            bundle.write_bytes(whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :])
            with contextlib.suppress(ClausewatchError):
                assert verify(bundle), place


@pytest.mark.filterwarnings("ignore:Duplicate name")
async def test_a_file_that_is_there_twice_is_refused(files: Files, tmp_path: Path) -> None:
    bundle = tmp_path / "twice.zip"
    bundle.write_bytes(packed(files))
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr("README.txt", "Other words, which other programs show.")
    with pytest.raises(ClausewatchError, match=r"it has README\.txt twice"):
        verify(bundle)


@pytest.mark.parametrize("manifest", ["[]", "null", '{"format": 3}', '{"format": "x", "files": []}', "[" * 50_000])
async def test_a_manifest_of_another_shape_is_refused_or_told_as_damaged(
    files: Files, tmp_path: Path, manifest: str
) -> None:
    with contextlib.suppress(ClausewatchError):
        (wrong,) = wrong_with({**files, "manifest.json": manifest.encode()}, tmp_path)
        assert "it is damaged" in wrong


async def test_there_is_no_evidence_of_a_change_that_is_not_there(changed: World) -> None:
    shelf = Shelf(changed.app.archive, Search(changed.app.database))
    with pytest.raises(ClausewatchError, match="there is no change"):
        await gather(shelf, Proofs(changed.app.database), "c1")


async def test_a_day_is_sealed_once_and_the_whole_archive_holds(changed: World) -> None:
    proofs = Proofs(changed.app.database)
    later = changed.clock() + timedelta(days=2)
    assert await proofs.seal(later) == 2
    assert await proofs.seal(later) == 0
    assert len(await proofs.roots()) == 2
    assert [wrong async for wrong in proofs.check()] == []
