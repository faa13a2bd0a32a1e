"""What cannot be read is told in one message, which says what is, what is not, and nothing that never was."""

from datetime import timedelta

from bot.compose.incident import Unseen, offline, online, unseen
from tests.bot.cast import BASE, NOW, PRIVACY, TERMS, TERN
from tests.bot.reading import whole

SINCE = NOW - timedelta(days=3)
WALL = "the site asks for a login"


def test_blindness_is_said_to_be_no_change_and_recovery_ends_it() -> None:
    message = unseen(TERN, (Unseen(PRIVACY, SINCE, WALL),), NOW, BASE)
    assert message.text == "Tern Privacy Policy cannot be read since 20 Nov 2026: the site asks for a login."
    assert "This is not a change of the document." in whole(message)
    assert "Last version read" in whole(message)
    again = unseen(TERN, (Unseen(PRIVACY, SINCE, WALL, NOW),), NOW, BASE)
    assert again.text == "Tern Privacy Policy can be read again, after 3 days."


def test_a_document_that_was_never_read_has_no_last_version() -> None:
    said = whole(unseen(TERN, (Unseen(PRIVACY, SINCE, WALL, read=False),), NOW, BASE))
    assert "It has never been read" in said
    assert "Last version read" not in said
    assert "stands" not in said


def test_documents_of_a_platform_share_a_message_that_names_each() -> None:
    both = (Unseen(PRIVACY, SINCE, WALL, NOW), Unseen(TERMS, SINCE, "the page came cut off"))
    message = unseen(TERN, both, NOW, BASE)
    assert message.text == "Tern: 1 document cannot be read."
    assert "Privacy Policy can be read again, after 3 days." in whole(message)
    assert "cannot be read since 20 Nov 2026, 14:02 UTC: the page came cut off." in whole(message)
    ended = unseen(TERN, tuple(Unseen(one.document, SINCE, WALL, NOW) for one in both), NOW, BASE)
    assert ended.text == "Tern: 2 documents can be read again."


def test_our_own_outage_says_whose_it_is_and_what_to_do() -> None:
    said = whole(offline(SINCE, "x.example: the name is not known, or name service is down"))
    assert "Clausewatch cannot reach the internet since" in said
    assert "No channel is told" in said
    assert "behind a proxy, set PROXY" in said
    assert "after 3 days" in online(SINCE, NOW).text
