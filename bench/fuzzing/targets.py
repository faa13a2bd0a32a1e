"""What is fuzzed: one function a room, each given bytes, each asserting what must hold whatever the bytes are.

An error that the room promises (a refusal with a sentence) is an answer; any other one is a finding.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import httpx
from protego import Protego

from bench.fuzzing import texts
from bot.chats.port import Place, Request
from bot.chats.slack.words import heard
from bot.commands import order, rhythm
from bot.commands.commands import bare, wants_help
from bot.evidence.verify import verify
from storage.audience.audience import Slot
from storage.importers import open_terms, records
from storage.importers.git import Commit
from watchers import catalogue, platform_file
from watchers.comparing import dates
from watchers.comparing.compare import compare
from watchers.comparing.quoting import accepted, prompt
from watchers.errors import AddressRefused, CatalogueError, ClausewatchError, FetchError
from watchers.fetchers.addresses import DEFAULT_PORTS, join, target
from watchers.fetchers.answers import Answer, looks_blocked, media_type, objection, retry_after
from watchers.fetchers.decoding import Body, BodyRefused
from watchers.model import PassageKind, Reading
from watchers.provisions.headline import headline
from watchers.provisions.recogniser import recognise
from watchers.provisions.touches import touched
from watchers.reading.clauses import clauses
from watchers.reading.discover import discover
from watchers.reading.extract import read_html, read_markdown
from watchers.reading.page_health import judge_text
from watchers.reading.pdf import read_pdf
from watchers.reading.plain import read_plain

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
SPLIT = b"\x1e"
"""Parts an input that has two sides."""


def words(body: bytes) -> str:
    """Return bytes as the text a file or a page holds: decoded, what is broken replaced."""
    return body.decode("utf8", "replace")


def typed(body: bytes) -> str:
    """Return bytes as the text a chat's JSON may hold, lone surrogates included."""
    return body.decode("utf8", "surrogateescape")


def addresses(body: bytes) -> None:
    """An address that passes is read alike by httpx, and its redirect leads somewhere readable or nowhere."""
    first, _, second = typed(body).partition("\x1e")
    for address in (first, _joined(first, second)):
        with suppress(AddressRefused):
            ours, theirs = target(address), httpx.URL(address.partition("#")[0])
            assert ":" in ours.host or theirs.raw_host.decode().strip("[]") == ours.host
            assert (theirs.port or DEFAULT_PORTS[theirs.scheme]) == ours.port
            assert not theirs.userinfo


def _joined(base: str, location: str) -> str:
    try:
        return join(base, location)
    except (AddressRefused, ValueError):  # the fetcher's own words for a redirect that leads nowhere
        return ""


@cache
def names() -> order.Names:
    """Return the names of the whole catalogue."""
    return order.Names(catalogue.load())


def orders(body: bytes) -> None:
    """Whatever is typed is an order, and what was not understood is among the typed words."""
    line = typed(body)
    command, _, rest = line.partition(" ")
    request = bare(Request(Place("slack", "T1", "C1"), "U1", command, rest))
    wants_help(request)
    understood = order.understand(request.words, names())
    assert understood.page >= 1
    order.span_of(rest)
    slot = rhythm.slot_of(rest[:400], Slot())
    assert isinstance(slot, str) or (slot.hour < 24 and slot.minute < 60)
    heard(line)


def pages(body: bytes) -> None:
    """A page gives a reading whose links and clauses are slices of it, twice the same."""
    reading = read_html(body, base="https://tern.example/terms")
    assert read_html(body, base="https://tern.example/terms") == reading
    _sound(reading)
    judge_text(reading.text, texts.POLICY)
    discover(reading.title, "https://tern.example/terms")


def markdown(body: bytes) -> None:
    """Markdown and plain text give a sound reading."""
    _sound(read_markdown(words(body)))
    read_plain(words(body))


def _sound(reading: Reading) -> None:
    for link in reading.links:
        assert 0 <= link.start < link.end <= len(reading.text)
    for clause in clauses(reading.text):
        assert reading.text[clause.start : clause.end] == clause.text


