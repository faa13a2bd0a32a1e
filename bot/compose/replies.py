"""What the asker of a command gets back: confirmations, refusals, help.

Every refusal says what to do next; confirmations say what is so now, whether or not anything had to be done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.compose.lists import Row, state
from bot.compose.message import Block, Button, Buttons, Facts, Heading, Message, Note, Span, Style, Text
from bot.compose.words import ago, listed

EXAMPLES = (
    ("/watch linkedin privacy", "a ping on the day LinkedIn changes its privacy policy"),
    ("/watch all ai-training", "one provision on every platform"),
    ("/watch https://example.org/terms", "any page you can read without a login"),
    ("/changes 30d", "what changed in the last thirty days"),
    ("/digest weekly mon 09:00 Europe/Berlin", "when this channel gets its digest"),
)
SHOWN = 60  # characters of what was typed that are said back
OTHERS = "/unwatch · /watches · /provision · /compare · /timeline · /redline · /ask · /mute · /plan"


@dataclass(frozen=True, slots=True)
class Watched:
    """What a channel now watches: the words of the confirmation.

    `undo` names what to take back; `lacks` which right we lack to post there, and how to give it; `page` what a
    page of their own says it is.
    """

    what: str
    row: Row
    next_digest: str
    already: bool = False
    undo: str = ""
    place: str = "this channel"
    lacks: str = ""
    several: bool = False
    page: str = ""


def line(text: str, *buttons: Button) -> Message:
    """Say one thing."""
    return Message(text, (Text((Span(text),)), *([Buttons(buttons)] if buttons else [])))


def watching(told: Watched, now: datetime) -> Message:
    """Confirm a watch."""
    be = "are" if told.several else "is"
    verb = f"{be} watched here already" if told.already else f"{be} now watched here"
    said = f"{told.what} {verb}."
    way = "a ping on the day of a change, and the digest" if told.row.ping else "the digest only"
    facts = [("Watched", told.row.documents), *([("Page", told.page)] if told.page else [])]
    facts += [("Provisions", told.row.provisions), ("Posted in", told.place)]
    facts += [("You get", way), ("Next digest", told.next_digest)]
    look = ago(told.row.last_look, now) if told.row.last_look else "within the hour"
    facts += [("Last look" if told.row.last_look else "First look", look), ("Health", state(told.row, now))]
    row = [Button("Test post", "testpost"), Button("Settings", "settings")]
    row += [Button("Undo", "undo", told.undo, danger=True)] * bool(told.undo and not told.already)
    warning = (Text((Span(f"Nothing can be posted there yet: {told.lacks}", Style.BOLD),)),) if told.lacks else ()
    return Message(said, (Heading(said.rstrip(".")), *warning, Facts(tuple(facts)), Buttons(tuple(row))))


def unwatched(what: str, undo: str, still: str = "") -> Message:
    """Confirm that a watch is over; `still` names a watch of more that goes on telling of the same."""
    back = (Button("Undo", "undo", undo),) if undo else ()
    if still:
        return line(f"The watch of {what} has ended. What changes there is still told as a part of: {still}.", *back)
    return line(f"Nothing more about {what} will be posted here.", *back)


def help_text(about: str = "", meant: Sequence[Button] = ()) -> Message:
    """Give five examples. `about` is said first, when something was not understood; `meant` may have been meant."""
    blocks: tuple[Block, ...] = (_examples(EXAMPLES), Note((Span(f"Also: {OTHERS}. Examples of each: /help watch"),)))
    first = (Text((Span(about),)),) if about else ()
    blocks += (Buttons(tuple(meant)),) if meant else ()
    return Message(about or "Five things to type.", (*first, Heading("Five things to type"), *blocks))


def help_on(name: str, purpose: str, examples: Sequence[tuple[str, str]], who: str = "") -> Message:
    """Say what one command is for, with examples; `who` says whose command it is, where that matters."""
    said = f"/{name}: {purpose}."
    note = (Note((Span(who),)),) if who else ()
    return Message(said, (Heading(f"/{name}"), Text((Span(f"{purpose}."),)), _examples(examples), *note))


def _examples(examples: Sequence[tuple[str, str]]) -> Text:
    spans: list[Span] = []
    for command, meaning in examples:
        spans += [Span("\n")] * bool(spans) + [Span(command, Style.CODE), Span(f"  {meaning}")]
    return Text(tuple(spans))


def which(question: str, choices: Sequence[Button], how: str) -> Message:
    """Ask which one is meant, with a button for each, and say how to type it."""
    rows = tuple(Buttons(tuple(choices[start : start + 5])) for start in range(0, len(choices), 5))
    return Message(question, (Text((Span(question),)), Note((Span(how),)), *rows))


def unknown(kind: str, typed: str, nearest: Sequence[str], how: str, meant: Sequence[Button] = ()) -> Message:
    """Say that a name is not known, which are near it, and another way; `meant` asks again with one of them."""
    shown = typed if len(typed) <= SHOWN else f"{typed[:SHOWN]}…"
    said = f"No {kind} is called “{shown}”."
    if nearest:
        said += f" Did you mean {listed(list(nearest), joint='or')}?"
    row = (Buttons(tuple(meant[:5])),) if meant else ()
    return Message(said, (Text((Span(said),)), Note((Span(how),)), *row))


def refused(reason: str, remedy: str) -> Message:
    """Refuse with the reason and who can change it."""
    return Message(f"{reason} {remedy}", (Text((Span(reason),)), Note((Span(remedy),))))
