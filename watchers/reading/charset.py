"""From bytes to characters: which encoding a page is in, decided in one fixed order.

It never fails: what cannot be decoded becomes replacement characters.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_META = re.compile(rb"<meta\s((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>", re.I)
_ATTRIBUTE = re.compile(rb"([^\s=\"'/<>]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)")
_NAMED_IN = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_DECLARED_WITHIN = 4_096
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


#: Encodings whose text may pass for UTF-8 where it is short: so many signs must speak against the label.
_SEVERAL_BYTES = ("gb", "big5", "euc", "shift", "sjis", "x-sjis", "ks_c", "cp9", "iso-2022")
_MANY_SIGNS = 8
#: Of all that is not ASCII, the share that may be broken in a page of UTF-8 with stray bytes.
_STRAYS = 0.35


def decode(body: bytes, content_type: str = "") -> str:
    """Decode a page: byte order mark, UTF-8 where it is that, header, meta tag, a guess, then Windows-1252.

    UTF-8 comes before what a header says: a cache or another backend may say anything, and text of no other
    encoding looks like it. Stray bytes in such a page become replacement characters.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body.decode(name, "replace")
    named = _named(body, content_type)
    if not body.isascii() and (text := _utf8(body, named[0])) is not None:
        return text
    for name in named:
        text = _strict(body, name)
        if text is not None:
            return text
    guess = from_bytes(body[:_GUESS_FROM], cp_isolation=list(_GUESSED)).best()
    return body.decode(guess.encoding if guess else "cp1252", "replace")


def _utf8(body: bytes, label: str) -> str | None:
    """Return the page as UTF-8 if its bytes are that, but for a few; None where its label may be right."""
    try:
        text, broken = body.decode(), 0
    except UnicodeDecodeError:
        text = body.decode(errors="replace")
        broken = text.count("\ufffd")
    if label == "utf-8" and not broken:
        return text
    signs = len(text) - broken - _ascii(text)
    unlike = label.lower().startswith(_SEVERAL_BYTES) or broken
    if signs < (_MANY_SIGNS if unlike else 1) or broken > _STRAYS * (signs + broken):
        return None
    return text


def _ascii(text: str) -> int:
    """Return how many signs of a text are ASCII."""
    return len(text.encode("ascii", "ignore"))


def _named(body: bytes, content_type: str) -> list[str]:
    header = _HEADER.search(content_type)
    return [*([header[1]] if header else []), *_declared(body[:_DECLARED_WITHIN]), "utf-8"]


def _declared(head: bytes) -> list[str]:
    """Return the encoding that a `meta` names: as its `charset`, or in place of the header Content-Type."""
    for meta in _META.finditer(head):
        said = {name.lower(): value.strip(b"\"' ") for name, value in _ATTRIBUTE.findall(meta[1])}
        if b"charset" in said:
            return [said[b"charset"].decode("ascii", "ignore")]
        if said.get(b"http-equiv", b"").lower() == b"content-type":
            found = _NAMED_IN.search(said.get(b"content", b""))
            if found:
                return [found[1].decode("ascii", "ignore")]
    return []


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
