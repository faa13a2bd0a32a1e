"""Nobody gets us to ask an inner address: not by spelling, not by name service, not by redirect."""

from collections.abc import Iterable

import httpcore
import httpx
import pytest

from tests.watchers.fetchers.hostile import RESOLVED, WRITTEN
from watchers.errors import AddressRefused, FetchError
from watchers.fetchers.addresses import inner_number, target
from watchers.fetchers.guard import Guard
from watchers.fetchers.transport import GuardedBackend, guarded_client

PUBLIC = "93.184.215.14"
PAGE = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"


class World:
    """A network that counts: name service answers from a table, connections are scripted."""

    def __init__(self, names: dict[str, list[str]] | None = None, answer: bytes = PAGE) -> None:
        self.names = names or {}
        self.asked: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self.answer = answer

    async def resolve(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host not in self.names:
            raise OSError("unknown")
        return self.names[host]

    def backend(self) -> httpcore.AsyncNetworkBackend:
        world = self

        class Counting(httpcore.AsyncMockBackend):
            async def connect_tcp(self, host: str, port: int, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
                world.connected.append((host, port))
                if host.startswith("8."):
                    raise httpcore.ConnectError("dead")
                return httpcore.AsyncMockStream([world.answer])

        return Counting([])

    def client(self, **options: object) -> httpx.AsyncClient:
        guard = Guard(resolve=self.resolve, **options)  # type: ignore[arg-type]
        return guarded_client(guard, user_agent="Clausewatch test", backend=self.backend())


async def refuses(world: World, address: str) -> None:
    guard = Guard(resolve=world.resolve)
    with pytest.raises(AddressRefused) as refusal:
        guard.check(address)
    assert refusal.value.permanent
    assert str(refusal.value).isprintable()


def test_the_table_is_long_and_names_nothing_twice() -> None:
    assert len(set(WRITTEN)) + len(RESOLVED) == len(WRITTEN) + len(RESOLVED) >= 150


@pytest.mark.parametrize("address", WRITTEN)
async def test_a_hostile_address_is_refused_without_a_packet(address: str) -> None:
    world = World()
    await refuses(world, address)
    async with world.client() as client:
        with pytest.raises(AddressRefused):
            await client.get(address)
    assert world.connected == []


@pytest.mark.parametrize(("host", "numbers"), RESOLVED)
async def test_a_public_name_with_an_inner_number_is_refused_without_a_packet(host: str, numbers: list[str]) -> None:
    world = World({host: numbers})
    async with world.client() as client:
        with pytest.raises(AddressRefused, match="it leads to"):
            await client.get(f"https://{host}/terms")
    assert world.asked == [host]
    assert world.connected == []


@pytest.mark.parametrize(
    ("address", "host", "port"),
    [
        ("https://example.com/terms?a=b#c", "example.com", 443),
        ("HTTP://EXAMPLE.com", "example.com", 80),
        ("https://example.com:8443/", "example.com", 8443),
        ("https://münchen.de/agb", "xn--mnchen-3ya.de", 443),
        ("https://xn--mnchen-3ya.de/", "xn--mnchen-3ya.de", 443),
        ("https://a_b.example.com/", "a_b.example.com", 443),
        ("http://93.184.215.14/", "93.184.215.14", 80),
        ("https://[2606:4700:0::1111]/", "2606:4700::1111", 443),
        ("https://example.com/@user/terms", "example.com", 443),
        ("https://example.com?next=http://127.0.0.1", "example.com", 443),
        ("https://example.com/Datenschutzerklärung", "example.com", 443),
    ],
)
def test_an_honest_address_passes(address: str, host: str, port: int) -> None:
    found = Guard().check(address)
    assert (found.host, found.port) == (host, port)


async def test_the_connection_goes_to_the_number_that_was_checked_and_the_name_is_asked_once() -> None:
    world = World({"example.com": [PUBLIC]})
    async with world.client() as client:
        assert (await client.get("http://example.com/")).text == "hi"
    assert world.asked == ["example.com"]
    assert world.connected == [(PUBLIC, 80)]


async def test_the_next_number_is_tried_when_the_first_does_not_answer() -> None:
    world = World({"example.com": ["8.8.8.8", PUBLIC]})
    async with world.client() as client:
        await client.get("http://example.com/")
    assert [number for number, _ in world.connected] == ["8.8.8.8", PUBLIC]


async def test_a_redirect_inward_is_refused_even_by_a_client_that_follows() -> None:
    moved = b"HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n"
    world = World({"example.com": [PUBLIC]}, moved)
    async with world.client() as client:
        with pytest.raises(AddressRefused):
            await client.get("http://example.com/", follow_redirects=True)
    assert world.connected == [(PUBLIC, 80)]


async def test_an_unknown_name_is_a_passing_trouble() -> None:
    with pytest.raises(FetchError) as trouble:
        await Guard(resolve=World().resolve).numbers("gone.example.com", 443)
    assert not trouble.value.permanent


async def test_a_socket_in_the_file_system_is_refused() -> None:
    with pytest.raises(AddressRefused):
        await GuardedBackend(Guard()).connect_unix_socket("/var/run/docker.sock")


@pytest.mark.parametrize("address", ["http://127.0.0.1:49152/", "http://localhost:5000/", "http://[::1]:5000/"])
def test_a_demo_may_ask_this_machine_at_any_port(address: str) -> None:
    Guard(allow_loopback=True).check(address)


@pytest.mark.parametrize("address", ["http://10.0.0.1/", "http://169.254.169.254/", "http://printer.local/"])
def test_a_demo_may_not_ask_its_neighbours(address: str) -> None:
    with pytest.raises(AddressRefused):
        Guard(allow_loopback=True).check(address)


async def test_in_a_demo_a_strangers_name_for_this_machine_stays_refused() -> None:
    world = World({"rebind.example.com": ["127.0.0.1"]})
    with pytest.raises(AddressRefused):
        await Guard(allow_loopback=True, resolve=world.resolve).numbers("rebind.example.com", 80)


@pytest.mark.parametrize(
    ("allowed", "address", "passes"),
    [
        (["wiki.corp"], "http://wiki.corp:9000/", True),
        (["wiki.corp:9000"], "http://wiki.corp:9000/", True),
        (["wiki.corp:9000"], "http://wiki.corp/", False),
        (["10.0.0.7:80"], "http://10.0.0.7/", True),
        (["10.0.0.7"], "http://10.0.0.8/", False),
    ],
)
async def test_the_operator_may_allow_inner_places_one_by_one(
    allowed: Iterable[str], address: str, passes: bool
) -> None:
    world = World({"wiki.corp": ["10.1.1.1"]})
    guard = Guard(allowed=allowed, resolve=world.resolve)
    if passes:
        assert await guard.numbers(guard.check(address).host, guard.check(address).port)
    else:
        with pytest.raises(AddressRefused):
            guard.check(address)


@pytest.mark.parametrize("number", ["8.8.8.8", "1.1.1.1", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2a00::1"])
def test_public_numbers_are_public(number: str) -> None:
    assert inner_number(number) == ""


def test_a_refusal_does_not_repeat_invisible_letters() -> None:
    with pytest.raises(AddressRefused) as refusal:
        target("http://exa\u202emple.com/")
    assert "\u202e" not in str(refusal.value)
