"""Answers made to hurt: bombs, endless bodies, loops, servers that dawdle. Each ends with a reason, within bounds."""

import asyncio
import gzip
import zlib

import pytest

from tests.watchers.fetchers.conftest import TERMS, Play, Request, Server, endless, moved, page
from watchers.errors import FetchError
from watchers.fetchers.guard import Guard
from watchers.fetchers.http import HttpFetcher, Limits

HASTY, UNEASY = Limits(seconds=1.0, idle=60.0), Limits(seconds=60.0, idle=0.3)


def broken_off(answer: bytes) -> Play:
    async def play(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        await writer.drain()

    return play


OPEN_END = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n"


CHUNKED = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n"


BOMB = gzip.compress(bytes(50_000_000), 9)


LAYERS = gzip.compress(gzip.compress(bytes(5_000_000)))


# (what is done to us, the answer, words of the recorded reason)
HOSTILE: list[tuple[str, bytes | Play, str]] = [
    ("a gzip bomb", page(BOMB, content_encoding="gzip"), "larger than 0.1 MB"),
    ("a deflate bomb", page(zlib.compress(bytes(9_000_000)), content_encoding="deflate"), "larger than 0.1 MB"),
    ("a bomb in layers", page(LAYERS, content_encoding="gzip, gzip"), "packed as “gzip, gzip”"),
    ("many empty members", page(gzip.compress(b"") * 2000, content_encoding="gzip"), "more than 100 parts"),
    ("packing nobody asked for", page(b"x", content_encoding="br"), "packed as “br”"),
    ("packing that is none", page(TERMS, content_encoding="gzip"), "compressed body is broken"),
    ("packing cut short", page(gzip.compress(TERMS)[:-9], content_encoding="gzip"), "ended in its middle"),
    ("a page of 50 MB, announced", page(b"", content_length="50000000"), "larger than 0.1 MB"),
    ("a page of 50 MB, unannounced", endless(OPEN_END, b"<p>terms</p>" * 5000), "larger than 0.1 MB"),
    ("endless chunks", endless(CHUNKED, b"4000\r\n" + b"x" * 0x4000 + b"\r\n"), "larger than 0.1 MB"),
    ("endless headers", endless(b"HTTP/1.1 200 OK\r\n", b"x-a: " + b"b" * 9000 + b"\r\n"), "does not speak HTTP"),
    ("a body cut short", broken_off(page(TERMS, content_length="4000")), "broke off"),
    ("chunks cut short", broken_off(CHUNKED + b"40\r\nabc"), "broke off"),
    ("chunks without sense", broken_off(CHUNKED + b"zz\r\nabc\r\n"), "does not speak HTTP"),
    ("no answer at all", broken_off(b""), "broke off"),
    ("another protocol", broken_off(b"220 mail.example.com ESMTP\r\n"), "does not speak HTTP"),
    ("a status of four digits", broken_off(b"HTTP/1.1 2000 OK\r\n\r\n"), "does not speak HTTP"),
    ("a header without a name", broken_off(b"HTTP/1.1 200 OK\r\n: x\r\n\r\n"), "does not speak HTTP"),
    ("two lengths", page(TERMS, content_length="5\r\ncontent-length: 9"), "does not speak HTTP"),
    ("a negative length", page(TERMS, content_length="-5"), "does not speak HTTP"),
    ("a picture", page(b"\x89PNG", content_type="image/png"), "sent “image/png” where a page was expected"),
    ("a style sheet", page(b"p{}", content_type="text/css"), "sent “text/css”"),
    ("a script", page(b"x()", content_type="application/javascript"), "sent “application/javascript”"),
    ("a file of unknown type", page(b"\x00\x01", content_type="application/octet-stream"), "application/octet-stream"),
    ("a type of nonsense", page(TERMS, content_type="\u00ff\u00ff" * 400), "where a page was expected"),
    ("a PDF that is none", page(TERMS, content_type="application/pdf"), "sent “application/pdf”"),
    ("304 unasked", page(b"", "304 Not Modified"), "not asked whether"),
    ("a redirect to itself", moved("/hostile"), "go in a circle"),
    ("a redirect to a file", moved("file:///etc/passwd"), "only http and https"),
    ("a redirect inward", moved("http://169.254.169.254/latest/"), "metadata service"),
    ("a redirect with a name", moved("http://me@example.com/"), "names and passwords"),
    ("a redirect with a backslash", moved("http:\\\\10.0.0.1\\"), "backslash"),
    ("a redirect to a mail port", moved("http://93.184.215.14:25/"), "port 25"),
    ("no content", page(b"", "204 No Content"), "answered 204 No Content"),
]


# one bound is short and the other long, so that a busy machine cannot swap them
SLOW: list[tuple[str, Limits, bytes | Play, str]] = [
    ("a trickle", HASTY, endless(OPEN_END, b"x", 0.05), "no complete answer within 1 seconds"),
    ("a trickle of headers", HASTY, endless(b"HTTP/1.1 200 OK\r\n", b"x-a: b\r\n", 0.1), "no complete answer"),
    ("silence", UNEASY, endless(b"", b"", 0.2), "fell silent"),
    ("silence after the head", UNEASY, endless(OPEN_END, b"", 0.2), "fell silent"),
]


@pytest.mark.parametrize(("limits", "answer", "reason"), [row[1:] for row in SLOW], ids=[row[0] for row in SLOW])
async def test_a_server_that_dawdles_is_left(server: Server, limits: Limits, answer: Play, reason: str) -> None:
    server.answers["/slow"] = answer
    async with HttpFetcher(Guard(allow_loopback=True), "Clausewatch/test", limits=limits) as fetcher:
        with pytest.raises(FetchError, match=reason):
            await fetcher.fetch(server.part("/slow"))


@pytest.mark.parametrize(("answer", "reason"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
async def test_a_hostile_answer_ends_with_a_reason(
    server: Server, fetcher: HttpFetcher, answer: bytes | Play, reason: str
) -> None:
    server.answers["/hostile"] = answer
    server.answers["/good"] = page()
    async with asyncio.timeout(60):
        with pytest.raises(FetchError, match=reason.replace("(", r"\(")):
            await fetcher.fetch(server.part("/hostile"))
        assert (await fetcher.fetch(server.part("/good"))).snapshot, "the worker is free again"
