"""What is told and what became of it: deliveries, their states, and what a digest holds.

Values only; the rules of who is told what are in `outbox`, those of sending and settling in `ledger`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.audience.audience import Channel
from watchers.model import Change

SET_APART = "@"
"""Stands in a subject between what it is about and what tells it from another about the same."""

UNWATCHED = "no longer watched"
NOT_FOUND = "no longer watched, and not found where it may have arrived"
MUTED = "muted before it was told"
OUTDATED = "it may have arrived, is not found, and would be no news any more"
CLOSED = "the channel was closed too long"
LEFT = (UNWATCHED, NOT_FOUND, MUTED, OUTDATED, CLOSED)
"""Why deliveries are dead although nothing failed: people did not want them any more, or could not be reached."""


class Kind(StrEnum):
    """What a delivery is about, and so what its `subject` names."""

    PING = "ping"  # a change
    DIGEST = "digest"  # the local day of the slot; where a clock that ran ahead brought it, its number too
    BLIND = "blind"  # a document, and since when it cannot be read
    RECOVERED = "recovered"  # the same
    OFFLINE = "offline"  # since when this installation cannot reach the internet: the operator's
    ONLINE = "online"  # the same
    RECALL = "recall"  # a change that takes effect tomorrow
    NOTICE = "notice"  # a sentence for the people of the channel, in `words`


class State(StrEnum):
    """Where a delivery stands. `sending` is written before anything is sent."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    UNCERTAIN = "uncertain"  # it may have arrived: look for its receipt before sending again
    PAUSED = "paused"  # the channel refuses for good until somebody acts
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing a channel is to be told.

    `state` is the state it was claimed from: UNCERTAIN means that a receipt must be looked for first.
    `companions` are further pings about the same platform that the same message carries; settling
    this one settles them. `words` are what a notice says, or why a document cannot be read; `reason` is why
    the delivery itself has not arrived. A digest runs from `since` to `until` and is `late` after downtime.
    """

    id: int
    channel: Channel
    kind: Kind
    subject: str
    state: State
    platform: str = ""
    attempts: int = 0
    due_at: datetime | None = None
    created_at: datetime | None = None
    receipt: str = ""
    reason: str = ""
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None
    late: bool = False
    companions: tuple[Delivery, ...] = ()
    settled_at: datetime | None = None

    @property
    def document(self) -> str:
        """Return the document a blind or recovered news is about."""
        return self.subject.rpartition(SET_APART)[0]

    @property
    def day(self) -> date:
        """Return the local day of the slot a digest is for."""
        return date.fromisoformat(self.subject.partition(SET_APART)[0])


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived; the chat's receipt is kept so that the message can be edited and found."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Retry:
    """It did not arrive; it is tried again at a time the chat or our own patience sets."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Nobody knows whether it arrived; the receipt is looked for at `at`."""

    reason: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """The chat refuses until somebody acts; the channel rests with all that is due to it.

    `doubtful`: this one may have arrived before, so its receipt is looked for when the channel opens again.
    """

    reason: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Dead:
    """It will never be sent; the operator is told. `doubtful`: it may have arrived."""

    reason: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """It may have been sent, is not to be found, and people want it no more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Silent:
    """There was nothing to say, and the channel wants no line about that."""

    reason: str = "nothing to tell"


Outcome = Sent | Retry | Uncertain | Paused | Dead | Dropped | Silent


@dataclass(frozen=True, slots=True)
class Told:
    """A change in a digest, and what the channel already knows of it. Empty times: no ping, or no ack."""

    change: Change
    pinged_at: datetime | None = None
    acked_by: str = ""
    acked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Blindness:
    """A document that cannot be read, why, and since when."""

    document: str
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class DigestContent:
    """What a channel is due: changes in order of time, documents that could not be read, and counts.

    `repeated`: it takes the place of a digest that was given up although it may have arrived.
    """

    since: datetime
    until: datetime
    told: tuple[Told, ...]
    blind: tuple[Blindness, ...]
    documents: int  # how many documents the channel watches
    repeated: bool = False
    never: int = 0  # of them, those that were never read and are not among the blind
    missed: int = 0  # of them, those that were read before, and not at their last look


@dataclass(frozen=True, slots=True)
class Ack:
    """Who took note of a delivery, and when."""

    delivery: int
    person: str
    at: datetime
