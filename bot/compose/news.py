"""A change with the names and addresses people know it by: what pings, digests and lists are composed of.

Derived facts only; nothing is laid out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.compose.words import ORDER, graver, listed, title_of
from watchers.comparing import substance
from watchers.comparing.bearing import of_change
from watchers.comparing.summary import SAID, in_its_words, top_passages
from watchers.model import Bearing, Change, Direction, Document, Passage, Platform, Significance, Tier, Touch, Turn
from watchers.provisions import taxonomy
from watchers.provisions.weighing import touching

TURNS = {
    Turn.APPEARED: "added",
    Turn.LEFT: "removed",
    Turn.STRENGTHENED: "widened",
    Turn.WEAKENED: "narrowed",
    Turn.REWORDED: "reworded",
    Turn.MOVED: "moved",
}

#: Who is answerable and on what ground is neither more nor less: it is another.
NOT_MEASURED = frozenset({"contact_dpo", "legal_basis", "regional_rights"})
MEASURED = frozenset({Turn.STRENGTHENED, Turn.WEAKENED})

#: Directions that say something by themselves; narrower and wider only beside the words.
SAID_ALONE = frozenset(SAID) - {Direction.NARROWER, Direction.WIDER, Direction.LONGER, Direction.SHORTER}
WORDS = frozenset(SAID[direction] for direction in SAID_ALONE)
#: A row that only names something has at most this many words; its first cell is quoted with this many letters.
ENTRY_WORDS, LONGEST_ENTRY = 15, 60
_NEXT_WORD = re.compile(r"\s*[^\W\d_]+")
_WORDS_BEFORE = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]++ ){1,2}$")
#: What a passage is about is said before it is quoted; a quotation in a heading has at most so many letters.
ABOUT, EXCERPT = frozenset({substance.CONTACT, substance.ENTITY, substance.AGE}), 60
IN_HEADING = 2  # facts that a heading names; the others are told below it


class Deed(StrEnum):
    """What a person did about a ping."""

    ACKNOWLEDGED = "acknowledged"
    MUTED = "muted"
    NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True, slots=True)
class Mark:
    """Who did what about a change, shown on its message. `until` is the end of a mute."""

    deed: Deed
    person: str
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """One change as a channel is told it. `told` says that its ping was already posted there.

    `undone` is when the earlier words were back, learned after the change was told.
    """

    change: Change
    platform: Platform
    document: Document
    told: bool = False
    marks: tuple[Mark, ...] = ()
    undone: datetime | None = None

    @property
    def title(self) -> str:
        """Return the platform's and the document's name together."""
        return full_title(self.platform, self.document)

    @property
    def source(self) -> str:
        """Return the address of the watched page."""
        return self.document.parts[0].address if self.document.parts else ""

    @property
    def exposure(self) -> str:
        """Return the highest exposure among the provisions touched, or nothing where none was."""
        found = ""
        for touch in self.change.touches:
            finding = touch.after or touch.before
            found = graver(found, finding.exposure.value if finding else "")
        return found

    @property
    def doubt(self) -> str:
        """Return what stands against a change that is only possibly substantive, in words; empty where it is sure."""
        ruling = self.change.difference.ruling
        return ruling.doubt if ruling and self.change.difference.tier is Tier.DIGEST else ""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Return the passages worth reading, the weightiest first; those of wording only where there are no others."""
        every = self.change.difference.passages
        return top_passages(self.change.difference, len(every)) or every

    @property
    def wording(self) -> int:
        """Return how many further passages only change the wording."""
        every = self.change.difference.passages
        grave = sum(passage.significance is Significance.SUBSTANTIVE for passage in every)
        return len(every) - grave if grave else 0

    def beyond(self, shown: int) -> int:
        """Return how many passages that matter are not among the first `shown`; repeated ones count."""
        return len(self.change.difference.passages) - self.wording - shown

    @property
    def bearing(self) -> str:
        """Return whether readers are worse or better off, or nothing where it is neither or not known."""
        found = of_change(self.change.difference, self.change.touches)
        return found.value if found and found is not Bearing.NEUTRAL else ""

    @property
    def touched(self) -> tuple[str, ...]:
        """Return what became of each provision, the gravest first."""
        moved = (touch for touch in self.change.touches if touch.turn is not Turn.MOVED)
        return tuple(dict.fromkeys(map(_of_touch, sorted(moved, key=_grave))))

    @property
    def facts(self) -> tuple[str, ...]:
        """Return what the change comes to in a few words each, the weightiest first."""
        grave = self.change.difference.significance is Significance.SUBSTANTIVE
        return facts_of(self.change.touches, self.passages if grave else ())

    @property
    def heading(self) -> str:
        """Say in a line what changed: the one sentence that was made when it was seen, wherever it is told."""
        return self.change.headline or self.named

    @property
    def named(self) -> str:
        """Name the document and what became of its provisions, for changes that were kept without a sentence."""
        verb = "rolled back" if rolled_back(self.change) else "changed"
        said = f": {listed(self.facts, most=IN_HEADING)}" if self.facts else ""
        return f"{self.platform.name} {verb} its {title_of(self.document)}{said}"


