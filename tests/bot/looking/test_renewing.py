"""After our rules moved, findings are renewed once a document, and nobody hears of it."""

from __future__ import annotations

import pytest

from bot.examining.aside import Aside
from bot.looking import renewing
from bot.looking.renewing import Renewing
from tests.bot.conftest import FIRST, World
from watchers.model import Look, Outcome, Reading
from watchers.provisions.again import stamp
from watchers.provisions.recogniser import recognise

DOCUMENT, TYPE = "tern/privacy-policy", "Privacy Policy"


async def _read(world: World, recognised: str) -> str:
    """Let a document be read for the first time, with nothing found in it, by some rules."""
    (document,) = [each for one in await world.archive.platforms() for each in one.documents if each.type == TYPE][:1]
    at = world.clock()
    world.clock.pass_by(hours=1)
    await world.archive.record(
        Look(document.id, at, Outcome.FIRST, reading=Reading(FIRST, language="en"), recognised=recognised)
    )
    latest = await world.archive.latest(document.id)
    assert latest is not None
    return latest.id


async def test_what_other_rules_found_is_found_anew_once(world: World) -> None:
    version = await _read(world, "rules of May")
    renewal = Renewing(world.archive, Aside())
    assert not renewal.done
    await renewal.go_on()
    assert renewal.done
    assert await world.archive.findings(version) == recognise(FIRST, doc_type=TYPE, language="en")
    assert await world.archive.recognised(version) == stamp(TYPE, "en")
    assert await world.tell(hours=1) == ()


async def test_what_these_rules_found_is_left_alone(world: World) -> None:
    version = await _read(world, stamp(TYPE, "en"))
    await Renewing(world.archive, Aside()).go_on()
    assert await world.archive.findings(version) == ()


async def test_a_few_documents_are_gone_through_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await _read(world, "rules of May")
    monkeypatch.setattr(renewing, "AT_ONCE", 0)
    renewal = Renewing(world.archive, Aside())
    await renewal.go_on()
    assert not renewal.done
