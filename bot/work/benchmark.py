"""A benchmark table: platforms over the slots of some provisions, as CSV and XLSX, with a sheet of sources. Pure.

A cell holds the words that carry it, verbatim; where a slot is empty the cell is, too. Nothing is inferred.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

from bot.compose.words import day
from bot.pages.rendering import clean
from bot.work.memo import Quoted, quoted
from bot.work.word import MISSING
from watchers.errors import ClausewatchError
from watchers.model import Finding
from watchers.provisions.card import cite
from watchers.provisions.choosing import best_source, sayings
from watchers.provisions.frame_file import frames
from watchers.provisions.frames import read_frame
from watchers.provisions.source import Source
from watchers.provisions.taxonomy import PROVISIONS

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins with one of these is run as a formula by spreadsheet programs."""


@dataclass(frozen=True, slots=True)
class Line:
    """One provision at one platform: a cell for each slot, and the clause that carries them."""

    platform: str
    provision: str
    document: str
    stance: str
    exposure: str
    slots: tuple[tuple[str, str], ...]
    clause: Quoted | None
    seen: str = ""


def line(provision: str, platform: str, sources: Sequence[Source]) -> Line:
    """Return the line of a provision at a platform, from the document that speaks of it best."""
    source = best_source(provision, sources)
    found = sayings(provision, source) if source else ()
    names = [slot.name for slot in frames()[provision].slots]
    if source is None or not found:
        said = "not read yet" if not sources else "nothing was recognised"
        return Line(platform, provision, "", said, "", tuple((name, "") for name in names), None)
    best = found[0]
    words = dict(_words(best, source))
    slots = tuple((name, words.get(name, "")) for name in names)
    clause = quoted(best.excerpt(source.version.text), cite(source, best))
    stance, exposure = best.stance.value.replace("_", " "), best.exposure.value
    return Line(platform, provision, source.document.type, stance, exposure, slots, clause, day(source.version.seen_at))


def _words(finding: Finding, source: Source) -> Iterator[tuple[str, str]]:
    for slot in read_frame(finding, source.version.text).slots:
        yield slot.name, source.version.text[slot.start : slot.end]


def table(lines: Iterable[Line]) -> tuple[tuple[str, ...], ...]:
    """Return the table: a head, then a row a line; slots of one provision stand in the columns of that provision."""
    every = tuple(lines)
    columns = list(dict.fromkeys((each.provision, name) for each in every for name, _ in each.slots))
    titles = [f"{PROVISIONS[provision].title}: {name.replace('_', ' ')}" for provision, name in columns]
    head = ("Platform", "Provision", "Document", "Stance", "Exposure", *titles, "Clause", "Version of", "Place")
    return (head, *(_row(each, columns) for each in every))


def _row(each: Line, columns: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    cells = {(each.provision, name): words for name, words in each.slots}
    slots = [cells.get(column, "") for column in columns]
    clause = (each.clause.text, each.seen, each.clause.place) if each.clause else ("", "", "")
    facts = (each.platform, PROVISIONS[each.provision].title, each.document, each.stance, each.exposure)
    return tuple(_harmless(cell) for cell in (*facts, *slots, *clause))


def _harmless(cell: str) -> str:
    """Put a quotation mark before what a spreadsheet would run, and drop what disturbs."""
    bare = clean(cell)
    return f"'{bare}" if bare.startswith(_FORMULA) else bare


def csv_file(lines: Iterable[Line]) -> bytes:
    """Return the table as CSV in UTF-8 with a byte order mark, which spreadsheet programs read it by."""
    body = StringIO()
    csv.writer(body).writerows(table(lines))
    return body.getvalue().encode("utf-8-sig")


def xlsx_file(lines: Sequence[Line]) -> bytes:
    """Return the table and a sheet of sources as XLSX. Raises ClausewatchError where the extra is not installed."""
    try:
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, Font
    except ImportError as error:
        raise ClausewatchError(MISSING) from error
    made = Workbook()
    sheet = made.active
    sheet.title = "Benchmark"
    sources = made.create_sheet("Sources")
    sources.append(["Platform", "Provision", "Source", "Version", "From", "To", "SHA-256", "Words"])
    for row in table(lines):
        sheet.append(list(row))
    for each in lines:
        if each.clause:
            place = (each.clause.source, each.clause.version, each.clause.start, each.clause.end, each.clause.sha256)
            about = (each.platform, PROVISIONS[each.provision].title)
            sources.append([_cell(cell) for cell in (*about, *place, each.clause.text)])
    for part in (sheet, sources):
        part.freeze_panes = "A2"
        for cell in part[1]:
            cell.font = Font(bold=True)
        for column in part.columns:
            part.column_dimensions[column[0].column_letter].width = _width(column)
            for cell in column:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    body = BytesIO()
    made.save(body)
    return body.getvalue()


def _cell(value: str | int) -> str | int:
    return _harmless(value) if isinstance(value, str) else value


def _width(column: Iterable[object]) -> float:
    longest = max(len(str(getattr(cell, "value", "") or "")) for cell in column)
    return float(min(max(10, longest + 2), 60))
