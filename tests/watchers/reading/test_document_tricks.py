"""Tricks of XML and PDF: entities that multiply or read files, pages that go round in circles, scripts, bombs."""

from __future__ import annotations

import ast
import zlib
from pathlib import Path

import pytest

import bot
import storage
import watchers
from watchers.reading.extract import read_html
from watchers.reading.pdf import read_pdf, trouble

WORDS = "We keep your messages for thirty days."
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
XML = [
    ("entities that multiply", f'<!DOCTYPE html [<!ENTITY l0 "lol">{LAUGHS}]><html><p>{WORDS}</p><p>&l9;</p></html>'),
    ("a file by an entity", f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://PLACE">]><p>{WORDS}</p><p>&x;</p>'),
    ("an address by an entity", f'<!DOCTYPE html [<!ENTITY x SYSTEM "http://10.0.0.1/">]><p>{WORDS}</p><p>&x;</p>'),
    ("a parameter entity", f'<!DOCTYPE html [<!ENTITY % x SYSTEM "file://PLACE"> %x;]><p>{WORDS}</p>'),
    ("an outer definition", f'<!DOCTYPE html SYSTEM "file://PLACE"><p>{WORDS}</p>'),
    ("an inclusion", f'<p>{WORDS}</p><xi:include href="file://PLACE" parse="text"/>'),
    ("a style sheet", f'<?xml-stylesheet type="text/xsl" href="file://PLACE"?><p>{WORDS}</p>'),
]


@pytest.mark.parametrize("source", [one for _, one in XML], ids=[name for name, _ in XML])
def test_an_entity_neither_multiplies_nor_reads_a_file(source: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("words of another file")
    read = read_html(f'<?xml version="1.0"?>{source.replace("PLACE", str(tmp_path / "secret"))}')
    assert WORDS in read.text
    assert "another file" not in read.text
    assert len(read.text) < 2 * len(source)


def test_no_code_of_the_project_parses_xml() -> None:
    """Feeds are only written: an XML parser that is not there cannot be tricked."""
    sources = [path for floor in (watchers, storage, bot) for path in Path(str(floor.__file__)).parent.rglob("*.py")]
    used = {
        node.attr
        for path in sources
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
    }
    assert "SubElement" in used
    assert not used & {"fromstring", "XMLParser", "iterparse", "XMLPullParser", "fromstringlist", "make_parser"}


PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf(
    *, root: str = "", pages: str = "/Kids [3 0 R] /Count 1", page: str = PAGE, stream: bytes = b"", packing: str = ""
) -> bytes:
    """Return a PDF of one page that shows WORDS, unless a part is given another shape."""
    shown = stream or f"BT /F1 12 Tf 72 720 Td ({WORDS}) Tj ET".encode()
    parts = [
        f"<< /Type /Catalog /Pages 2 0 R {root} >>".encode(),
        f"<< /Type /Pages {pages} >>".encode(),
        page.encode(),
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(shown), packing.encode(), shown),
        FONT.encode(),
    ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    rows = "".join(f"{place:010} 00000 n \n" for place in places).encode()
    table = b"xref\n0 6\n0000000000 65535 f \n%strailer << /Root 1 0 R /Size 6 >>\nstartxref\n%d\n%%%%EOF"
    return out + table % (rows, len(out))


def words(body: bytes) -> str:
    return " ".join(block.words for block in read_pdf(body))


def test_the_pdf_that_the_tricks_are_made_of_is_read() -> None:
    assert words(pdf()) == WORDS


CIRCLES = [
    ("a page tree that holds itself", pdf(pages="/Kids [2 0 R] /Count 1")),
    ("a page tree that holds itself beside a page", pdf(pages="/Kids [3 0 R 2 0 R] /Count 2")),
    ("a page that is its own parent", pdf(page=PAGE.replace("/Parent 2 0 R", "/Parent 3 0 R"))),
    ("contents that are the page", pdf(page=PAGE.replace("/Contents 4 0 R", "/Contents 3 0 R"))),
    ("a table of places before itself", pdf().replace(b"/Size 6 >>", b"/Size 6 /Prev 9 >>")),
    ("two thousand million pages", pdf(pages="/Kids [3 0 R] /Count 2000000000")),
    ("fewer than no pages", pdf(pages="/Kids [3 0 R] /Count -5")),
    ("arrays in arrays", pdf(root="/A " + "[" * 50_000 + "]" * 50_000)),
    ("a box without an end", pdf(page=PAGE.replace("[0 0 612 792]", "[0 0 1e38 1e38]"))),
    ("a hundred thousand kids", pdf(pages=f"/Kids [{'3 0 R ' * 100_000}] /Count 100000")),
]


@pytest.mark.parametrize("body", [body for _, body in CIRCLES], ids=[name for name, _ in CIRCLES])
def test_a_pdf_that_goes_round_in_circles_comes_to_an_end(body: bytes) -> None:
    read = words(body)
    assert read.replace(WORDS, "").strip() == ""
    assert len(read) <= 501 * (len(WORDS) + 1)


ACTIVE = [
    ("a script when it opens", "/OpenAction << /S /JavaScript /JS (app.alert\\('evil words'\\)) >>"),
    ("a program when it opens", "/OpenAction << /S /Launch /F (evil words.exe) >>"),
    ("an address when it opens", "/OpenAction << /S /URI /URI (http://10.0.0.1/evil-words) >>"),
    ("scripts by name", "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (evil words) >>] >> >>"),
    ("a form that is sent", "/AcroForm << /Fields [] /XFA (<evil words/>) >>"),
    ("a file inside", "/Names << /EmbeddedFiles << /Names [(evil words.exe) << /Type /Filespec >>] >> >>"),
]


@pytest.mark.parametrize("root", [root for _, root in ACTIVE], ids=[name for name, _ in ACTIVE])
def test_what_a_pdf_would_do_is_not_done_and_is_no_word_of_it(root: str) -> None:
    assert words(pdf(root=root)) == WORDS


def test_a_packed_stream_that_unpacks_to_a_thousand_times_its_size_ends() -> None:
    bomb = zlib.compress(b" " * 50_000_000, 9)
    assert len(bomb) < 100_000
    assert words(pdf(stream=bomb, packing="/Filter /FlateDecode")) == ""


def test_streams_packed_in_each_other_end() -> None:
    packed = b" " * 20_000_000
    for _ in range(4):
        packed = zlib.compress(packed, 9)
    filters = "/Filter [/FlateDecode /FlateDecode /FlateDecode /FlateDecode]"
    assert words(pdf(stream=packed, packing=filters)) == ""


def test_a_pdf_whose_lock_is_nonsense_says_that_it_cannot_be_opened() -> None:
    locked = pdf().replace(b"/Size 6 >>", b"/Size 6 /Encrypt << /Filter /None /V 99 >> >>")
    assert read_pdf(locked) == []
    assert "PDF" in trouble(locked)
