"""A page cannot speak to the terminal it is shown on, in whatever command."""

import ast
import io
import re
from pathlib import Path

import pytest
import structlog
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot import __main__ as program
from bot.cli.terminal import terminal
from bot.process.logs import set_up_logs
from tests.test_floors import ROOT

HOSTILE = "We keep your data \x1b]0;owned\x07\x1b[31mfor 1000 days\x9b31m and share it \x08with third parties."
OURS = re.compile(r"\x1b\[[\d;]*m")  # colours and weights, which are ours
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@pytest.mark.parametrize("coloured", [True, False])
def test_whatever_is_shown_has_no_control_characters(coloured: bool) -> None:
    told = io.StringIO()
    console = terminal(file=told, force_terminal=coloured, width=300)
    table = Table(HOSTILE)
    table.add_row(HOSTILE)
    for shown in (HOSTILE, Text(HOSTILE, style="red"), Panel(HOSTILE), table):
        console.print(shown, markup=False)
    assert "for 1000 days" in told.getvalue()
    assert "\x1b[31mfor" not in told.getvalue()
    assert not CONTROLS.search(OURS.sub("", told.getvalue()))


@pytest.mark.parametrize("command", [("recognise", "a.html"), ("compare", "b.html", "a.html")])
def test_the_words_of_a_file_are_cleaned(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(tmp_path, "a.html").write_bytes(f"<h1>Privacy Policy</h1><p>{HOSTILE}</p>".encode())
    Path(tmp_path, "b.html").write_bytes(b"<h1>Privacy Policy</h1><p>We keep your data for 30 days.</p>")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["clausewatch", *command])
    with pytest.raises(SystemExit):
        program.main()
    told = capsys.readouterr().out
    assert "1000" in told
    assert not CONTROLS.search(told)


def test_a_log_is_cleaned(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    set_up_logs("warning")
    structlog.get_logger("pages").warning("looked", reason=HOSTILE)
    structlog.configure(**before)  # what stands in for standard error here is closed after the test
    assert not CONTROLS.search(capsys.readouterr().err)


def test_no_command_makes_a_console_of_its_own() -> None:
    for path in [*Path(ROOT, "bot/cli").glob("*.py"), Path(ROOT, "bot/__main__.py")]:
        calls = {
            ast.unparse(each.func) for each in ast.walk(ast.parse(path.read_text("utf8"))) if isinstance(each, ast.Call)
        }
        assert path.name == "terminal.py" or Console.__name__ not in calls
