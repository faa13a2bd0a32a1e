"""A body that is unpacked while it comes and may not grow beyond a bound: bombs end here.

It knows nothing of addresses or status codes; the sentence it raises is completed by the fetcher.
"""

from __future__ import annotations

import sys
import zlib

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MEMBERS = 100  # of a gzip stream; a real page has one, a bomb may have half a million empty ones
WINDOW = 23  # of zstd, as a power of two bytes: what browsers grant (RFC 8878, 3.1.1.1.2)

_GZIP, _ZLIB, _RAW = 31, 15, -15


class BodyRefused(Exception):
    """A body that is too large, broken or packed in an unknown way; the message says which."""


class Body:
    """Collects the bytes of one answer. `limit` bounds the bytes on the wire and the bytes unpacked.

    With `cut` a longer body is not refused: its beginning is kept, and `full` says that no more is wanted.
    """

    def __init__(self, coding: str, limit: int, *, cut: bool = False) -> None:
        self.full = False
        self._cut = cut
        self._coding = _known(coding)
        self._limit = limit
        self._unpacker: zlib._Decompress | None = None
        self._zstd: zstd.ZstdDecompressor | None = None
        self._head = b""
        self._pieces: list[bytes] = []
        self._size = self._came = self._members = 0

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes as they came; raises `BodyRefused`."""
        self._came += len(chunk)
        if self._came > self._limit and not self._cut:
            raise self._too_large()
        if not self._coding:
            self._keep(chunk)
        elif chunk:
            self._unpack(chunk)

    def end(self) -> bytes:
        """Return the whole body once all came; raises `BodyRefused` when it ended in its middle."""
        unpacker = self._zstd or self._unpacker
        if self._came and self._coding and not self.full and not (unpacker and unpacker.eof):
            raise BodyRefused("the compressed body ended in its middle")
        return b"".join(self._pieces)

    def _unpack(self, chunk: bytes) -> None:
        if self._coding == "zstd":
            self._unpack_zstd(chunk)
            return
        if self._unpacker is None:
            self._head += chunk
            if len(self._head) < 2:
                return
            chunk, self._unpacker = self._head, self._member(self._head)
        try:
            while chunk and not self.full:
                chunk = self._step(chunk)
        except zlib.error as error:
            raise BodyRefused("the compressed body is broken") from error

    def _unpack_zstd(self, chunk: bytes) -> None:
        """Unpack zstd, which some send unasked; what follows its first frame is padding."""
        self._zstd = self._zstd or zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: WINDOW})
        try:
            while not (self.full or self._zstd.eof) and (chunk or not self._zstd.needs_input):
                self._keep(self._zstd.decompress(chunk, self._limit - self._size + 1))
                chunk = b""
        except zstd.ZstdError as error:
            raise BodyRefused("the compressed body is broken") from error

    def _step(self, chunk: bytes) -> bytes:
        """Unpack as much as there is room for, and return what is left to unpack."""
        assert self._unpacker is not None
        if self._unpacker.eof:  # anything but another gzip member is padding, ignored as browsers do
            if self._coding != "gzip" or not chunk.startswith(b"\x1f\x8b"):
                return b""
            self._unpacker = self._member(chunk)
        self._keep(self._unpacker.decompress(chunk, self._limit - self._size + 1))
        return self._unpacker.unused_data if self._unpacker.eof else self._unpacker.unconsumed_tail

    def _member(self, head: bytes) -> zlib._Decompress:
        self._members += 1
        if self._members > MEMBERS:
            raise BodyRefused(f"the compressed body has more than {MEMBERS} parts")
        return zlib.decompressobj(_GZIP if self._coding == "gzip" else _deflate(head))

    def _keep(self, piece: bytes) -> None:
        room = self._limit - self._size
        self._size += len(piece)
        if self._size > self._limit and not self._cut:
            raise self._too_large()
        self._pieces.append(piece[:room])
        self.full = self._size >= self._limit

    def _too_large(self) -> BodyRefused:
        return BodyRefused(f"the page is larger than {self._limit / 1e6:g} MB")


def _known(coding: str) -> str:
    """Return "gzip", "deflate", "zstd" or "" for a Content-Encoding; anything else was not asked for."""
    name = coding.strip().lower().removeprefix("x-")
    if name in ("", "identity", "none", "utf-8"):  # the last two are common slips of servers
        return ""
    if name not in ("gzip", "deflate", "zstd"):
        raise BodyRefused(f"the page came packed as “{coding[:40]}”, which we did not ask for")
    return name


def _deflate(head: bytes) -> int:
    """Tell "deflate" with the header the standard asks for (RFC 1950) from the bare stream many send."""
    return _ZLIB if head[0] & 0x0F == 8 and int.from_bytes(head[:2], "big") % 31 == 0 else _RAW
