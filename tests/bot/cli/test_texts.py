"""Files are read by the command line as looks read pages: in any encoding, PDF too; nothing is lost to a code page."""

import io
import json
from pathlib import Path

import pytest

from bot.cli.texts import answer_lines, read_file
from watchers.errors import ClausewatchError


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_text_is_read_in_the_encoding_it_was_written_in(tmp_path: Path, coding: str) -> None:
    file = tmp_path / "terms.txt"
    file.write_bytes("We keep your café “letters” for 30 days.".encode(coding))
    assert read_file(file).text == "We keep your café “letters” for 30 days."


def test_a_pdf_without_words_says_so(tmp_path: Path) -> None:
    file = tmp_path / "terms.pdf"
    file.write_bytes(b"%PDF-1.4 not really")
    with pytest.raises(ClausewatchError, match="broken and cannot be opened"):
        read_file(file)


@pytest.mark.parametrize(("coding", "plain"), [("utf-8", False), ("cp1252", True)])
def test_answers_keep_every_letter_whatever_the_code_page(coding: str, plain: bool) -> None:
    told = io.TextIOWrapper(io.BytesIO(), encoding=coding)
    answer_lines(io.StringIO('{"id": "−"}\n'), told, lambda question: question)
    told.flush()
    line = told.buffer.getvalue().decode(coding)
    assert (json.loads(line)["id"], line.isascii()) == ("−", plain)
