"""An address that passes is read alike by every parser that will see it."""

from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from watchers.errors import AddressRefused
from watchers.fetchers.addresses import DEFAULT_PORTS, inner_number, join, target

# Letters that parsers quarrel about, thrown together with harmless ones.
PIECES = st.sampled_from(
    [
        *("http://", "https://", "HTTP:", "//", "/", "\\", "@", ":", "?", "#", "%", "%40", "%00", "[", "]", ".", "。"),
        *("example.com", "127.0.0.1", "0x7f", "0177", "::1", "80", "8080", "a", "xn--", "é", "ß", "１", "\u200d", "\t"),
        *(" ", "\r\n", "-", "_", "~", "$", "&", "localhost", ";", "=", "\x00", "\ufeff", "|", "^", "'", '"'),
    ]
)
ADDRESSES = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=40).map("http://{}".format)


@settings(max_examples=300, deadline=None)
@given(ADDRESSES)
@example("http://example.com#@127.0.0.1/")
@example("http://ß.example.com/")
def test_what_passes_is_read_alike_by_httpx_and_by_the_standard_library(address: str) -> None:
    try:
        ours = target(address)
    except AddressRefused:
        return
    theirs, plain = httpx.URL(address.partition("#")[0]), urlsplit(address)
    assert theirs.raw_host.decode().strip("[]") == ours.host or ":" in ours.host
    assert (theirs.port or DEFAULT_PORTS[theirs.scheme]) == (plain.port or DEFAULT_PORTS[plain.scheme]) == ours.port
    assert not theirs.userinfo
    assert (plain.hostname or "").isascii() is False or ":" in ours.host or plain.hostname == ours.host


@settings(max_examples=100, deadline=None)
@given(ADDRESSES, ADDRESSES)
def test_a_redirect_leads_somewhere_readable_or_nowhere(base: str, location: str) -> None:
    try:
        target(base)
        target(join(base, location))
    except (AddressRefused, ValueError):
        return


@settings(max_examples=100, deadline=None)
@given(st.ip_addresses())
def test_every_number_is_inner_or_as_public_as_the_registries_say(number: object) -> None:
    if not inner_number(str(number)):
        assert number.is_global  # type: ignore[attr-defined]
        assert not number.is_multicast  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("base", "location", "leads_to"),
    [
        ("https://example.com/a/b", "c", "https://example.com/a/c"),
        ("https://example.com/a/b", "/c d", "https://example.com/c%20d"),
        ("https://example.com/a", "//other.com/b", "https://other.com/b"),
        ("https://example.com/a", "?x=1", "https://example.com/a?x=1"),
        ("https://example.com/a", " https://other.com/ ", "https://other.com/"),
    ],
)
def test_a_redirect_is_joined_to_where_it_comes_from(base: str, location: str, leads_to: str) -> None:
    assert join(base, location) == leads_to
