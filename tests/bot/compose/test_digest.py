"""What a digest says, in which order, and what it says when there is nothing to say."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.compose.digest import Issue, Unread, digest
from bot.compose.news import News
from tests.bot.cast import BASE, KITE, KITE_TERMS, NOW, PRIVACY, TERMS, TERN, finding, news
from tests.bot.reading import lines, whole
from watchers.model import Exposure, Ruling, Tier, Touch, Turn

BERLIN = ZoneInfo("Europe/Berlin")


def issue(*told: News, **more: object) -> Issue:
    made = Issue(NOW.astimezone(BERLIN), NOW, NOW - timedelta(days=7), told, documents=10)
    return replace(made, **more)  # type: ignore[arg-type]


def low(number: int, document: object = KITE_TERMS) -> News:
    touch = Touch("arbitration", Turn.REWORDED, None, finding("arbitration", Exposure.LOW))
    return replace(news(number, document, touches=(touch,)))  # type: ignore[arg-type]


def test_counts_come_first() -> None:
    told = list(lines(digest(issue(low(1), news(2), low(3)), BASE)))
    assert told[0] == "Digest, 16 Nov 2026 to 23 Nov 2026"
    assert told[1] == "3 changes at 2 platforms, 1 of high exposure, 2 of low exposure."


def test_a_digest_of_one_day_names_it_once() -> None:
    told = list(lines(digest(issue(low(1), since=NOW - timedelta(hours=3)), BASE)))
    assert told[0] == "Digest, 23 Nov 2026"


def test_changes_are_ordered_by_exposure_then_platform() -> None:
    heads = [
        line.split("\n")[0] for line in lines(digest(issue(low(1), low(2, TERMS), news(3)))) if " changed its " in line
    ]
    assert heads == [
        "Tern changed its Privacy Policy: AI training added and “30 days” becomes “90 days”",
        "Kite Mail changed its Terms of Service: a new use of data (Arbitration) and “30 days” becomes “90 days”",
        "Tern changed its Terms of Service: a new use of data (Arbitration) and “30 days” becomes “90 days”",
    ]


def test_pings_told_already_are_named_and_not_told_again() -> None:
    message = digest(issue(replace(news(1), told=True), low(2)), BASE)
    assert "1 change told here already:\n• Tern Privacy Policy: AI training added" in whole(message)
    assert "Tern changed its Privacy Policy" not in whole(message)


def test_what_could_not_be_read_is_listed_with_since_when() -> None:
    blind = Unread(TERN, PRIVACY, NOW - timedelta(days=3), "the site asks for a login")
    message = digest(issue(unread=(blind,)), BASE)
    assert "Nothing changed, 1 document could not be read." in whole(message)
    assert "• Tern Privacy Policy since 20 Nov 2026 (3 days ago): the site asks for a login" in whole(message)


def test_a_quiet_week_is_one_line() -> None:
    message = digest(issue())
    assert list(lines(message)) == ["Nothing changed in 10 documents since 16 Nov 2026."]


def test_a_late_digest_says_so() -> None:
    message = digest(issue(news(1), slot=(NOW - timedelta(hours=5)).astimezone(BERLIN), late=True))
    assert "Late: this digest was due 23 Nov 2026, 10:02 CET. Nothing was lost." in whole(message)


def test_a_digest_in_place_of_one_that_may_have_arrived_says_so() -> None:
    said = "Possibly repeated: whether the digest that held some of this before arrived is not known."
    assert said in whole(digest(issue(news(1), repeated=True)))
    assert said not in whole(digest(issue(news(1))))


def test_every_change_is_told_or_named_when_there_are_many() -> None:
    message = digest(issue(*[news(number) for number in range(40)]), BASE)
    assert "And 28 more changes:" in whole(message)
    assert sum(line.count("Tern Privacy Policy") + line.count("Tern changed") for line in lines(message)) == 40


def test_kite_is_of_the_cast() -> None:
    assert KITE.documents == (KITE_TERMS,)


def test_what_is_only_possibly_substantive_stands_apart_with_its_doubt() -> None:
    sure, doubtful = news(1), low(2)
    ruling = Ruling("weighed", Tier.DIGEST, "its own date stayed the same")
    difference = replace(doubtful.change.difference, tier=Tier.DIGEST, ruling=ruling)
    doubtful = replace(doubtful, change=replace(doubtful.change, difference=difference))
    said = whole(digest(issue(sure, doubtful), BASE))
    apart = said.index("Possibly substantive:")
    assert said.index("Tern changed its Privacy Policy") < apart < said.index("Kite Mail Terms of Service")
    assert "(doubt: its own date stayed the same)" in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Nothing changed in 16 documents since"),
        ({"never": 2}, "Nothing changed in 14 documents since 16 Nov 2026. Not read: 2 documents never yet."),
        ({"never": 1, "missed": 3}, "Not read: 1 document never yet and 3 documents not at the last look."),
        ({"never": 16}, "None of 16 documents could be read since 16 Nov 2026: 16 documents never yet."),
    ],
)
def test_what_was_not_read_is_never_said_to_be_unchanged(given: dict[str, int], said: str) -> None:
    assert said in digest(issue(documents=16, since=NOW - timedelta(days=7), **given)).text


def test_an_outage_of_our_own_is_a_line_of_the_digest() -> None:
    outage = (NOW - timedelta(hours=5), NOW - timedelta(hours=2))
    said = whole(digest(issue(documents=3, outages=(outage,))))
    assert "Clausewatch itself could not reach the internet from" in said
