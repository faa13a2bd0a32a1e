"""The words of PDFs and plain texts."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from watchers.reading.pdf import read_pdf, trouble
from watchers.reading.plain import read_plain

PLAIN = [
    ("one\ntwo\n\nthree", ["one two", "three"]),
    ("Title\n=====\nText", ["Title", "Text"]),
    ("Intro:\n- a\n- b\n  more b", ["Intro:", "- a", "- b more b"]),
    ("1. a\n2. b", ["1. a", "2. b"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), PLAIN)
def test_wrapped_lines_of_plain_text_belong_together(text: str, words: list[str]) -> None:
    assert [block.words for block in read_plain(text)] == words


def _pdf(*lines: str) -> bytes:
    """Return a one-page PDF with lines of text, written by hand (a picture-only one without lines)."""
    shown = "".join(f"BT /F1 12 Tf 72 {720 - 16 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}endstream",
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    table = out.tell()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(
        f"xref\n0 5\n0000000000 65535 f \n{rows}trailer << /Root 1 0 R /Size 5 >>\nstartxref\n{table}\n%%EOF".encode()
    )
    return out.getvalue()


def test_lines_of_a_pdf_become_paragraphs() -> None:
    pdf = _pdf("1. You agree that we may keep what you", "give us for thirty days.", "2. You may object.")
    assert [block.words for block in read_pdf(pdf)] == [
        "1. You agree that we may keep what you give us for thirty days.",
        "2. You may object.",
    ]


def test_page_numbers_are_no_words() -> None:
    assert [block.words for block in read_pdf(_pdf("You may object.", "Page 3 of 7"))] == ["You may object."]


@pytest.mark.parametrize("body", [_pdf(), b"%PDF-1.7 broken", b""])
def test_a_scanned_or_broken_pdf_has_no_words(body: bytes) -> None:
    assert read_pdf(body) == []


_LOCK = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (%b) /U (%b) /P -4 >> /ID [(a) (a)] " % (b"x" * 32, b"y" * 32)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (_pdf(), "only pictures"),
        (_pdf("You may object.").replace(b"trailer << ", b"trailer << " + _LOCK), "locked with a password"),
        (b"%PDF-1.7 broken", "broken"),
        (_pdf("You may object.")[:200], "broken"),
    ],
)
def test_a_pdf_without_words_says_which_of_its_troubles_it_has(body: bytes, why: str) -> None:
    assert read_pdf(body) == []
    assert why in trouble(body)


def test_the_hand_written_pdf_is_one() -> None:
    assert len(pypdfium2.PdfDocument(_pdf("x"))) == 1
