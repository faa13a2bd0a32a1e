"""A look is a record, whatever happens: fetched, unchanged, blind, failed."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.examining.aside import Aside
from bot.examining.box import Limit, TooMuch
from bot.looking.look import LONGEST_LOOK, Looker
from storage.archive.looks import LEASE
from watchers.comparing.coarse import TOO_LARGE
from watchers.errors import BotCheck, FetchError
from watchers.model import Document, Due, Fetched, Health, Look, Outcome, Part, Past, Snapshot, Validators, Version
from watchers.reading.extract import rules_of

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
NOTHING_KNOWN = Validators()
ADDRESS = "https://fernpost.example/privacy"
DOCUMENT = Document("fernpost/privacy-policy", "fernpost", "Privacy Policy", (Part(ADDRESS),))
WORDS = "Fernpost runs a place to share postcards made of photographs, and this policy says what we learn about you. "
HTML = f"<html><body><main><h1>Privacy Policy</h1><p>{WORDS * 6}</p></main></body></html>".encode()


class Server:
    """Answers every fetch with the same thing."""

    def __init__(self, answer: Fetched | Exception) -> None:
        self.answer = answer

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Nothing:
    """An archive that remembers nothing."""

    async def past(self, document: str, rules: str = "") -> Past:
        return Past()

    async def snapshots(self, document: str) -> tuple[Snapshot, ...]:
        return ()


def due(version: str = "", body: str = "", validators: Validators = NOTHING_KNOWN) -> Due:
    return Due(DOCUMENT, (validators,), (body,), version=version)


def looker(answer: Fetched | Exception) -> Looker:
    return Looker(Server(answer), Nothing(), lambda: NOW, Aside())


def snapshot(body: bytes = HTML) -> Snapshot:
    return Snapshot(ADDRESS, ADDRESS, 200, (), "text/html", body, NOW)


async def test_a_304_is_unchanged_and_nothing_is_read() -> None:
    seen = await looker(Fetched(None, Validators("e2"))).look(due("v1"))
    assert seen.outcome is Outcome.UNCHANGED
    assert seen.validators == (Validators("e2"),)
    assert seen.next_look is not None
    assert seen.next_look > NOW
    assert seen.milliseconds == 0.0


async def test_the_same_bytes_are_not_read_again() -> None:
    page = snapshot()
    assert (await looker(Fetched(page)).look(due("v1", page.sha256))).outcome is Outcome.SAME_BYTES


async def test_a_page_never_seen_is_read() -> None:
    seen = await looker(Fetched(snapshot(), Validators("e1"))).look(due())
    assert seen.outcome is Outcome.FIRST
    assert seen.validators == (Validators("e1"),)
    assert seen.milliseconds > 0.0


async def test_a_page_that_does_not_come_is_a_failed_look_with_its_reason() -> None:
    seen = await looker(FetchError("the page is gone (404)", permanent=True)).look(due("v1"))
    assert seen.outcome is Outcome.FAILED
    assert seen.reason == "the page is gone (404)"


async def test_a_server_that_asks_for_a_wait_gets_it() -> None:
    seen = await looker(FetchError("too many requests", retry_after=7200)).look(due("v1"))
    assert seen.next_look is not None
    assert (seen.next_look - NOW).total_seconds() >= 7200


async def test_a_mistake_in_our_own_rules_loses_nothing() -> None:
    seen = await looker(RuntimeError("secret details")).look(due("v1"))
    assert seen.outcome is Outcome.FAILED
    assert "RuntimeError" in seen.reason
    assert "secret" not in seen.reason


async def test_what_could_not_be_read_is_asked_for_in_full_next_time() -> None:
    known = Validators("good")
    seen = await looker(Fetched(snapshot(b"<html><body>Not found</body></html>"), Validators("bad"))).look(
        due(validators=known)
    )
    assert seen.outcome is Outcome.BLIND
    assert seen.validators == (known,)


TWO = replace(DOCUMENT, parts=(Part(ADDRESS), Part(f"{ADDRESS}/cookies")))


class Half:
    """A server for two pages: the second one comes, the first is called unchanged to who asks whether it is."""

    def __init__(self, second: Fetched | Exception | None = None) -> None:
        self.second = second

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        if part == TWO.parts[0]:
            return Fetched(None, known) if known.etag else Fetched(replace(snapshot(), address=ADDRESS))
        if isinstance(self.second, Exception):
            raise self.second
        page = HTML.replace(b"Privacy", b"Cookies").replace(b"learn about you", b"keep on your device")
        return self.second or Fetched(Snapshot(part.address, part.address, 200, (), "text/html", page, NOW))


async def test_a_page_called_unchanged_that_we_no_longer_have_is_asked_for_in_full() -> None:
    known = Due(TWO, (Validators("e1"), Validators()), ("", ""))
    seen = await Looker(Half(), Nothing(), lambda: NOW, Aside()).look(known)
    assert seen.outcome is Outcome.FIRST
    assert [page.address for page in seen.snapshots] == [ADDRESS, f"{ADDRESS}/cookies"]


async def test_a_part_that_is_gone_is_a_missing_part_and_not_a_new_text() -> None:
    known = Due(TWO, (Validators("e1"), Validators()), ("", ""), version="v1")
    gone = FetchError(f"{ADDRESS}/cookies: answered 404 Not Found", permanent=True)
    seen = await Looker(Half(gone), Nothing(), lambda: NOW, Aside()).look(known)
    assert (seen.outcome, seen.verdict.health) == (Outcome.FAILED, Health.PART_MISSING)
    assert "/cookies" in seen.reason


async def test_a_check_for_robots_is_recorded_as_one() -> None:
    seen = await looker(BotCheck("the site suspects a robot")).look(due("v1"))
    assert seen.verdict.health is Health.BOT_CHECK


class Endless:
    """A server that never ends."""

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        await asyncio.Event().wait()
        raise AssertionError


async def test_a_look_that_does_not_end_is_left_with_its_reason() -> None:
    seen = await Looker(Endless(), Nothing(), lambda: NOW, Aside(), longest=0.01).look(due("v1"))
    assert seen.outcome is Outcome.FAILED
    assert "timed out after 0.01 seconds" in seen.reason
    assert timedelta(seconds=LONGEST_LOOK) < LEASE


async def test_a_headline_may_be_phrased_and_a_look_without_a_change_is_left_alone() -> None:
    asked: list[str] = []

    async def phrase(due: Due, look: Look) -> Look:
        asked.append(look.document)
        return replace(look, headline="in other words")

    seen = await replace(looker(Fetched(snapshot())), phrase=phrase).look(due())
    assert seen.outcome is Outcome.FIRST
    assert asked == []


class Strict(Aside):
    """An examiner for which some jobs are too much."""

    def __init__(self, *refused: str) -> None:
        super().__init__()
        self.refused = refused

    def submit(self, work: Callable[..., Any], /, *given: Any) -> Future[Any]:
        if work.__name__ not in self.refused:
            return super().submit(work, *given)
        future: Future[Any] = Future()
        future.set_exception(TooMuch(Limit.MEMORY))
        return future


@pytest.mark.parametrize(("before", "hours"), [(0, 1), (1, 2), (2, 24), (9, 24)])
async def test_a_page_too_large_to_read_is_blind_and_waits_a_day_after_three_looks(before: int, hours: int) -> None:
    one = Looker(Server(Fetched(snapshot())), Nothing(), lambda: NOW, Strict("examined", "glanced"))
    seen = await one.look(replace(due(), blind_looks=before))
    assert seen.outcome is Outcome.BLIND
    assert seen.reason == "this page is too large to read: it takes too much memory"
    assert seen.next_look is not None
    assert timedelta(hours=hours - 0.6) <= seen.next_look - NOW <= timedelta(hours=hours + 1)


class Remembers(Nothing):
    """An archive that remembers one version, and when its successor was first held back."""

    def __init__(self, text: str, held: str = "", since: datetime | None = None) -> None:
        self.remembered = Past(
            Version("v1", DOCUMENT.id, NOW, "0", text, (), "en", rules_of(DOCUMENT)), held=held, held_since=since
        )

    async def past(self, document: str, rules: str = "") -> Past:
        return self.remembered


async def test_a_change_too_large_to_compare_is_told_as_largely_rewritten_once_a_second_look_confirms_it() -> None:
    text = f"# Privacy Policy\n\n{WORDS * 5}".strip()
    first = Looker(Server(Fetched(snapshot())), Remembers(text), lambda: NOW, Strict("examined"))
    held = await first.look(due("v1"))
    assert (held.outcome, held.reason) == (Outcome.HELD, TOO_LARGE)
    assert held.reading is not None
    later = Remembers(text, held.reading.sha256, NOW - timedelta(hours=1))
    told = await Looker(Server(Fetched(snapshot())), later, lambda: NOW, Strict("examined")).look(due("v1"))
    assert told.outcome is Outcome.CHANGED
    assert told.headline.endswith(
        "changed its Privacy Policy: too large to compare: largely rewritten, see the redline"
    )
    assert told.difference is not None
    assert told.reading is not None
    for passage in told.difference.passages:
        assert passage.before == text[passage.before_start :][: len(passage.before)] or passage.before_start < 0
        assert (
            passage.after == told.reading.text[passage.after_start :][: len(passage.after)] or passage.after_start < 0
        )
    assert {p.kind.value for p in told.difference.passages} == {"removed", "added"}


class Frozen:
    """A server whose validators stand still while its page moves; it remembers what it was asked with."""

    def __init__(self) -> None:
        self.asked: list[Validators] = []

    async def fetch(self, part: Part, known: Validators, *, language: str = "en") -> Fetched:
        self.asked.append(known)
        if known != NOTHING_KNOWN:
            return Fetched(None, known)
        return Fetched(snapshot(HTML + b"<!-- %d -->" % len(self.asked)), Validators("frozen"))


async def test_a_host_whose_validators_stand_still_is_not_asked_with_them_again() -> None:
    server = Frozen()
    eyes = Looker(server, Nothing(), lambda: NOW, Aside())
    known = due(validators=Validators("frozen"), body="another")
    assert (await eyes.look(known)).validators == (NOTHING_KNOWN,)
    await eyes.look(replace(known, last_look=NOW))
    assert server.asked == [NOTHING_KNOWN, NOTHING_KNOWN]


async def test_a_look_soon_after_another_only_asks_whether_the_page_changed() -> None:
    server = Frozen()
    eyes = Looker(server, Nothing(), lambda: NOW, Aside())
    seen = await eyes.look(replace(due("v1", validators=Validators("e1")), last_look=NOW))
    assert (seen.outcome, server.asked) == (Outcome.UNCHANGED, [Validators("e1")])
