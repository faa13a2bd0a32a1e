"""How bytes are packed: zstd alone, or zstd against an earlier text that shares most of its words.

Texts of one document follow each other at places 0, 1, 2, … A text at place n is packed against the one
whose place is n without its lowest set bit (12 against 8, 8 against 0), so that any text is at most seven
steps from a key frame while key frames stay rare. Nothing here touches the database.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from watchers.errors import StoreError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

RAW_LEVEL = 3  # pages come often and are read rarely: speed first
TEXT_LEVEL, KEY_LEVEL = 9, 9  # measured in bench/storage.py: half a millisecond a version, a tenth smaller
KEY_EVERY = 128
WINDOW = 27  # 128 MB: no text is longer
LEAST_PREFIX = 8  # bytes; zstd leaves a shorter one out of account


@dataclass(frozen=True, slots=True)
class Packed:
    """One link of a chain as it is kept."""

    id: int
    place: int
    size: int
    sha256: bytes
    packed: bytes


def digest(body: bytes) -> bytes:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(body).digest()


def pack(body: bytes, base: bytes | None = None, level: int = RAW_LEVEL) -> bytes:
    """Compress a body, against `base` where given."""
    span = len(body) + len(base or b"")
    chosen: dict[int, int] = {
        zstd.CompressionParameter.compression_level: level,
        # the window must span the base and the body, or what lies further back is packed again
        zstd.CompressionParameter.window_log: min(max(span.bit_length(), 17), WINDOW),
        zstd.CompressionParameter.content_size_flag: False,  # the row says it
    }
    return zstd.compress(body, options=chosen, zstd_dict=_prefix(base))


def unpack(chain: Sequence[Packed]) -> bytes:
    """Return the body at the end of a chain, key frame first; raise StoreError when its hash is another."""
    body: bytes | None = None
    wanted = chain[-1].sha256
    try:
        for link in chain:
            body = _decompressor(body).decompress(link.packed, max_length=link.size)
    except zstd.ZstdError as error:
        raise StoreError(f"The archive is damaged: {wanted.hex()} cannot be unpacked ({error}).") from error
    if body is None or digest(body) != wanted:
        raise StoreError(f"The archive is damaged: what is kept as {wanted.hex()} has another hash.")
    return body


def unpack_alone(packed: bytes) -> bytes:
    """Return a body that was packed without a base and is kept beside its row."""
    return zstd.decompress(packed)


def base_of(chain: Sequence[Packed]) -> Sequence[Packed]:
    """Return the part of the last text's chain that the next text is packed against; empty for a key frame."""
    place = chain[-1].place + 1 if chain else 0
    if place == 0 or place >= KEY_EVERY:
        return ()
    wanted = place & (place - 1)
    return [link for link in chain if link.place <= wanted]


def _prefix(base: bytes | None) -> tuple[zstd.ZstdDict, int] | None:
    return zstd.ZstdDict(base, is_raw=True).as_prefix if base and len(base) >= LEAST_PREFIX else None


def _decompressor(base: bytes | None) -> zstd.ZstdDecompressor:
    window: dict[int, int] = {zstd.DecompressionParameter.window_log_max: WINDOW}
    return zstd.ZstdDecompressor(zstd_dict=_prefix(base), options=window)
