"""`recognise` and `compare`: the pure core on files, for people, or over JSON lines, for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.markup import escape

from bot.cli.terminal import terminal
from watchers.errors import ClausewatchError
from watchers.model import Difference, Finding, Reading, Touch

if TYPE_CHECKING:
    from rich.text import Text

JsonLines = Annotated[bool, typer.Option("--jsonl", help="One JSON object a line on standard input and output.")]
Weights = Annotated[
    Path | None,
    typer.Option("--weights", envvar="WEIGHTS", help="A folder of weights to measure, instead of the program's own."),
]
DocType = Annotated[str, typer.Option("--type", help='The kind of document, e.g. "Privacy Policy".')]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command()(recognise)
    app.command()(compare)


def recognise(
    file: Annotated[Path | None, typer.Argument(help="A page or text: .html, .pdf, .md or .txt.")] = None,
    jsonl: JsonLines = False,
    doc_type: DocType = "",
    weights: Weights = None,
) -> None:
    """Recognise the provisions in a text, with the words that gave them away.

    Example: clausewatch recognise terms.html --type "Terms of Service"
    """
    if jsonl:
        answer_lines(sys.stdin, sys.stdout, partial(recognise_one, weights=weights))
        return
    reading = read_file(_needed(file))
    for finding in found_in(reading.text, doc_type, weights):
        _show_finding(terminal(), reading.text, finding)


def compare(
    old: Annotated[Path | None, typer.Argument(help="The earlier page or text.")] = None,
    new: Annotated[Path | None, typer.Argument(help="The later page or text.")] = None,
    jsonl: JsonLines = False,
    doc_type: DocType = "",
) -> None:
    """Compare two versions of a text, clause by clause.

    Example: clausewatch compare terms-2025.md terms-2026.md
    """
    if jsonl:
        answer_lines(sys.stdin, sys.stdout, compare_one)
        return
    answer, difference = _compared(_needed(old), _needed(new), doc_type)
    _show_difference(terminal(), answer, difference)


def answer_lines(asked: TextIO, told: TextIO, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer each JSON line with one; a line that is no question stops with its number and what is wrong."""
    ascii_only = (told.encoding or "utf-8").lower().replace("-", "") != "utf8"  # nothing may be lost to a code page
    for number, line in enumerate(asked, 1):
        if line.strip():
            told.write(json.dumps(answer(_question(number, line)), ensure_ascii=ascii_only) + "\n")


def recognise_one(question: dict[str, Any], weights: Path | None = None) -> dict[str, Any]:
    """Answer `{"id", "text", "doc_type"}` with the provisions found, excerpts verbatim in the text as given."""
    text = str(question["text"])
    found = found_in(text, str(question.get("doc_type") or ""), weights)
    return {"id": question["id"], "provisions": [_as_json(text, finding) for finding in found]}


def compare_one(question: dict[str, Any]) -> dict[str, Any]:
    """Answer `{"id", "old", "new", "doc_type"}`, two paths, with the difference."""
    answer, _ = _compared(Path(question["old"]), Path(question["new"]), str(question.get("doc_type") or ""))
    return {"id": question["id"], **answer}


def read_file(path: Path) -> Reading:
    """Read a file as the watchers would read it off the net, by its ending."""
    from bot.examining.texts import boxed, read_bytes

    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ClausewatchError(f"{path}: cannot be read ({error.strerror}); give the path of a page or text") from error
    reading = boxed(read_bytes, raw, path.suffix.lower())
    if not reading.text and not reading.verdict.readable:
        raise ClausewatchError(f"{path}: {reading.verdict.reason}; give a file whose words can be read")
    return reading


def _question(number: int, line: str) -> dict[str, Any]:
    try:
        question = json.loads(line)
    except json.JSONDecodeError as error:
        raise ClausewatchError(f"line {number} of the standard input is not JSON: {error}") from error
    if not isinstance(question, dict) or "id" not in question:
        raise ClausewatchError(f'line {number} of the standard input must be an object with an "id"')
    return question


def found_in(text: str, doc_type: str, weights: Path | None = None) -> tuple[Finding, ...]:
    """Return the provisions in a text, recognised in the box."""
    from bot.examining.texts import boxed, recognised

    return boxed(recognised, text, doc_type, weights)


def _as_json(text: str, finding: Finding) -> dict[str, Any]:
    return {
        "provision": finding.provision,
        "excerpt": finding.excerpt(text),
        "start": finding.start,
        "end": finding.end,
        "stance": finding.stance,
        "exposure": finding.exposure,
        "confidence": round(finding.confidence, 3),
        "cue": text[finding.cue_start : finding.cue_end],
    }


def _compared(old_path: Path, new_path: Path, doc_type: str) -> tuple[dict[str, Any], Difference]:
    """Compare two files as a look does once their health is known: words, then provisions."""
    from bot.examining.texts import compare_in_box

    difference, touches, told = compare_in_box(read_file(old_path), read_file(new_path), doc_type)
    return _difference_json(difference, touches, told), difference


def _difference_json(difference: Difference, touches: tuple[Touch, ...], headline: str) -> dict[str, Any]:
    from watchers.comparing.bearing import of_change

    return {
        "words_differ": difference.words_differ,
        "links_differ": difference.links_differ,
        "significance": difference.significance,
        "reasons": list(difference.reasons),
        "provisions": [touch.provision for touch in touches],
        "passages": [{"kind": p.kind, "before": p.before, "after": p.after} for p in difference.passages],
        "effective": difference.effective.isoformat() if difference.effective else None,
        "summary": headline,
        "direction": of_change(difference, touches),
        "headline": headline,
    }


def _needed(path: Path | None) -> Path:
    if path is None:
        raise ClausewatchError("name the file, or ask over standard input with --jsonl; --help shows an example")
    return path


def _show_finding(console: Console, text: str, finding: Finding) -> None:
    console.print(
        f"[bold]{finding.provision}[/]  {finding.stance.replace('_', ' ')}  "
        f"exposure {finding.exposure}  [dim]{finding.start}–{finding.end}[/]"
    )
    before, cue = text[finding.start : finding.cue_start], text[finding.cue_start : finding.cue_end]
    after = text[finding.cue_end : finding.end]
    console.print(f"  {escape(before)}[underline]{escape(cue)}[/]{escape(after)}\n", highlight=False)


def _show_difference(console: Console, answer: dict[str, Any], difference: Difference) -> None:
    console.print(f"[bold]{difference.significance}[/]: {escape('; '.join(difference.reasons)) or 'no difference'}")
    if answer["summary"]:
        console.print(escape(answer["summary"]))
    for passage in difference.passages:
        console.print(f"\n[bold]{passage.kind}[/] [dim]{escape(' › '.join(passage.path))}[/]")
        for line in _redlined(passage):
            console.print(line, highlight=False)


def _redlined(passage: Any) -> Iterator[Text]:
    from rich.text import Text

    if passage.before:
        yield _marked(Text("− "), passage.before, [(e.a0, e.a1) for e in passage.edits], "red strike")
    if passage.after:
        yield _marked(Text("+ "), passage.after, [(e.b0, e.b1) for e in passage.edits], "green")


def _marked(line: Text, words: str, spans: list[tuple[int, int]], style: str) -> Text:
    start = len(line)
    line.append(words)
    for a, b in spans or [(0, len(words))]:
        line.stylize(style, start + a, start + b)
    return line
