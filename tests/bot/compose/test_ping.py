"""What a ping says, and what it never does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.compose.message import Heading, Quote
from bot.compose.news import Deed, Mark
from bot.compose.passages import WORD
from bot.compose.ping import ping
from tests.bot.cast import ADDED, BASE, NOW, PRIVACY, REMOVED, REWORDED, TERMS, change, finding, news
from tests.bot.reading import buttons, lines, whole
from watchers.model import Direction, Edit, Exposure, Passage, Significance, Touch, Turn


def some(passage: Passage, number: int) -> list[Passage]:
    return [
        replace(
            passage,
            before_start=n,
            after_start=n,
            after=passage.after and f"{n} {passage.after}",
            before=passage.before and f"{n} {passage.before}",
        )
        for n in range(number)
    ]


def test_a_ping_opens_with_the_headline_and_the_facts() -> None:
    told = list(lines(ping([news()], NOW, BASE)))
    assert told[0] == "Tern changed its Privacy Policy: AI training added and “30 days” becomes “90 days”"
    assert told[1] == (
        "Exposure: high; Touches: AI training added; Takes effect: 1 Dec 2026 (in 8 days); Seen: 23 Nov 2026, 14:02 UTC"
    )


def test_the_weightiest_passage_comes_first_and_words_are_struck_and_inserted() -> None:
    quotes = [line for line in lines(ping([news()], NOW, BASE)) if line.startswith("[") and "] " in line][:3]
    assert quotes == [
        "[Added · a new use of data · Privacy › Artificial intelligence] "
        "{+We may use your posts to train models of our own.+}",
        "[Removed · Privacy] [-We never sell your data.-]",
        "[Reworded · wider · Privacy › How long we keep things] "
        "We keep your posts for [-30-]{+90+} days. You can delete them at any time.",
    ]


@pytest.mark.parametrize(("passages", "said"), [(5, ""), (6, "1 more passage in"), (9, "4 more passages in")])
def test_at_most_five_passages_are_shown_and_the_rest_is_counted(passages: int, said: str) -> None:
    message = ping([news(1, PRIVACY, *some(ADDED, passages))], NOW, BASE)
    assert sum(isinstance(block, Quote) for block in message.blocks) == 5
    assert ("more passage" in whole(message)) is bool(said)
    assert said in whole(message)


def test_passages_of_wording_only_and_repeated_ones_are_counted_apart() -> None:
    cosmetic = replace(REWORDED, significance=Significance.COSMETIC)
    message = ping([news(1, PRIVACY, ADDED, ADDED, cosmetic, cosmetic)], NOW, BASE)
    assert sum(isinstance(block, Quote) for block in message.blocks) == 1
    assert "1 more passage and 2 passages of wording only in the redline." in whole(message)


def test_without_provisions_the_heading_says_what_it_does_to_people() -> None:
    message = ping([news(1, touches=())], NOW)
    assert message.blocks[0] == Heading(
        "Tern changed its Privacy Policy: a new use of data and “30 days” becomes “90 days”"
    )


def touch(provision: str, turn: Turn, start: int = 80, end: int = 129) -> Touch:
    """Make a touch of a provision in the cast's text."""
    found = finding(provision, Exposure.MEDIUM, start, end)
    return Touch(provision, turn, found if turn is not Turn.APPEARED else None, found)


