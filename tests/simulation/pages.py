"""The made-up platforms' pages: what an edition of a document says, and what becomes of it from one to the next.

Words of our own; every edition that matters carries a number nobody else has, so that a person could tell it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FILLER = (
    "{name} runs a place to share postcards with people you know, and these words say what you may expect of it.",
    "When you open an account you give us a name to be called by and an address where letters reach you.",
    "You may close your account on any day, and we answer letters about it within a few working days.",
    "We show your postcards only to the people you have chosen, in the order in which they were written.",
    "Our offices are in a small harbour town, and our support answers on weekdays between nine and five.",
    "If we ever move to other offices, this page will name the new address before any letter gets lost.",
    "Paper postcards are printed by us and carried by the post of the country where they are dropped.",
    "Stamps that were bought here can be given back as long as they were never put on a card.",
    "Cards that cannot be carried come back to you, and nothing is charged for the way home.",
    "Please write to us in your own language; somebody here will read it and find the words to answer.",
)


@dataclass(frozen=True, slots=True)
class Edition:
    """What a document says from a moment on. `number` is its own; `look` counts changes of mere appearance."""

    number: int
    trains: bool = False
    effective: date | None = None
    look: int = 0

    def page(self, name: str) -> bytes:
        """Return the page as it is served."""
        paragraphs = [words.format(name=name) for words in FILLER]
        paragraphs.insert(4, f"We keep your photographs for {self.number} days after you have closed your account.")
        if self.trains:
            words = "We may use your photographs and postcards to train our artificial intelligence models."
            paragraphs.insert(7, words)
        if self.effective:
            day = f"{self.effective:%B} {self.effective.day}, {self.effective.year}"
            paragraphs.insert(0, f"These terms take effect on {day}.")
        body = "".join(f"<p>{words}</p>" for words in paragraphs)
        menu = "".join(f'<a href="/{n}-{self.look}">Menu {n}</a>' for n in range(3))
        return f"<html><nav>{menu}</nav><main><h1>Terms of {name}</h1>{body}</main></html>".encode()

    @property
    def etag(self) -> str:
        """Return the server's own name for this edition."""
        return f'"{self.number}.{self.look}"'


def matters(before: Edition, after: Edition) -> bool:
    """Tell whether a reader must be told of the step from one edition to another."""
    return before.number != after.number


def turns_training(before: Edition, after: Edition) -> bool:
    """Tell whether the step touches what is said about training models."""
    return before.trains != after.trains


def announces(before: Edition, after: Edition) -> date | None:
    """Return the day a step announces that it takes effect on."""
    return after.effective if after.effective != before.effective else None
