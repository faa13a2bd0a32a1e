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
    ("an unknown encoding is not believed", TEXT.encode(), "text/html; charset=x-klingon"),
]


@pytest.mark.parametrize(("body", "content_type"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_order_in_which_an_encoding_is_decided(body: bytes, content_type: str) -> None:
    assert decode(body, content_type).endswith(TEXT)


def test_an_undeclared_old_encoding_is_guessed() -> None:
    assert "Größen" in decode((TEXT * 20).encode("cp1252"))


def test_bytes_that_are_no_text_give_replacement_characters() -> None:
    assert decode(bytes(range(128, 256)) * 3)
