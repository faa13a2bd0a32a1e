"""Webhooks arrive signed, once a receiver has taken them never again, and never at an address inside a network."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.chats.console.chat import HERE
from bot.process.serving import Serving
from bot.telling.webhooks import MOST_ATTEMPTS, Outgoing, check_address, shown_secret
from bot.worlds.demo import put_up
from storage.deliveries.webhooks import Webhook, Webhooks
from tests.bot.test_path import World, opened
from watchers.errors import AddressRefused, ClausewatchError
from watchers.fetchers.guard import Guard
from watchers.fetchers.transport import guarded_client

SECRET = b"s" * 32


@dataclass
class Receiver:
    """A receiver of webhooks that remembers what came, and answers what it is told to."""

    status: int = 204
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, request: Request) -> Response:
        self.came.append((dict(request.headers), await request.body()))
        return Response(status_code=self.status, headers={"location": "http://10.0.0.1/"})


@dataclass(frozen=True)
class Scene:
    world: World
    receiver: Receiver
    webhooks: Webhooks
    webhook: Webhook
    outgoing: Outgoing

    async def changes(self) -> None:
        await self.world.types("watch", "fernpost")
        await self.world.app.turn()
        self.world.clock.step(timedelta(days=1))
        put_up(self.world.pages, "privacy-3", self.world.clock())
        await self.world.app.watching.tick()


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    receiver = Receiver()
    serving = Serving(Starlette(routes=[Route("/hook", receiver.take, methods=["POST"])]), "127.0.0.1", 0)
    await serving.start()
    async with opened(tmp_path) as world, guarded_client(Guard(allow_loopback=True), user_agent="test") as client:
        webhooks = Webhooks(world.app.database)
        await world.app.audience.channel(HERE, world.clock())
        webhook, _ = await webhooks.add("console:local", f"{serving.url}/hook", world.clock())
        outgoing = Outgoing(webhooks, world.app.archive, client, SECRET, world.clock, "https://watch.example")
        yield Scene(world, receiver, webhooks, webhook, outgoing)
    await serving.stop()


async def test_a_change_arrives_signed_so_that_its_receiver_can_check_it(scene: Scene) -> None:
    await scene.changes()
    await scene.outgoing.tick()
    ((headers, body),) = scene.receiver.came
    key = base64.b64decode(shown_secret(SECRET, scene.webhook.id).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    made = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{made}"
    assert int(headers["webhook-timestamp"]) == int(scene.world.clock().timestamp())


async def test_its_body_is_the_change_with_passages_that_are_in_the_archive(scene: Scene) -> None:
    await scene.changes()
    await scene.outgoing.tick()
    message = json.loads(scene.receiver.came[0][1])
    told = message["data"]
    assert message["type"] == "change"
    assert told["platform"]["name"] == "Fernpost"
    assert told["page"] == f"https://watch.example/changes/{told['id']}"
    assert told["passages_left"] == 0
    version = await scene.world.app.archive.version(told["after"])
    assert version is not None
    for passage in told["passages"]:
        if place := passage["after"]:
            assert version.text[place["start"] :].startswith(place["text"])


async def test_what_was_taken_is_not_posted_again(scene: Scene) -> None:
    await scene.changes()
    assert await scene.outgoing.tick() == 1
    scene.world.clock.step(timedelta(days=30))
    assert await scene.outgoing.tick() == 0


@pytest.mark.parametrize("status", [500, 404, 429, 302])
async def test_a_refusal_is_tried_again_under_the_same_id_and_no_redirect_is_followed(
    scene: Scene, status: int
) -> None:
    await scene.changes()
    scene.receiver.status = status
    await scene.outgoing.tick()
    assert await scene.outgoing.tick() == 0
    scene.receiver.status = 200
    scene.world.clock.step(timedelta(seconds=31))
    await scene.outgoing.tick()
    first, second = (headers["webhook-id"] for headers, _ in scene.receiver.came)
    assert first == second
    assert await scene.webhooks.counts() == {(scene.webhook.id, "sent"): 1}


async def test_after_a_day_of_refusals_the_webhook_rests_and_a_test_that_arrives_opens_it(scene: Scene) -> None:
    await scene.changes()
    scene.receiver.status = 500
    for _ in range(MOST_ATTEMPTS):
        await scene.outgoing.tick()
        scene.world.clock.step(timedelta(hours=6))
    (resting,) = await scene.webhooks.all()
    assert "it answered 500" in resting.paused
    assert "it answered 500" in await scene.outgoing.test(resting)
    assert await scene.outgoing.tick() == 0
    scene.receiver.status = 200
    assert await scene.outgoing.test(resting) == ""
    assert json.loads(scene.receiver.came[-1][1])["type"] == "test"
    assert await scene.outgoing.tick() == 1
    assert json.loads(scene.receiver.came[-1][1])["type"] == "change"


async def test_a_receiver_that_is_gone_for_good_is_left_alone_at_once(scene: Scene) -> None:
    await scene.changes()
    scene.receiver.status = 410
    await scene.outgoing.tick()
    (resting,) = await scene.webhooks.all()
    assert "410" in resting.paused


async def test_an_address_that_leads_inward_is_never_asked(scene: Scene) -> None:
    await scene.changes()
    async with guarded_client(Guard(), user_agent="test") as client:
        strict = Outgoing(scene.webhooks, scene.world.app.archive, client, SECRET, scene.world.clock)
        await strict.tick()
    assert scene.receiver.came == []
    (resting,) = await scene.webhooks.all()
    assert "this machine itself" in resting.paused


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://hooks.example.org/x", "starts with https://"),
        ("https://127.0.0.1/x", "this machine itself"),
        ("https://10.0.0.8/x", "a private network"),
        ("https://user:word@hooks.example.org/", "do not belong in an address"),
        ("ftp://hooks.example.org/", "only http and https"),
        ("https://hooks.example.org:22/", "not one for web pages"),
    ],
)
def test_an_address_that_must_not_be_posted_to_is_refused_with_the_reason(address: str, says: str) -> None:
    with pytest.raises(ClausewatchError, match=says):
        check_address(address)


def test_an_operator_may_allow_a_receiver_of_their_own_network() -> None:
    check_address("http://127.0.0.1:9000/x", ("127.0.0.1:9000",))
    with pytest.raises(AddressRefused):
        check_address("http://127.0.0.1:9001/x", ("127.0.0.1:9000",))
