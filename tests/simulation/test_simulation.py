"""Ten days of a small world with everything going wrong: what is told is true; and an oracle that would say if not."""

import asyncio
from collections.abc import Iterator
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from bot.chats.port import Place
from tests.simulation.edges import Post
from tests.simulation.oracle import Oracle, kind
from tests.simulation.play import Play, Played
from tests.simulation.script import Size, write

SMALL = Size(6, 2, 4, 10, datetime(2026, 3, 26, tzinfo=UTC), timedelta(hours=1))


@pytest.fixture(scope="module", params=[48, 69])
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    file = tmp_path_factory.mktemp("simulation") / "simulation.db"
    yield asyncio.run(Play(write(request.param, SMALL), file).run())
    structlog.configure(**before)


def with_posts(played: Played, posts: list[Post]) -> Played:
    told = copy(played)
    told.outside = replace(played.outside, posts=posts)
    return told


def said(played: Played) -> set[str]:
    return {fault.what for fault in Oracle(played).faults()}


def taken(played: Played, wanted: str) -> list[Post]:
    return [post for post in played.outside.posts if post.took and post.changes and kind(post) == wanted]


def closed_ever(played: Played, place: Place) -> bool:
    here = (place.chat, place.workspace)
    turned = ("close", "leave", "plan", "mute", "unwatch")
    return any(
        one.act.verb in turned and (one.act.chat, one.act.workspace) == here and one.act.channel in ("", place.channel)
        for one in played.done
    )


def test_in_a_world_where_everything_goes_wrong_all_that_is_due_is_told_once(played: Played) -> None:
    assert [str(fault) for fault in Oracle(played).faults()] == []
    assert played.outside.kills
    assert played.outside.troubles > 10
    assert len(taken(played, "ping")) > 3
    assert taken(played, "digest")


def test_the_oracle_notices_a_ping_that_was_lost(played: Played) -> None:
    sure = [post for post in taken(played, "ping") if not closed_ever(played, post.place)]
    lost = sure[0]
    left = [post for post in played.outside.posts if (post.place, post.changes) != (lost.place, lost.changes)]
    assert "never told" in said(with_posts(played, left))


def test_the_oracle_notices_a_digest_that_lost_a_change(played: Played) -> None:
    for lost in taken(played, "digest"):
        cut = [replace(post, changes=()) if post is lost else post for post in played.outside.posts]
        if "in no digest" in said(with_posts(played, cut)):
            return
    pytest.fail("no digest could lose its changes and be missed")


def test_the_oracle_notices_a_message_that_came_twice(played: Played) -> None:
    for wanted, fault in (("ping", "told twice unsaid"), ("digest", "in 2 digests")):
        first = taken(played, wanted)[0]
        again = replace(first, at=first.at + timedelta(minutes=5), delivery="another", repeated=False)
        assert fault in said(with_posts(played, [*played.outside.posts, again]))


def test_the_oracle_notices_a_ping_in_a_channel_that_muted_it(played: Played) -> None:
    oracle = Oracle(played)
    for step in oracle.steps:
        for place, channel in oracle.channels.items():
            state, fetch = channel.at(step.seen[0].beat), step.seen[0]
            told = [change for change, name in oracle.names.items() if name == (step.site.document, step.after.number)]
            if told and state.silent(step.site.platform, fetch.at) and state.orders:
                words = f"{step.site.name} changed its terms"
                wrong = Post(fetch.beat, fetch.at, Place(*place), "wrong", words, tuple(told), False, True)
                assert "told although it may not be" in said(with_posts(played, [*played.outside.posts, wrong]))
                return
    pytest.fail("nothing changed while a channel was muted: choose another seed")
