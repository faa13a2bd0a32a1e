"""A body is unpacked piece by piece, never beyond its bound, however it is cut."""

import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchers.fetchers.decoding import Body, BodyRefused

zstd = pytest.importorskip("backports.zstd")
PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "identity": bytes,
    "X-GZIP ": gzip.compress,
    "zstd": zstd.compress,
}


def cut(data: bytes, sizes: list[int]) -> list[bytes]:
    pieces, at = [], 0
    for size in sizes:
        pieces.append(data[at : at + size])
        at += size
    return [*pieces, data[at:]]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=3000), st.sampled_from(sorted(PACKINGS)), st.lists(st.integers(0, 400), max_size=12))
def test_however_the_wire_cuts_it_the_page_is_whole(words: bytes, coding: str, sizes: list[int]) -> None:
    body = Body(coding, 4000)
    for piece in cut(PACKINGS[coding](words), sizes):
        body.feed(piece)
    assert body.end() == words


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "zstd", ""]), st.lists(st.integers(0, 60), max_size=9)
)
def test_any_bytes_end_in_a_page_or_a_reason(noise: bytes, coding: str, sizes: list[int]) -> None:
    body = Body(coding, 200)
    try:
        for piece in cut(noise, sizes):
            body.feed(piece)
        assert len(body.end()) <= 200
    except BodyRefused:
        return


@pytest.mark.parametrize("limit", [0, 1, 999, 1000, 1001])
@pytest.mark.parametrize("coding", ["gzip", "deflate", ""])
def test_the_bound_is_exact(coding: str, limit: int) -> None:
    packed = PACKINGS[coding or "identity"](bytes(1000))
    body = Body(coding, limit)
    if limit >= 1000:
        body.feed(packed)
        assert len(body.end()) == 1000
    else:
        with pytest.raises(BodyRefused, match="larger than"):
            body.feed(packed)


@pytest.mark.parametrize(("coding", "pack"), [("", bytes), ("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_of_a_body_that_may_be_cut_the_beginning_is_kept(coding: str, pack: Callable[[bytes], bytes]) -> None:
    body = Body(coding, 100, cut=True)
    for start in range(0, 4000, 40):
        if not body.full:
            body.feed(pack(b"0123456789" * 1000)[start : start + 40])
    assert body.full
    assert body.end() == b"0123456789" * 10
    short = Body(coding, 100, cut=True)
    short.feed(pack(b"short"))
    assert short.end() == b"short"


def test_a_bomb_is_not_unpacked_beyond_its_bound() -> None:
    body = Body("gzip", 10_000)
    with pytest.raises(BodyRefused, match=r"larger than 0\.01 MB"):
        body.feed(gzip.compress(bytes(20_000_000))[:9000])
    assert sum(map(len, body._pieces)) <= 10_000
