"""Heads of answers that break the rules of HTTP in ways every browser overlooks, mended before they are parsed.

Only HTTP/1 and only the head: lines that are no header are dropped, the body passes untouched.
"""

from __future__ import annotations

import re
import ssl
from typing import Any

import httpcore

LONGEST = 96 * 1024  # bytes of a head that are waited for; a longer one is left to the parser to refuse
_REQUEST = re.compile(rb"(?:GET|HEAD|POST) ")
_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/1\.\d[ \t]+(\d{3})")
_HEADER = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+[ \t]*:")
_NO_CODING = re.compile(rb"transfer-encoding[ \t]*:[ \t]*identity[ \t]*", re.I)


def mended(head: bytes) -> bytes:
    """Return a head without its lines that are no header, and without empty lines before its status.

    >>> mended(b"HTTP/1.1 200 OK\\r\\nA: 1\\r\\na/b c: 2\\r\\n\\r\\n")
    b'HTTP/1.1 200 OK\\r\\nA: 1\\r\\n\\r\\n'
    """
    first, *lines = head.strip(b"\r\n").split(b"\n")
    kept = [line.rstrip(b"\r") for line in lines]
    kept = [line for line in kept if _is_kept(line)]
    return b"\r\n".join([first.rstrip(b"\r"), *kept, b"", b""])


def _is_kept(line: bytes) -> bool:
    """Tell what a browser takes in; a line without a name stays, for it is not HTTP at all that says such a thing."""
    if _NO_CODING.fullmatch(line):
        return False
    return line[:1] in (b":", b" ", b"\t") or _HEADER.match(line) is not None


class TolerantStream(httpcore.AsyncNetworkStream):
    """A connection whose answers have their heads mended; what is not HTTP/1 passes as it comes."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner
        self._awaits_head = False

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's
        """Return the next bytes; of an answer's beginning, the whole head at once."""
        came = await self._inner.read(max_bytes, timeout)
        if not self._awaits_head:
            return came
        self._awaits_head = False
        while came and not (found := _END.search(came.lstrip(b"\r\n"))) and len(came) < LONGEST:
            more = await self._inner.read(max_bytes, timeout)
            if not more:
                return came
            came += more
        bare = came.lstrip(b"\r\n")
        status = _STATUS.match(bare)
        if not came or not found or status is None:
            return came
        if status[1].startswith(b"1"):  # a word in between: the answer itself is still to come
            self._awaits_head = True
            return came
        return mended(bare[: found.end()]) + bare[found.end() :]

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's
        """Send bytes; those that begin a request make the next ones that come a head."""
        self._awaits_head = self._awaits_head or _REQUEST.match(buffer) is not None
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        """Go on within TLS, as tolerant as before."""
        return TolerantStream(await self._inner.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """Return what is known of the connection."""
        return self._inner.get_extra_info(info)