def rolled_back(change: Change) -> bool:
    """Tell whether a change brings earlier words back."""
    return any("rolled back" in reason for reason in change.difference.reasons)


def full_title(platform: Platform, document: Document) -> str:
    """Name a document with its platform ("LinkedIn Privacy Policy")."""
    return f"{platform.name} {title_of(document)}"


def provision_title(provision: str) -> str:
    """Name a provision as the taxonomy does."""
    known = taxonomy.PROVISIONS.get(provision)
    return known.title if known else provision.replace("_", " ").capitalize()


def facts_of(touches: Sequence[Touch], passages: Sequence[Passage]) -> tuple[str, ...]:
    """Say what a change comes to ("AI training added", "a new use of data (AI training)"), the weightiest first.

    `passages` come the weightiest first. A provision that only moved is left out; one whose passage is not among
    them comes after the others, and one that was only reworded last.
    """
    left = sorted((touch for touch in touches if touch.turn is not Turn.MOVED), key=_grave)
    did: dict[str, list[str]] = {}
    reworded: list[str] = []
    for passage in passages:
        here = [*touching(left, passage)]
        left = [touch for touch in left if touch not in here]
        for said, about in _of_passage(passage, here):
            did.setdefault(said, []).extend(about)
        if passage.direction not in SAID_ALONE and not _is_entry(passage):
            reworded += [_of_touch(touch) for touch in here if touch.turn is Turn.REWORDED]
    for touch in left:
        (reworded if touch.turn is Turn.REWORDED else did.setdefault(_of_touch(touch), [])).append(_of_touch(touch))
    facts = [f"{said} ({listed(about, most=2)})" if about and said in WORDS else said for said, about in did.items()]
    return tuple(dict.fromkeys([*facts, *reworded])) or tuple(map(_quoted, passages[:1]))


def _quoted(passage: Passage) -> str:
    """Say a passage in its own words where nothing else is known of it, and what they are about if that is known."""
    about = next((reason for reason in passage.reasons if reason in ABOUT), "")
    quoted = in_its_words(passage, EXCERPT)
    return f"{about} ({quoted})" if about else quoted


def _of_passage(passage: Passage, touches: Sequence[Touch]) -> Iterator[tuple[str, list[str]]]:
    """Say what a passage does, and to which provisions: an entry, a number, what it does to people, what came."""
    if _is_entry(passage):
        yield f"{'adds' if passage.after else 'removes'} “{_entry(passage)}”", []
        return
    if number := _number(passage):
        yield number, []
    came = [touch for touch in touches if touch.turn in (Turn.APPEARED, Turn.LEFT)]
    stayed = [touch for touch in touches if touch not in came]
    if passage.direction not in SAID_ALONE:
        yield from ((_of_touch(touch), []) for touch in came)
        yield from ((_of_touch(touch), []) for touch in stayed if touch.turn is not Turn.REWORDED)
        return
    if stayed or not touches:  # before what came with it: a promise taken away weighs more than the choice put there
        yield (
            SAID[passage.direction],
            [provision_title(touch.provision) for touch in sorted(stayed, key=_exposure)],
        )
    yield from ((_of_touch(touch), []) for touch in came)


def _of_touch(touch: Touch) -> str:
    turn = "changed" if touch.provision in NOT_MEASURED and touch.turn in MEASURED else TURNS[touch.turn]
    return f"{provision_title(touch.provision)} {turn}"


def _is_entry(passage: Passage) -> bool:
    """Tell whether a passage is a short row of a table that came or went: it names something, and rules nothing."""
    return substance.ROW in passage.reasons and len((passage.after or passage.before).split()) <= ENTRY_WORDS


def _entry(passage: Passage) -> str:
    """Return the first cell of a row, verbatim."""
    cell = (passage.after or passage.before).strip("| ").split(" | ")[0]
    return cell if len(cell) <= LONGEST_ENTRY else cell[:LONGEST_ENTRY].rsplit(" ", 1)[0] + " …"


def _number(passage: Passage) -> str:
    """Quote the one number that became another, with the word it counts, or nothing."""
    if len(passage.edits) != 1:
        return ""
    (edit,) = passage.edits
    gone, come = passage.before[edit.a0 : edit.a1].strip(), passage.after[edit.b0 : edit.b1].strip()
    if not (gone.isdigit() and come.isdigit()):
        return ""
    return f"“{_counted(passage.before, edit.a0, edit.a1)}” becomes “{_counted(passage.after, edit.b0, edit.b1)}”"


def _counted(text: str, start: int, end: int) -> str:
    """Return a number with the word it counts, or else with the two words before it; always a verbatim slice."""
    word = _NEXT_WORD.match(text, end)
    if word:
        return text[start : word.end()].strip()
    lead = _WORDS_BEFORE.search(text, 0, start)
    return text[lead.start() if lead else start : end].strip()


def _grave(touch: Touch) -> tuple[bool, int]:
    return touch.turn is Turn.REWORDED, _exposure(touch)


def _exposure(touch: Touch) -> int:
    finding = touch.after or touch.before
    return ORDER[finding.exposure.value] if finding else 3
