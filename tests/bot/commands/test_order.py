"""What people type is understood in any spelling, and nothing they type breaks anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.order import Names, Order, span_of, understand
from tests.bot.cast import KITE, TERN

NAMES = Names((TERN, KITE))


def read(words: str) -> Order:
    return understand(words, NAMES)


@pytest.mark.parametrize("words", ["tern", "TERN", "birdsite", "“Tern”", "tern,", " tern  "])
def test_a_platform_is_known_by_any_of_its_names(words: str) -> None:
    assert read(words).platform == TERN


@pytest.mark.parametrize("words", ["kite mail", "kite-mail", "Kite Mail terms", "KITE MAIL, terms"])
def test_names_of_several_words_are_read_whole(words: str) -> None:
    assert read(words).platform == KITE
    assert read(words).unknown == ()


@pytest.mark.parametrize("spelling", ["ai-training", "AI training", "ai_training", "AITraining", "train ai"])
def test_provisions_are_known_in_any_spelling(spelling: str) -> None:
    assert read(f"tern {spelling}").provisions == ("ai_training",)


@pytest.mark.parametrize(
    ("words", "types"),
    [
        ("tern privacy", ("Privacy Policy",)),
        ("tern privacy policy", ("Privacy Policy",)),
        ("tern terms", ("Terms of Service",)),
        ("tern terms privacy", ("Terms of Service", "Privacy Policy")),
        ("tern all", ()),
    ],
)
def test_documents_are_named_by_everyday_words(words: str, types: tuple[str, ...]) -> None:
    assert read(words).types == types
    assert {document.type for document in read(words).documents()} == set(
        types or ("Privacy Policy", "Terms of Service")
    )


def test_one_provision_can_be_watched_everywhere() -> None:
    order = read("all ai-training")
    assert (order.every, order.platforms, order.provisions) == (True, (), ("ai_training",))


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("https://kite.example/terms", "https://kite.example/terms"),
        ("<https://kite.example/terms|kite.example/terms>", "https://kite.example/terms"),
        ("tern <https://kite.example/terms>", "https://kite.example/terms"),
        ("kite.example/terms.", "https://kite.example/terms"),
        ("HTTPS://kite.example/a?b=c#d", "HTTPS://kite.example/a?b=c#d"),
        ("tern", ""),
    ],
)
def test_an_address_is_found_however_the_chat_writes_it(words: str, address: str) -> None:
    assert read(words).address == address


@pytest.mark.parametrize(("words", "days"), [("7d", 7), ("2 weeks", 14), ("1m", 30), ("30 days", 30), ("soon", None)])
def test_spans_of_time_are_read_as_days(words: str, days: int | None) -> None:
    assert span_of(words) == days
    assert read(f"tern {words}").days == days


def test_what_nobody_understood_comes_back_as_typed() -> None:
    assert read("tren mail ai-training blah").unknown == ("tren mail", "blah")


def test_all_after_an_unknown_platform_means_its_documents() -> None:
    assert read("tren all").every is False
    assert read("ai-training all").every is True


def test_the_page_is_read() -> None:
    assert (read("tern 30d page 3").page, read("tern").page) == (3, 1)


@given(st.text(max_size=400))
def test_nothing_typed_raises(words: str) -> None:
    order = read(words)
    assert order.page >= 1


@given(st.text(alphabet="tern kite mail-ai7d<>|:/.,@#!`*", max_size=200))
def test_nothing_typed_near_the_grammar_raises(words: str) -> None:
    read(words)
