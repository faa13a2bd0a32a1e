"""Verifies a bundle without our database: every file, every hash, every slice, every link of the chain."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.evidence.bundle import FORMAT, seals
from storage.archive.chain import Link, change_id, head, version_id
from watchers.errors import ClausewatchError

LARGEST = 400_000_000
"""Bytes a bundle may unpack to; more is refused unread."""

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, NotImplementedError, RuntimeError)
"""What the standard library raises for archives that are altered, encrypted or packed in ways we never pack."""

Json = dict[str, Any]


def verify(bundle: Path) -> tuple[str, ...]:
    """Return a sentence for everything that is not as it was written; nothing when all holds.

    Raises ClausewatchError when the file is no bundle at all.
    """
    files = _unpacked(bundle)
    try:
        manifest: Json = json.loads(files["manifest.json"])
        if manifest["format"] != FORMAT:
            raise ClausewatchError(f"{bundle}: {manifest['format']} is a format this program does not know")
        return tuple(_wrong(manifest, files))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError) as error:
        return (f"manifest.json: it is damaged ({type(error).__name__}: {error})",)


def _unpacked(bundle: Path) -> Mapping[str, bytes]:
    try:
        with zipfile.ZipFile(bundle) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
                raise ClausewatchError(f"{bundle}: it would unpack to more than {LARGEST // 1_000_000} MB")
            if twice := [name for name, times in Counter(archive.namelist()).items() if times > 1]:
                raise ClausewatchError(f"{bundle}: it has {twice[0]} twice, so two programs may read two things in it")
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except OSError as error:
        raise ClausewatchError(f"{bundle}: cannot be read ({error.strerror})") from error
    except BROKEN as error:
        raise ClausewatchError(f"{bundle}: {error}; the file was altered or is no bundle") from error


def _wrong(manifest: Json, files: Mapping[str, bytes]) -> Iterator[str]:
    yield from _seals(manifest)
    yield from _files(manifest, files)
    yield from _versions(manifest, files)
    yield from _passages(manifest, files)
    yield from _chain(manifest)


def _seals(manifest: Json) -> Iterator[str]:
    made, kept = seals(manifest), manifest["seals"]
    for name in sorted(made.keys() | kept.keys()):
        if made.get(name) != kept.get(name):
            yield f"manifest.json: “{name}” is not as it was written"


def _files(manifest: Json, files: Mapping[str, bytes]) -> Iterator[str]:
    for name, sha256 in manifest["files"].items():
        if name not in files:
            yield f"{name}: it is missing"
        elif hashlib.sha256(files[name]).hexdigest() != sha256:
            yield f"{name}: its SHA-256 is not the one in manifest.json"
    for name in files.keys() - manifest["files"].keys() - {"manifest.json"}:
        yield f"{name}: it was slipped in"


def _versions(manifest: Json, files: Mapping[str, bytes]) -> Iterator[str]:
    links = {link["version"]: link for link in manifest["chain"]}
    for side in ("before", "after"):
        version = manifest[side]
        words = files.get(version["text"], b"")
        if hashlib.sha256(words).hexdigest() != version["sha256"]:
            yield f"{version['text']}: these are not the words of version {version['id']}"
        seen = datetime.fromisoformat(version["seen_at"])
        if version_id(manifest["document"], seen, version["sha256"]) != version["id"]:
            yield f"manifest.json: version {version['id']} does not follow from its document, time and words"
        link = links.get(version["id"])
        if link is None or link["text_sha256"] != version["sha256"]:
            yield f"manifest.json: version {version['id']} is not in the chain with these words"
        elif [page["sha256"] for page in version["pages"]] != link["pages"]:
            yield f"manifest.json: the pages of version {version['id']} are not those of the chain"
        for page in version["pages"]:
            if hashlib.sha256(files.get(page["file"], b"")).hexdigest() != page["sha256"]:
                yield f"{page['file']}: this is not the page that was served"
    if change_id(manifest["before"]["id"], manifest["after"]["id"]) != manifest["change"]:
        yield f"manifest.json: change {manifest['change']} does not follow from its two versions"


def _passages(manifest: Json, files: Mapping[str, bytes]) -> Iterator[str]:
    for number, passage in enumerate(manifest["passages"], 1):
        for side in ("before", "after"):
            start, words = passage[side]
            text = files.get(manifest[side]["text"], b"").decode(errors="replace")
            if words and text[start : start + len(words)] != words:
                yield f"manifest.json: passage {number} is not verbatim in texts/{side}.md"


def _chain(manifest: Json) -> Iterator[str]:
    before = ""
    for place, each in enumerate(manifest["chain"], 1):
        seen = datetime.fromisoformat(each["seen_at"])
        link = Link(
            manifest["document"],
            each["ordinal"],
            each["version"],
            seen,
            each["text_sha256"],
            each["rules"],
            tuple(each["pages"]),
        )
        if each["ordinal"] != place or head(before, link) != each["head"]:
            yield f"manifest.json: the chain breaks at version {place} ({each['version']})"
        before = each["head"]
