"""Memos and tables hold the words of the archive with their places, and a memo can be proved against it."""

import csv
import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document as read_word
from openpyxl import load_workbook

from bot.work.benchmark import Line, csv_file, line, table, xlsx_file
from bot.work.memo import Quoted, memo_of_card, memo_of_comparison
from bot.work.pdf import pdf_file
from bot.work.proof import citations, wrong_citations
from bot.work.word import word_file
from watchers.errors import ClausewatchError
from watchers.model import Document, Part, Version
from watchers.provisions.card import compose_card
from watchers.provisions.comparison import row
from watchers.provisions.recogniser import recognise
from watchers.provisions.source import Source
from watchers.reading.clauses import clauses

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
TEXT = """# Terms of Service

## Disputes

All disputes shall be resolved by binding arbitration. You may opt out within 30 days of accepting these Terms.

## Governing law

These Terms are governed by the laws of the State of Delaware.
"""


def source(platform: str = "Fernpost", text: str = TEXT) -> Source:
    address = f"https://{platform.lower()}.example/terms"
    document = Document(f"{platform.lower()}/terms", platform.lower(), "Terms of Service", (Part(address),))
    made = Version(f"v-{platform.lower()}", document.id, NOW, "a" * 64, text, language="en")
    return Source(platform, document, made, clauses(text), recognise(text, doc_type="Terms of Service"))


def the_memo() -> bytes:
    return word_file(memo_of_card(compose_card("arbitration", source()), "Fernpost", NOW, ("us",)))


def test_a_memo_holds_question_answer_clause_and_law_in_this_order() -> None:
    said = [paragraph.text for paragraph in read_word(io.BytesIO(the_memo())).paragraphs]
    titles = [each for each in ("Question", "Short answer", "The clause") if each in said]
    assert titles == ["Question", "Short answer", "The clause"]
    assert any(each.startswith("Laws it may engage in the United States") for each in said)
    assert any("no legal determination" in each for each in said)


def test_every_quotation_of_a_memo_is_the_archives_words() -> None:
    found = citations(the_memo())
    assert found
    assert all(TEXT[each.start : each.end] == each.text for each in found)


@pytest.mark.parametrize(
    ("altered", "says"),
    [
        ({}, None),
        ({"text": TEXT.replace("binding", "optional")}, "is not what stands at"),
        ({"sha256": "b" * 64}, "has another hash"),
        (None, "is not in this archive"),
    ],
)
async def test_a_memo_is_proved_against_the_archive(altered: dict[str, str] | None, says: str | None) -> None:
    async def find(version: str) -> Version | None:
        if altered is None:
            return None
        return Version(version, "fernpost/terms", NOW, altered.get("sha256", "a" * 64), altered.get("text", TEXT))

    wrong = await wrong_citations(the_memo(), find)
    assert bool(wrong) is (says is not None)
    assert all(says is None or says in each for each in wrong)


async def test_a_file_that_is_no_memo_is_refused_in_words() -> None:
    async def find(version: str) -> Version | None:
        return None

    with pytest.raises(ClausewatchError, match="this is no Word file"):
        await wrong_citations(b"no zip", find)


def test_a_comparison_names_those_that_say_nothing() -> None:
    made = memo_of_comparison("arbitration", [row("arbitration", source())], ["Kite"], NOW)
    assert "nothing was recognised at Kite" in made.answer
    assert [section.title for section in made.sections] == ["Fernpost"]


def test_a_memo_becomes_a_pdf_of_letters_of_any_script() -> None:
    card = compose_card("arbitration", source(text=TEXT.replace("Delaware", "Île-de-France, Κρήτη")))
    assert pdf_file(memo_of_card(card, "Fernpost", NOW)).startswith(b"%PDF-")


def test_a_table_has_a_line_a_platform_and_cells_in_the_documents_words() -> None:
    lines = [line("governing_law", name, (source(name),)) for name in ("Fernpost", "Kite")]
    head, *rows = table(lines)
    assert [each[0] for each in rows] == ["Fernpost", "Kite"]
    assert head[:5] == ("Platform", "Provision", "Document", "Stance", "Exposure")
    assert any("Delaware" in cell for cell in rows[0])


def test_what_was_never_read_is_said_to_be_so() -> None:
    assert line("governing_law", "Kite", ()).stance == "not read yet"
    assert line("biometric", "Fernpost", (source(),)).stance == "nothing was recognised"


def test_a_cell_that_would_run_as_a_formula_is_harmless_in_both_files() -> None:
    clause = Quoted("=1+1", "=x", "v1", 0, 4, "a" * 64)
    made = [Line("=cmd|' /C calc'!A0", "arbitration", "Terms", "does", "low", (("kind", "@x"),), clause, "1 Dec 2026")]
    rows = list(csv.reader(io.StringIO(csv_file(made).decode("utf-8-sig"))))
    book = load_workbook(io.BytesIO(xlsx_file(made)))
    cells = [str(cell.value) for sheet in book for each in sheet.iter_rows() for cell in each if cell.value is not None]
    assert not any(cell.startswith(("=", "@", "+")) for each in rows for cell in each)
    assert not any(cell.startswith(("=", "@", "+")) for cell in cells)
    assert book.sheetnames == ["Benchmark", "Sources"]


def test_the_word_file_is_a_whole_zip() -> None:
    assert zipfile.ZipFile(io.BytesIO(the_memo())).testzip() is None
