"""A web server in a process of its own, for `bench/watching.py`: real pages that change as they are told to.

Its CPU is not the watcher's and is not counted. Pages come from a git repository of snapshots; generated
ones (`/generated/N`) are small and never change.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import html
import multiprocessing as mp
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise, zip_longest
from multiprocessing.connection import Connection
from pathlib import Path

from bot.worlds.histories import History, Record
from watchers.model import Document, Part, Snapshot
from watchers.reading.extract import read

_RUN = re.compile(r">([^<>]{80,})</(?:p|li|span|div|td)>")
_SENTENCE = " From now on we may also share your contact details with our advertising partners (note {})."
GENERATED = '"generated"'


@dataclass(frozen=True, slots=True)
class Mode:
    """How pages are served: so many paragraphs changed, a nonce outside the words, validators or none."""

    changes: int = 0
    nonce: int = 0
    validators: bool = True


@dataclass(slots=True)
class RealPage:
    """A page cut at the ends of the paragraphs that will change."""

    pieces: list[str]

    def body(self, mode: Mode) -> bytes:
        """Return the page as it is served in this mode."""
        said = [_SENTENCE.format(turn) if turn < mode.changes else "" for turn in range(len(self.pieces))]
        text = "".join(piece + more for piece, more in zip(self.pieces, said, strict=True))
        return (text + (f"<!-- {mode.nonce} --><script>var n={mode.nonce}</script>" if mode.nonce else "")).encode()


@dataclass(slots=True)
class Shelf:
    """All pages, and the mode they are served in."""

    pages: list[RealPage] = field(default_factory=list)
    mode: Mode = Mode()

    def answer(self, path: str, etag: str) -> bytes:
        """Return a complete HTTP answer."""
        if path.startswith("/generated/"):
            return _answer(_generated(int(path.rsplit("/", 1)[1])), GENERATED, etag == GENERATED)
        if not path[1:].isdigit() or int(path[1:]) >= len(self.pages):
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        body = self.pages[int(path[1:])].body(self.mode)
        own = f'"{hashlib.md5(body).hexdigest()}"' if self.mode.validators else ""
        return _answer(body, own, bool(own) and own == etag)


def _answer(body: bytes, etag: str, same: bool) -> bytes:
    head = f"ETag: {etag}\r\n" if etag else ""
    if same:
        return f"HTTP/1.1 304 Not Modified\r\n{head}\r\n".encode()
    packed = gzip.compress(body, 6)
    kind = "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
    return f"HTTP/1.1 200 OK\r\n{head}{kind}Content-Length: {len(packed)}\r\n\r\n".encode() + packed


def _generated(number: int) -> bytes:
    clauses = (f"<p>Clause {n} of policy {number}: we keep record {number * n} for {n} days.</p>" for n in range(1, 30))
    return (
        f"<html><title>Policy {number}</title><body><h1>Policy {number}</h1>{''.join(clauses)}</body></html>".encode()
    )


def choose(repository: Path, count: int, rounds: int) -> Iterator[RealPage]:
    """Yield real pages: the latest of every document, then earlier ones, those of all documents in turn."""
    history = History(repository)
    by_path: dict[str, list[Record]] = {}
    for service in history.services():
        for record in history.records(service):
            if record.path.endswith(".html"):
                by_path.setdefault(record.path, []).append(record)
    latest_first = [list(reversed(records)) for records in by_path.values()]
    spread = [records[:: max(1, len(records) // 12)] for records in latest_first]
    found = 0
    with history.pages() as archived:
        for record in (one for turn in zip_longest(*spread) for one in turn if one is not None):
            page = cut(archived.get(record.blob), rounds) if found < count else None
            if page is not None:
                found += 1
                yield page


def cut(body: bytes, rounds: int) -> RealPage | None:
    """Cut a page at the ends of paragraphs that its reading holds; None when it has too few or is not readable."""
    source = body.decode("utf-8", "replace")
    address = "http://127.0.0.1/page"
    kind = "text/html; charset=utf-8"
    page = Snapshot(address, address, 200, (("content-type", kind),), kind, source.encode(), datetime.now(UTC))
    reading = read(Document("a/b", "a", "b", (Part(address),)), (page,))
    runs = [
        found.end(1) for found in _RUN.finditer(source) if " ".join(html.unescape(found[1]).split()) in reading.text
    ]
    if not reading.verdict.readable or len(runs) < rounds:
        return None
    middle = (len(runs) - rounds) // 2
    ends = [0, *runs[middle : middle + rounds], len(source)]
    return RealPage([source[a:b] for a, b in pairwise(ends)])


def _words(source: str) -> str:
    return " ".join(html.unescape(source).split())


async def _serve(shelf: Shelf, pipe: Connection) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            lines = head.decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            writer.write(shelf.answer(lines[0].split()[1], headers.get("if-none-match", "")))
            await writer.drain()

    async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(quietly, "127.0.0.1", 0)
    pipe.send((server.sockets[0].getsockname()[1], len(shelf.pages)))
    await server.serve_forever()


def _child(repository: Path | None, count: int, rounds: int, pipe: Connection) -> None:
    shelf = Shelf(list(choose(repository, count, rounds)) if repository else [])

    def obey() -> None:
        while True:
            shelf.mode = pipe.recv()
            pipe.send(shelf.mode)

    threading.Thread(target=obey, daemon=True).start()
    asyncio.run(_serve(shelf, pipe))


class PagesProcess:
    """The server process, as its user sees it."""

    def __init__(self, repository: Path | None = None, count: int = 0, rounds: int = 0) -> None:
        fork = mp.get_context("spawn")
        self._pipe, theirs = fork.Pipe()
        self._process = fork.Process(target=_child, args=(repository, count, rounds, theirs), daemon=True)
        self._process.start()
        self.port, self.pages = self._pipe.recv()

    def serve(self, mode: Mode) -> None:
        """Serve pages in another mode from now on."""
        self._pipe.send(mode)
        self._pipe.recv()

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join()
