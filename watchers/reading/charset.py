"""From bytes to characters: which encoding a page is in, decided in one fixed order.

It never fails: what cannot be decoded becomes replacement characters.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
#: What browsers read these labels as (WHATWG Encoding Standard): real pages mean the wider sets.
_WIDER = {
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("ks_c_5601-1987", "euc-kr"), "cp949"),
    "shift_jis": "cp932",
    "iso-8859-9": "cp1254",
}
#: Names that Python knows and no browser takes for an encoding of pages.
_NO_ENCODINGS = frozenset({"utf-7", "unicode-escape", "raw-unicode-escape", "punycode", "idna"})
#: What is guessed among: the encodings of the web (WHATWG), so that no page is taken for one of DOS or old Macintoshes.
_GUESSED = (
    *("utf_8", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "koi8_r"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949", "tis_620"),
)
_GUESS_FROM = 65_536


def decode(body: bytes, content_type: str = "") -> str:
    """Decode a page: byte order mark, header, meta tag, plain UTF-8, a guess from the bytes, then Windows-1252."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    for name in _named(body, content_type):
        text = _strict(body, name)
        if text is not None:
            return text
    guess = from_bytes(body[:_GUESS_FROM], cp_isolation=list(_GUESSED)).best()
    return body.decode(guess.encoding if guess else "cp1252", "replace")


def _named(body: bytes, content_type: str) -> list[str]:
    header, meta = _HEADER.search(content_type), _META.search(body, 0, 4096)
    return [*([header[1]] if header else []), *([meta[1].decode("ascii", "ignore")] if meta else []), "utf-8"]


def _strict(body: bytes, name: str) -> str | None:
    """Decode under a declared name; None when there is no such encoding or most of the page contradicts it."""
    try:
        codec = codecs.lookup(_WIDER.get(name.lower(), name)).name
        if codec in _NO_ENCODINGS:
            return None
        if codec.startswith(("utf-16", "utf-32")) and b"\0" not in body[:200]:
            return None
        return body.decode(codec)
    except UnicodeDecodeError:
        text = body.decode(codec, "replace")
        return text if text.count("\ufffd") <= len(text) // 1000 else None
    except (LookupError, UnicodeError, AttributeError):
        return None