def pdfs(body: bytes) -> None:
    """A PDF, whatever is in it, gives blocks."""
    read_pdf(body)


def comparing(body: bytes) -> None:
    """Every passage told is a slice of the side it stands on; a text never differs from itself."""
    first, _, second = body.partition(SPLIT)
    old, new = read_markdown(words(first)), read_markdown(words(second))
    found = compare(old, new, doc_type="Privacy Policy")
    for passage in found.passages:
        for said, start, text in (
            (passage.before, passage.before_start, old.text),
            (passage.after, passage.after_start, new.text),
        ):
            assert start < 0 or text[start : start + len(said)] == said
        assert passage.before or passage.kind in (PassageKind.ADDED,), passage.kind
    assert not compare(new, new).words_differ
    headline("Tern", "Privacy Policy", found)
    prompt("Tern", "Privacy Policy", found)


def recognising(body: bytes) -> None:
    """A finding lies within the text, its cue within reach of it, and touches follow from two texts."""
    first, _, second = words(body).partition("\x1e")
    found = recognise(first, doc_type="Privacy Policy")
    for finding in found:
        assert 0 <= finding.start < finding.end <= len(first)
        assert 0 <= finding.cue_start <= finding.cue_end <= len(first)
        assert 0 <= finding.confidence <= 1
    if second:
        difference = compare(Reading(first), Reading(second))
        touched(first, found, second, recognise(second, doc_type="Privacy Policy"), difference)


def dating(body: bytes) -> None:
    """A date that is read is one of the calendar and stands where it is said to stand."""
    text = words(body)
    for mention in dates.mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
    dates.effective([text], text)
    dates.masked(text)
    dates.says_only_a_date(text)


def declarations(body: bytes) -> None:
    """A declaration is a platform or a mistake named with its file."""
    for read in (open_terms.read_platform, open_terms.read_history):
        with suppress(CatalogueError):
            read(words(body), "tern.json")


def platform_files(body: bytes) -> None:
    """A platform file is a platform or a mistake named with its line."""
    with suppress(CatalogueError):
        platform_file.read_platform(words(body), "tern.toml", "tern", catalogue.terms_types())


def histories(body: bytes) -> None:
    """Commits of a history, whatever their messages and paths, are records or are passed over."""
    path, _, message = words(body).partition("\n")
    kind = records.kind_of(message)
    assert kind is None or kind in records.Kind
    records.broken(message)
    commit = Commit("a" * 40, NOW, message, ((path, "b" * 40),))
    records.by_document(records.records([commit]))


def bodies(body: bytes) -> None:
    """A packed body is unpacked within its bound or refused."""
    for coding in ("gzip", "deflate", words(body[:12])):
        with suppress(BodyRefused):
            taker = Body(coding, 20_000)
            for start in range(0, len(body), 700):
                taker.feed(body[start : start + 700])
            assert len(taker.end()) <= 20_000


def answers(body: bytes) -> None:
    """Headers a server makes up are read or passed over, and robots.txt answers yes or no."""
    first, _, rest = words(body).partition("\n")
    assert (retry_after(first, NOW) or 0) >= 0
    answer = Answer(
        "https://tern.example/", 200 + len(body) % 400, (("content-type", first), ("retry-after", first)), body
    )
    looks_blocked(answer)
    objection("https://tern.example/", answer, NOW)
    with suppress(FetchError):
        media_type("https://tern.example/", answer)
    rules = Protego.parse(rest)
    rules.can_fetch("https://tern.example/terms", "clausewatch")
    rules.crawl_delay("clausewatch")


def headlines(body: bytes) -> None:
    """A headline that is accepted carries no link, no mention and no line of its own."""
    said = typed(body)
    shown = accepted(said, "Tern", (texts.POLICY,))
    assert not shown or not (
        {"\n", "<!", "http://"} & {shown[at : at + n] for at in range(len(shown)) for n in (1, 2, 7)}
    )


def bundles(body: bytes) -> None:
    """A bundle that was altered is told as altered, or is no bundle."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as file, suppress(ClausewatchError):
        file.write(body)
        file.flush()
        verify(Path(file.name))
