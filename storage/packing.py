"""How bytes are packed: zstd alone, or zstd against an earlier text that shares most of its words.

Texts of one document follow each other at places 0, 1, 2, … A text at place n is packed against the one
whose place is n without its lowest set bit (12 against 8, 8 against 0), so that any text is at most seven
steps from a key frame while key frames stay rare. Nothing here touches the database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import zstandard

from watchers.errors import StoreError

RAW_LEVEL = 3  # pages come often and are read rarely: speed first
TEXT_LEVEL, KEY_LEVEL = 9, 9  # measured in bench/storage.py: half a millisecond a version, a tenth smaller
KEY_EVERY = 128
WINDOW = 27  # 128 MB: no text is longer


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
    # the window must span the base and the body, or what lies further back is packed again
    window = min(max(span.bit_length(), 17), WINDOW)
    chosen = zstandard.ZstdCompressionParameters.from_level(
        level, source_size=span, window_log=window, write_content_size=False
    )
    return zstandard.ZstdCompressor(dict_data=_prefix(base), compression_params=chosen).compress(body)


def unpack(chain: Sequence[Packed]) -> bytes:
    """Return the body at the end of a chain, key frame first; raise StoreError when its hash is another."""
    body: bytes | None = None
    wanted = chain[-1].sha256
    try:
        for link in chain:
            body = _decompressor(body).decompress(link.packed, max_output_size=link.size)
    except zstandard.ZstdError as error:
        raise StoreError(f"The archive is damaged: {wanted.hex()} cannot be unpacked ({error}).") from error
    if body is None or digest(body) != wanted:
        raise StoreError(f"The archive is damaged: what is kept as {wanted.hex()} has another hash.")
    return body


def unpack_alone(packed: bytes) -> bytes:
    """Return a body that was packed without a base and is kept beside its row."""
    return zstandard.ZstdDecompressor().decompressobj().decompress(packed)


def base_of(chain: Sequence[Packed]) -> Sequence[Packed]:
    """Return the part of the last text's chain that the next text is packed against; empty for a key frame."""
    place = chain[-1].place + 1 if chain else 0
    if place == 0 or place >= KEY_EVERY:
        return ()
    wanted = place & (place - 1)
    return [link for link in chain if link.place <= wanted]


def _prefix(base: bytes | None) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT) if base else None


def _decompressor(base: bytes | None) -> zstandard.ZstdDecompressor:
    return zstandard.ZstdDecompressor(dict_data=_prefix(base), max_window_size=1 << WINDOW)
