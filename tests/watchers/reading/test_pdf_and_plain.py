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
    return _pages("".join(f"BT /F1 12 Tf 72 {720 - 16 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines)))


def _pages(*drawn: str, more: str = "") -> bytes:
    """Return a PDF whose pages show what is drawn on them; `more` stands in each page's description."""
    count = len(drawn)
    kids = " ".join(f"{3 + n} 0 R" for n in range(count))
    fonts = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        *(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {more} /Contents {3 + count + n} 0 R {fonts} >>"
            for n in range(count)
        ),
        *(f"<< /Length {len(shown)} >>\nstream\n{shown}endstream" for shown in drawn),
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    table = out.tell()
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out.write(
        f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer << /Root 1 0 R /Size {size} >>\n".encode()
        + f"startxref\n{table}\n%%EOF".encode()
    )
    return out.getvalue()


def _line(words: str, x: float, y: float, turn: str = "1 0 0 1") -> str:
    return f"BT /F1 10 Tf {turn} {x} {y} Tm ({words}) Tj ET\n"


LEFT = (
    "We lend tide tables to all",
    "readers who hold a card of",
    "the reading room at the old",
    "pier, and to nobody who has",
    "lost one before. Lost tables",
    "are paid for by the reader",
    "who had them last.",
)
RIGHT = (
    "Complaints are heard by the",
    "librarian first and by the",
    "council of the pier after it.",
    "The council meets whenever",
    "the sea lets it, which may",
    "be never. These rules hold",
    "until others are posted.",
)


def test_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    rows = [
        _line(a, 50, 600 - 12 * n) + _line(b, 320, 600 - 12 * n)
        for n, (a, b) in enumerate(zip(LEFT, RIGHT, strict=True))
    ]
    title = _line("Rules of the reading room at the old pier, which hold for all of its readers and guests", 50, 640)
    words = " ".join(block.words for block in read_pdf(_pages(title + "".join(rows))))
    assert f"{' '.join(LEFT)} {' '.join(RIGHT)}" in words
    assert words.startswith("Rules of the reading room")


def test_a_table_is_read_row_by_row() -> None:
    rows = [
        _line(f"Kind {n}", 50, 600 - 12 * n) + _line(f"{n} days after you leave", 320, 600 - 12 * n) for n in range(9)
    ]
    words = " ".join(block.words for block in read_pdf(_pages("".join(rows))))
    assert "Kind 3 3 days after you leave" in words


def test_the_lines_of_a_turned_page_stay_apart() -> None:
    drawn = "".join(_line(words, 100 + 14 * n, 100, "0 1 -1 0") for n, words in enumerate(LEFT))
    assert " ".join(LEFT) in " ".join(block.words for block in read_pdf(_pages(drawn, more="/Rotate 90")))


def test_what_every_page_repeats_is_no_word_between_two_of_them() -> None:
    drawn = [
        _line("Pier Ltd Rules, version 3", 50, 760) + _line(f"Page {n} of 2", 50, 740) + _line(words, 50, 700)
        for n, words in enumerate(("You may give back the", "tables on any day."), 1)
    ]
    assert [block.words for block in read_pdf(_pages(*drawn))] == [
        "Pier Ltd Rules, version 3",
        "You may give back the tables on any day.",
    ]


def test_a_word_cut_by_a_line_keeps_its_hyphen_where_it_is_written_with_one() -> None:
    lines = (
        "We name each third-",
        "party seller and infor-",
        "mation broker. Ask the lock-",
        "keeper, for a lock-keeper has the keys.",
    )
    assert [block.words for block in read_pdf(_pdf(*lines))] == [
        "We name each third-party seller and information broker. Ask the lock-keeper, for a lock-keeper has the keys."
    ]


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
