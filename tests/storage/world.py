"""A little world to store: a platform, its documents, pages, looks and places. Words of our own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from storage.archive.archive import Archive
from storage.archive.models import table
from storage.archive.versions import Memory
from storage.audience.models import SecretRow
from storage.audience.store import Audience
from storage.database.connection import Database
from storage.deliveries.delivery import Delivery, Kind
from storage.deliveries.ledger import Ledger
from watchers.model import (
    Difference,
    Document,
    Exposure,
    Finding,
    Look,
    Outcome,
    Part,
    Passage,
    PassageKind,
    Platform,
    Reading,
    Significance,
    Snapshot,
    Stance,
    Touch,
    Turn,
    Validators,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
MEMORY = Memory(
    lambda text: hashlib.sha256(text.encode()).hexdigest()[:16],
    lambda text: frozenset(len(sentence) for sentence in text.split(".")),
)


@dataclass(frozen=True)
class Place:
    """A place as a chat names it."""

    chat: str = "console"
    workspace: str = "home"
    channel: str = "general"


@dataclass(frozen=True)
class World:
    """The store with all its doors."""

    database: Database
    archive: Archive
    ledger: Ledger
    audience: Audience


def after(**span: float) -> datetime:
    return NOON + timedelta(**span)


def document(identity: str = "birdsong/privacy-policy", *, parts: int = 1, owner: str = "") -> Document:
    platform, _, kind = identity.partition("/")
    pages = tuple(Part(f"https://{platform}.example/{kind}/{number}") for number in range(parts))
    return Document(identity, platform, kind.replace("-", " ").title(), pages, owner=owner)


def platform(*documents: Document, identity: str = "birdsong") -> Platform:
    return Platform(identity, identity.title(), (f"{identity}-app",), "social", documents or (document(),))


def page(words: str, at: datetime = NOON, *, number: int = 0, of: str = "birdsong/privacy-policy") -> Snapshot:
    address = document(of, parts=number + 1).parts[number].address
    return Snapshot(address, address, 200, (("content-type", "text/html"),), "text/html", words.encode(), at)


async def keep_secret(database: Database, name: str, expires_at: datetime | None = None) -> None:
    """Keep a secret as earlier releases did."""
    row = {"workspace": "console:home", "name": name, "sealed": b"x", "kept_at": NOON, "expires_at": expires_at}
    async with database.write() as connection:
        await connection.execute(insert(table(SecretRow)).values(row))


def finding(text: str, words: str, provision: str = "ai_training", exposure: Exposure = Exposure.HIGH) -> Finding:
    start = text.index(words)
    return Finding(provision, start, start + len(words), Stance.DOES, exposure, 0.9, start, start + 4, words[:4])


def first(text: str, at: datetime = NOON, *, of: str = "birdsong/privacy-policy", **more: object) -> Look:
    return look(Outcome.FIRST, at, of=of, snapshots=(page(f"<p>{text}", at, of=of),), reading=Reading(text), **more)


def changed(
    text: str,
    at: datetime,
    *,
    of: str = "birdsong/privacy-policy",
    touches: tuple[Touch, ...] = (),
    significance: Significance = Significance.SUBSTANTIVE,
    effective: object = None,
    **more: object,
) -> Look:
    passage = Passage(PassageKind.ADDED, "", text, -1, 0, weight=1.0)
    difference = Difference(True, False, significance, ("words were added",), (passage,), effective)  # type: ignore[arg-type]
    return look(
        Outcome.CHANGED,
        at,
        of=of,
        snapshots=(page(f"<p>{text}", at, of=of),),
        reading=Reading(text),
        difference=difference,
        touches=touches,
        headline="Birdsong changed its Privacy Policy",
        **more,
    )


def look(outcome: Outcome, at: datetime, *, of: str = "birdsong/privacy-policy", **more: object) -> Look:
    given = {"next_look": at + timedelta(hours=1), "validators": (Validators('"1"', ""),), **more}
    return Look(of, at, outcome, **given)  # type: ignore[arg-type]


def touch(provision: str = "ai_training", turn: Turn = Turn.APPEARED) -> Touch:
    return Touch(provision, turn)


PRIVACY, TERMS = "birdsong/privacy-policy", "birdsong/terms"


async def told(world: World, at: float = 1) -> list[tuple[Kind, str]]:
    return [(delivery.kind, delivery.channel.foreign) for delivery in await world.ledger.claim(after(hours=at), 99)]


async def claim_one(world: World, at: float = 1) -> Delivery:
    (delivery,) = await world.ledger.claim(after(hours=at), 99)
    return delivery
