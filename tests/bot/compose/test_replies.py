"""What the asker gets back, in words."""

from datetime import timedelta

import pytest

from bot.compose import lists, replies, sight
from bot.compose.lists import Row
from tests.bot.cast import BASE, NOW, news
from tests.bot.reading import buttons, lines, whole

ROW = Row(1, "Tern", "Privacy Policy", "any change", True, NOW - timedelta(hours=2), NOW - timedelta(days=40))


def test_a_confirmed_watch_says_what_where_and_when_next() -> None:
    told = replies.Watched("Tern Privacy Policy", ROW, "Mon 30 Nov 2026, 09:00 CET", undo="unwatch 1")
    message = replies.watching(told, NOW)
    assert "Tern Privacy Policy is now watched here." in message.text
    assert "Next digest: Mon 30 Nov 2026, 09:00 CET; Last look: 2 hours ago; Health: good" in whole(message)
    assert list(buttons(message)) == ["Test post", "Settings", "Undo"]


def test_a_watch_that_was_there_already_is_said_to_be_and_not_undone() -> None:
    message = replies.watching(replies.Watched("Tern", ROW, "", already=True, undo="unwatch 1"), NOW)
    assert "is watched here already" in message.text
    assert "Undo" not in buttons(message)


def test_the_table_of_watches_names_health_before_mutes() -> None:
    blind = Row(2, "Kite Mail", "all", "any change", False, None, None, "asks for a login", NOW + timedelta(days=7))
    message = lists.watches([ROW, blind], NOW, "Next digest: Monday.")
    assert "Tern | Privacy Policy | any change | 2 hours ago | 14 Oct 2026 | good" in whole(message)
    assert "not yet | none yet | asks for a login; muted until 30 Nov 2026; digest only" in whole(message)


def test_watches_beyond_a_page_are_counted() -> None:
    assert "3 more" in buttons(lists.watches([ROW] * 13, NOW, ""))


def test_changes_are_listed_with_a_button_for_the_rest() -> None:
    message = lists.changes([news(n) for n in range(10)], 34, 2, "", NOW, BASE, "30d", " in the last 30 days")
    assert "34 changes in the last 30 days (11 to 20)" in whole(message)
    assert buttons(message)["14 more"].value == "30d page 3"
    assert buttons(message)["Newer"].value == "30d page 1"


def test_help_is_five_examples() -> None:
    assert sum(line.count("/") for line in lines(replies.help_text()) if "linkedin" in line) >= 5


def test_an_unknown_name_gets_its_neighbours_and_another_way() -> None:
    message = replies.unknown("platform", "Tren", ("Tern", "Kite Mail"), "Any page can be watched by its address.")
    assert message.text == "No platform is called “Tren”. Did you mean Tern or Kite Mail?"


@pytest.mark.parametrize(("health", "said"), [("login_wall", "asks for a login"), ("", "gone"), ("odd", "gone")])
def test_blindness_is_told_in_words(health: str, said: str) -> None:
    assert said in sight.why(health, "the page is gone")


def test_a_recall_gives_the_days_left() -> None:
    message = sight.recall(news(), NOW + timedelta(days=7), BASE)
    assert message.text == "Tern Privacy Policy: the change announced on 23 Nov 2026 takes effect tomorrow."


def test_a_paused_channel_keeps_its_watches() -> None:
    message = sight.paused("C1", "the channel was archived", ("Tern", "Kite Mail"), "Unarchive it, then /watches.")
    assert (
        "Nothing can be posted in C1: the channel was archived. What is watched there is paused, not deleted: Tern and"
        in whole(message)
    )


def test_a_greeting_offers_three_things_to_try() -> None:
    assert len([line for line in whole(sight.greeting()).split("\n") if line[:2] in {"1.", "2.", "3."}]) == 3
