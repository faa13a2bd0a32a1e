"""Vitals: an installation says what is wrong with it, and nothing when all is well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from httpx import ASGITransport, AsyncClient

from bot.monitoring.vitals import Vitals, in_words
from bot.process.web import vital_routes, web_app
from bot.worlds.demo import PRIVACY
from storage.deliveries.delivery import State
from tests.bot.test_path import opened

WELL = Vitals(timedelta(0), timedelta(0), {State.SENT: 3}, (), ())


def test_nothing_is_said_when_all_is_well() -> None:
    assert WELL.complaints == ()
    assert WELL.ready


def test_what_is_gravest_is_said_first() -> None:
    late = Vitals(timedelta(hours=5), timedelta(minutes=20), {State.DEAD: 5, State.PAUSED: 1}, (), (), given_up=2)
    assert late.complaints == (
        "2 deliveries given up within a week: nobody got what was wanted",
        "deliveries wait since 20 minutes",
        "looks are late by 5 hours",
        "1 delivery resting in channels that refuse them",
    )
    assert not late.ready


def test_spans_are_written_in_their_largest_unit() -> None:
    assert [in_words(timedelta(seconds=s)) for s in (0, 1, 90, 7200, 172800)] == [
        "no time",
        "1 second",
        "1 minute",
        "2 hours",
        "2 days",
    ]


async def test_metrics_count_looks_changes_and_blind_documents(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await world.types("watch", "fernpost")
        await world.app.turn()
        await world.a_day_later("privacy-3")
        world.pages.drop(PRIVACY)
        for _ in range(4):
            await world.a_day_later()
        app = web_app(vital_routes(world.app.metrics, world.app.vitals))
        async with AsyncClient(transport=ASGITransport(app), base_url="http://site") as client:
            text = (await client.get("/metrics")).text
            ready = await client.get("/readyz")
    assert f'clausewatch_looks_total{{host="{world.pages.host}",outcome="first"}} 2.0' in text
    assert "clausewatch_versions 3.0" in text
    assert 'clausewatch_post_seconds_count{chat="console"} 2.0' in text
    assert 'clausewatch_settled_total{chat="console",outcome="sent"} 2.0' in text
    assert 'clausewatch_changes_total{significance="substantive"} 1.0' in text
    assert "clausewatch_blind_documents 1.0" in text
    assert 'clausewatch_deliveries{state="sent"}' in text
    assert ready.status_code == 200
    assert "1 document cannot be read" in ready.text


def test_what_was_not_read_at_the_last_look_is_not_well() -> None:
    blind = replace(WELL, unread=520, looked=520)
    assert blind.complaints == ("520 of 520 documents could not be read at the last look",)
    assert blind.ready


def test_our_own_outage_is_said_first() -> None:
    (first, *_) = replace(WELL, given_up=1, offline=datetime(2026, 11, 3, 10, tzinfo=UTC)).complaints
    assert first.startswith("Clausewatch cannot reach the internet since 3 Nov 2026, 10:00 UTC")
