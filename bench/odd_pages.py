"""The answers of `bench/odd_answers.py`: a server on loopback with one odd answer a path.

Each is a few lines of what broken, hostile or overloaded servers send; none is kept from a real site.
"""

from __future__ import annotations

import asyncio
import gzip
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

HONEST = "honest"
WORDS = "You agree that we may keep the letters you send us for as long as the law of the islands requires it. "
PAGE = (
    f"<html><head><title>Terms | Gull</title></head><main><h1>Terms of Service</h1><p>{WORDS * 12}</p></main>".encode()
)

Write = Callable[[asyncio.StreamWriter], Awaitable[None]]


def head(status: str = "200 OK", **headers: str) -> bytes:
    """Return the head of an answer; header names are written with underscores."""
    said = {"content_type": "text/html; charset=utf-8", **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in said.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode()


def whole(body: bytes = PAGE, status: str = "200 OK", **headers: str) -> bytes:
    """Return a complete answer."""
    return head(status, content_length=str(len(body)), **headers) + body


def page(body: str) -> bytes:
    """Return a complete page around some HTML."""
    return whole(f"<html><head><title>Terms</title></head><body>{body}</body></html>".encode())


def endless(piece: bytes, pause: float = 0.0, first: bytes = b"") -> Write:
    """Send a head and then the same piece for ever."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(first or head())
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return write


async def silent(writer: asyncio.StreamWriter) -> None:
    """Take the request and never answer."""
    await asyncio.sleep(600)


def bomb(megabytes: int) -> bytes:
    """Return gzip of so many million zeros, a thousandth as long."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


def png() -> bytes:
    """Return the beginning of a picture."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + bytes(2000)


def pdf(content: str = "", *, encrypted: bool = False, pages: int = 1) -> bytes:
    """Return a small hand-written PDF of so many pages, each drawing `content`."""
    lines = "".join(f"({content} {n}) Tj 0 -20 Td " for n in range(30)) if content else ""
    stream = f"BT /F1 9 Tf 40 750 Td {lines}ET" if content else "0 0 100 100 re f"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for _ in range(pages):
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {pages} >>"
    body = "%PDF-1.4\n" + "".join(f"{n} 0 obj\n{each}\nendobj\n" for n, each in enumerate(objects, 1))
    lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /O (" + "x" * 32 + ") /U (" + "y" * 32 + ") /P -4 >> /ID [(a) (a)]"
    trailer = f"trailer << /Root 1 0 R /Size {len(objects) + 1} {lock if encrypted else ''} >>\n%%EOF"
    return (body + trailer).encode()


def as_pdf(body: bytes) -> bytes:
    """Return a complete answer with a PDF."""
    return whole(body, content_type="application/pdf")


DEEP = "<div>" * 200_000 + WORDS * 12
WIDE = "<p " + " ".join(f"a{n}=b" for n in range(60_000)) + f">{WORDS * 12}"
ONE_ATTRIBUTE = f"<p title='{'x' * 3_000_000}'>{WORDS * 12}</p>"
MANY_TAGS = f"<p>{WORDS * 12}</p>" + "<i>x</i>" * 300_000
TABLES = "<table><tr><td>" * 5_000 + WORDS * 12
UNCLOSED = f"<p>{WORDS * 12}</p><!-- {'-' * 2_000_000}"
BRACKETS = f"<p>{WORDS * 12}</p>" + "<" * 2_000_000
OPEN_SELECT = f"<h1>Terms</h1><p>{WORDS * 12}</p>" + "<select>" * 50_000
RUBBISH = bytes(range(256)) * 4_000

ANSWERS: dict[str, bytes | Write] = {
    "deep-nesting": page(DEEP),
    "deep-tables": page(TABLES),
    "sixty-thousand-attributes": page(WIDE),
    "megabyte-attribute": page(ONE_ATTRIBUTE),
    "many-tags": page(MANY_TAGS),
    "comment-never-closed": page(UNCLOSED),
    "two-million-brackets": page(BRACKETS),
    "nested-selects": page(OPEN_SELECT),
    "one-word-of-five-megabytes": page("<p>" + "a" * 5_000_000),
    "one-line-of-dots": page("<p>" + ". " * 1_000_000),
    "nuls": page(WORDS.replace(" ", " \0") * 12),
    "nuls-only": whole(bytes(50_000)),
    "says-utf8-is-latin1": whole(WORDS.replace("islands", "\u00eeles").encode("latin-1") * 12),
    "says-utf16-is-utf8": whole(PAGE, content_type="text/html; charset=utf-16"),
    "is-utf16": whole(PAGE.decode().encode("utf-16"), content_type="text/html"),
    "unknown-charset": whole(PAGE, content_type="text/html; charset=klingon-8"),
    "charset-is-a-codec-of-python": whole(PAGE, content_type="text/html; charset=rot13"),
    "rubbish-bytes": whole(RUBBISH),
    "gzip-bomb": whole(bomb(2_000), content_encoding="gzip"),
    "gzip-bomb-in-a-bomb": whole(gzip.compress(bomb(500)), content_encoding="gzip, gzip"),
    "deflate-bomb": whole(zlib.compress(bytes(200_000_000), 9), content_encoding="deflate"),
    "gzip-cut": whole(gzip.compress(PAGE)[:-20], content_encoding="gzip"),
    "gzip-broken": whole(b"\x1f\x8b" + bytes(range(200)), content_encoding="gzip"),
    "says-gzip-is-plain": whole(PAGE, content_encoding="gzip"),
    "brotli-unasked": whole(b"\x1b\x00\x00", content_encoding="br"),
    "half-a-million-gzip-members": whole(gzip.compress(b"") * 100_000, content_encoding="gzip"),
    "endless-body": endless(PAGE),
    "endless-chunks": endless(b"5\r\nhello\r\n", first=head(transfer_encoding="chunked")),
    "endless-headers": endless(b"x-more: and more\r\n", first=b"HTTP/1.1 200 OK\r\n"),
    "endless-status-line": endless(b"x" * 1000, first=b"HTTP/1.1 200 "),
    "trickle": endless(b"a", 0.2),
    "trickle-of-headers": endless(b"x-a: b\r\n", 0.2, b"HTTP/1.1 200 OK\r\n"),
    "silence": silent,
    "early-hints-for-ever": endless(b"HTTP/1.1 103 Early Hints\r\n\r\n", first=b"HTTP/1.1 100 Continue\r\n\r\n"),
    "closes-at-once": b"",
    "no-http": b"SSH-2.0-OpenSSH_9.6\r\n",
    "bad-chunk": head(transfer_encoding="chunked") + b"zz\r\nhello\r\n",
    "ends-too-soon": head(content_length="5000") + b"<p>Terms",
    "two-lengths": b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 9\r\n\r\nhello",
    "negative-length": head(content_length="-5") + PAGE,
    "length-of-a-terabyte": head(content_length=str(10**12)) + PAGE,
    "redirect-to-itself": whole(b"", "302 Found", location="/redirect-to-itself"),
    "redirect-loop": whole(b"", "302 Found", location="/redirect-loop-back"),
    "redirect-loop-back": whole(b"", "301 Moved Permanently", location="/redirect-loop"),
    "redirect-inward": whole(b"", "302 Found", location="http://169.254.169.254/latest/"),
    "redirect-to-file": whole(b"", "302 Found", location="file:///etc/passwd"),
    "redirect-nowhere": whole(b"", "302 Found"),
    "redirect-to-nonsense": whole(b"", "302 Found", location="http://[::1"),
    "status-204": head("204 No Content") + b"",
    "status-206": whole(PAGE[:200], "206 Partial Content"),
    "status-304-unasked": head("304 Not Modified"),
    "status-404": whole(b"<h1>Not found</h1>", "404 Not Found"),
    "status-500": whole(b"oops", "500 Internal Server Error"),
    "status-999": whole(b"no", "999 Request denied"),
    "error-with-200": page("<h1>Page not found</h1><p>Try the search.</p>"),
    "login-wall": page("<h1>Welcome back</h1><p>You must log in to continue.</p><p>Forgot your password?</p>"),
    "consent-wall": page(
        "<h1>Before you continue</h1><p>We use cookies to measure.</p><p>Accept all</p><p>Reject all</p>"
    ),
    "bot-check": page("<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>"),
    "style-sheet": whole(b".a { color: red; }\n" * 200, content_type="text/css"),
    "style-sheet-as-page": whole(b".a { color: red; margin: 1px; }\n" * 200),
    "script-as-page": whole(b'var a = {"b": 1};\nfunction c() { return a; }\n' * 100),
    "json": whole(b'{"terms": "none"}', content_type="application/json"),
    "json-as-page": whole(b'{"key": {"value": 1}, "other": {"value": 2}},\n' * 100),
    "picture": whole(png(), content_type="image/png"),
    "picture-as-page": whole(png()),
    "no-type-no-page": b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabcd",
    "empty": whole(b""),
    "index-of-links": page("".join(f"<li><a href=/p{n}>Our policy number {n} and more</a></li>" for n in range(30))),
    "pdf-with-text": as_pdf(pdf(WORDS)),
    "pdf-scanned": as_pdf(pdf()),
    "pdf-encrypted": as_pdf(pdf(WORDS, encrypted=True)),
    "pdf-broken": as_pdf(b"%PDF-1.7\n" + RUBBISH),
    "pdf-of-two-thousand-pages": as_pdf(pdf(WORDS, pages=2_000)),
    "pdf-that-is-html": as_pdf(PAGE),
    "pdf-too-large": head(content_type="application/pdf", content_length="50000000") + b"%PDF-1.4",
    "status-429-for-a-year": whole(b"slow", "429 Too Many Requests", retry_after="99999999"),
    HONEST: whole(PAGE),
}


@asynccontextmanager
async def serve() -> AsyncIterator[str]:
    """Serve them, one connection a request; return the address they lie under."""
    running = await asyncio.start_server(_visit, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{running.sockets[0].getsockname()[1]}"
    finally:
        running.close()


async def _visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
        asked = (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()
        answer = ANSWERS[asked[1:]]
        if isinstance(answer, bytes):
            writer.write(answer)
            await writer.drain()
        else:
            await answer(writer)
    writer.close()