@pytest.mark.parametrize(
    ("passages", "touches", "said"),
    [
        ((ADDED,), (touch("ai_training", Turn.REWORDED),), ": a new use of data (AI training)"),
        ((ADDED,), (touch("ai_training", Turn.APPEARED),), ": AI training added"),
        (
            (replace(ADDED, direction=Direction.UNCLEAR), REWORDED),
            (touch("ai_training", Turn.REWORDED),),
            ": “30 days” becomes “90 days” and AI training reworded",
        ),
        (
            (ADDED, replace(ADDED, after="We may rent it out.", after_start=300)),
            (touch("ai_training", Turn.REWORDED), touch("data_sale", Turn.STRENGTHENED, 301, 310)),
            ": a new use of data (AI training and Sale of data)",
        ),
        (
            (replace(ADDED, after="Tide Cloud | Storage | USA", reasons=("an entry of a table",)),),
            (touch("regional_rights", Turn.APPEARED),),
            ": adds “Tide Cloud”",
        ),
        (
            (replace(REMOVED, reasons=("contact or address", "a clause removed")),),
            (),
            ": contact or address (removes “We never sell your data.”)",
        ),
        ((replace(REMOVED, direction=Direction.UNCLEAR),), (), ": removes “We never sell your data.”"),
        ((replace(REWORDED, before="over 16, say", after="over 18, say", edits=(Edit(5, 7, 5, 7),)),), (),
         ": “over 16” becomes “over 18”"),
    ],
)  # fmt: skip
def test_the_heading_says_first_what_weighs_most(
    passages: tuple[Passage, ...], touches: tuple[Touch, ...], said: str
) -> None:
    heading = ping([news(1, PRIVACY, *passages, touches=touches)], NOW).blocks[0]
    assert heading == Heading(f"Tern changed its Privacy Policy{said}")


def test_changes_of_one_platform_share_a_message_and_its_room() -> None:
    message = ping([news(1), news(2, TERMS, *some(REMOVED, 7))], NOW, BASE)
    assert "Tern changed 2 documents" in whole(message)
    assert sum(isinstance(block, Quote) for block in message.blocks) == 5
    assert "5 more passages" in whole(message)
    assert whole(message).count("more passage") == 1


def test_the_sentence_for_notifications_says_exposure_and_the_date() -> None:
    assert ping([news()], NOW).text == (
        "Tern changed its Privacy Policy: AI training added and “30 days” becomes “90 days”. "
        "High exposure. Takes effect 1 Dec 2026 (in 8 days)."
    )


@pytest.mark.parametrize(
    ("mark", "said", "gone"),
    [
        (Mark(Deed.ACKNOWLEDGED, "U1", NOW), "✅ Acknowledged by U1, 23 Nov 2026, 14:02 UTC", "Ack"),
        (Mark(Deed.MUTED, "U1", NOW, NOW + timedelta(days=7)), "until 30 Nov 2026, 14:02 UTC", "Mute…"),
        (Mark(Deed.NOT_RELEVANT, "U1", NOW), "Marked not relevant by U1", "Not relevant"),
    ],
)
def test_the_message_shows_who_did_what_and_no_longer_offers_it(mark: Mark, said: str, gone: str) -> None:
    message = ping([replace(news(), marks=(mark,))], NOW, BASE)
    assert said in whole(message)
    assert gone not in buttons(message)


def test_without_pages_there_are_no_links_to_them() -> None:
    assert "Archived page" not in whole(ping([news()], NOW))
    assert "Archived page" in whole(ping([news()], NOW, BASE))


def test_a_date_that_is_not_known_is_left_out() -> None:
    plain = change()
    message = ping([replace(news(), change=replace(plain, difference=replace(plain.difference, effective=None)))], NOW)
    assert "Takes effect" not in whole(message)


@pytest.mark.parametrize(
    ("when", "said"),
    [(date(2026, 11, 23), "(today)"), (date(2026, 11, 24), "(tomorrow)"), (date(2026, 11, 1), "(22 days ago)")],
)
def test_days_left_are_counted_as_people_do(when: date, said: str) -> None:
    plain = change()
    message = ping([replace(news(), change=replace(plain, difference=replace(plain.difference, effective=when)))], NOW)
    assert said in whole(message)


def test_a_doubtful_repeat_says_so() -> None:
    assert "Possibly repeated" in whole(ping([news()], NOW, repeated=True))


def test_five_long_passages_stay_readable() -> None:
    long = replace(ADDED, after="We may use what you write to make our models better. " * 400)
    assert len(whole(ping([news(1, PRIVACY, *some(long, 9))], NOW, BASE))) < 6000
    assert len(WORD.findall(REWORDED.after)) < 20
