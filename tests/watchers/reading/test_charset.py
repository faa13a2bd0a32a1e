"""Which encoding a page is in, decided in one fixed order."""

from __future__ import annotations

import codecs

import pytest

from watchers.reading.charset import decode

TEXT = "<p>Für „alle“ Größen: 30 € – naïve façade</p>"

CASES = [
    ("a byte order mark beats the header", codecs.BOM_UTF8 + TEXT.encode(), "text/html; charset=iso-8859-1"),
    ("the header beats the meta tag", b"<meta charset=koi8-r>" + TEXT.encode(), "text/html; charset=UTF-8"),
    ("the meta tag decides without a header", b"<meta charset='windows-1252'>" + TEXT.encode("cp1252"), "text/html"),
    ("latin-1 means windows-1252, as browsers read it", TEXT.encode("cp1252"), "text/html; charset=ISO-8859-1"),
    ("valid UTF-8 needs no declaration", TEXT.encode(), ""),
    ("a header that the page contradicts is not believed", TEXT.encode(), "text/html; charset=utf-16"),
    ("an encoding that no browser knows is not believed", b"+AEE- " + TEXT.encode(), "text/html; charset=utf-7"),
    ("an escape of Python is none", rb"\u0041 " + TEXT.encode(), "text/html; charset=unicode_escape"),
    ("UTF-16 needs no mark where it is declared", TEXT.encode("utf-16-le"), "text/html; charset=utf-16le"),
    ("an unknown encoding is not believed", TEXT.encode(), "text/html; charset=x-klingon"),
]


@pytest.mark.parametrize(("body", "content_type"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_order_in_which_an_encoding_is_decided(body: bytes, content_type: str) -> None:
    assert decode(body, content_type).endswith(TEXT)


def test_an_undeclared_old_encoding_is_guessed() -> None:
    assert "Größen" in decode((TEXT * 20).encode("cp1252"))


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp", "gb18030", "cp1251"])
def test_an_old_encoding_of_another_script_is_guessed(encoding: str) -> None:
    text = ("Условия службы. " if encoding == "cp1251" else "利用者は規約に同意します。利用規約。") * 20
    assert decode(text.encode(encoding)) == text


def test_no_page_is_taken_for_one_of_an_old_macintosh() -> None:
    short = "Möwe — “terms” cost €5, naïve café"
    assert decode(short.encode("cp1252"), "text/html; charset=utf-8").startswith("Möwe — “terms” cost €5")


def test_bytes_that_are_no_text_give_replacement_characters() -> None:
    assert decode(bytes(range(128, 256)) * 3)
