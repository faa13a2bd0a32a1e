"""Every example that help shows is understood, down to its last word."""

import pytest

from bot.chats.port import Place, Request
from bot.chats.verbs import NAMED, VERBS
from bot.commands.commands import TABLE, bare
from bot.commands.examples import ALIASES, EXAMPLES
from bot.commands.order import Names, understand
from bot.commands.reading import GRADES
from bot.commands.refusing import DOCUMENTS
from bot.commands.rhythm import slot_of
from bot.commands.watching import DIGEST_ONLY
from bot.compose.replies import EXAMPLES as FIRST
from storage.audience.audience import Slot
from watchers.catalogue import find_type, load

NAMES = Names(load())
SHOWN = [command for examples in EXAMPLES.values() for command, _ in examples] + [command for command, _ in FIRST]
NO_ORDERS = {"digest", "settings", "help", "ask"}  # read by rules of their own
ALONE = {"watches", "plan", "testpost"}


def read(line: str) -> Request:
    return bare(Request(Place("console", "local", "here"), "you", *line.partition(" ")[::2]))


def test_every_command_people_are_shown_has_examples_and_no_other() -> None:
    assert set(EXAMPLES) == {verb.name for verb in VERBS}
    assert set(ALIASES.values()) <= set(TABLE)


@pytest.mark.parametrize("command", sorted(EXAMPLES))
def test_an_example_is_one_of_its_own_command(command: str) -> None:
    assert {read(line).command for line, _ in EXAMPLES[command]} == {command}


@pytest.mark.parametrize("line", [line for line in SHOWN if read(line).command not in NO_ORDERS])
def test_nothing_in_an_example_is_strange(line: str) -> None:
    asked = read(line)
    order = understand(asked.words, NAMES)
    assert set(order.unknown) <= {*DIGEST_ONLY, *GRADES}
    assert bool(asked.words) or asked.command in ALONE | {"changes", "unwatch"}
    assert asked.command != "redline" or order.platform


@pytest.mark.parametrize("line", [line for line in SHOWN if read(line).command == "digest"])
def test_a_time_in_an_example_is_a_time(line: str) -> None:
    assert read(line).words in {"", "now"} or isinstance(slot_of(read(line).words, Slot()), Slot)


def test_other_examples_are_words_their_commands_take() -> None:
    assert {read(line).words for line, _ in EXAMPLES["settings"]} == {
        "",
        "pings all",
        "admins",
        "everyone",
        "links 365 days",
    }
    assert all(not words or words in NAMED for words in (read(line).words for line, _ in EXAMPLES["help"]))
    assert all(understand(read(line).words, NAMES).platform for line, _ in EXAMPLES["ask"])


@pytest.mark.parametrize("word", sorted(DOCUMENTS))
def test_a_document_that_is_suggested_is_known(word: str) -> None:
    assert find_type(word)
