"""How much of the archive's curated text do we read, and how much else? 5-gram recall and precision.

    python -m bench.reading_quality VERSIONS.git SNAPSHOTS.git DECLARATIONS/ [--worst N]

Every document's latest version (Markdown) is held against our reading of the pages with the same author
date, once by the declared selectors, once without any. Words are folded alike on both sides.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from watchers.model import Part, Selector
from watchers.reading.extract import joined, read_html, read_markdown
from watchers.reading.words import words

_RANGE = {
    "startBefore": ("start", True),
    "startAfter": ("start", False),
    "endBefore": ("end", False),
    "endAfter": ("end", True),
}


class Case(NamedTuple):
    """A document: its curated text, and its pages with their parts."""

    name: str
    truth: str
    pages: list[bytes]
    parts: list[Part]


def git(repository: Path, *asked: str) -> bytes:
    """Return what git says."""
    command = ["git", "-C", str(repository), "-c", "core.quotePath=false", *asked]
    return subprocess.run(command, capture_output=True, check=True).stdout


def selectors(declared: Any) -> tuple[Selector, ...]:
    """Return Open Terms Archive selectors as ours."""
    if declared is None:
        return ()
    rows = declared if isinstance(declared, list) else [declared]
    return tuple(Selector(row) if isinstance(row, str) else _range(row) for row in rows)


def _range(row: dict[str, str]) -> Selector:
    named: dict[str, Any] = {}
    for key, css in row.items():
        end, inside = _RANGE[key]
        named |= {end: css, f"{end}_inside": inside}
    return Selector(**named)


def parts_of(terms: dict[str, Any]) -> list[Part]:
    """Return the parts of a declaration, combined ones with their inherited defaults."""
    items = [{**terms, **item} for item in terms.get("combine", [{}])]
    return [Part(item["fetch"], selectors(item.get("select")), selectors(item.get("remove"))) for item in items]


def _page_name(address: str) -> str:
    path = re.sub(r"^https?://[^/]+/?", "", address)
    return re.sub(r"[^0-9A-Za-z]+", "", path).lower()


def cases(versions: Path, snapshots: Path, declarations: Path) -> Iterator[Case]:
    """Yield every document whose latest version has all its pages."""
    for path in git(versions, "ls-tree", "-r", "--name-only", "HEAD").decode().splitlines():
        service, _, kind = path.removesuffix(".md").partition("/")
        file = declarations / f"{service}.json"
        terms = json.loads(file.read_text())["terms"].get(kind) if kind and file.exists() else None
        if terms is None:
            continue
        parts = parts_of(terms)
        date = git(versions, "log", "-1", "--format=%at", "HEAD", "--", path).decode().strip()
        pages = [_page_at(snapshots, service, kind, part, len(parts) > 1, int(date)) for part in parts]
        if all(pages):
            yield Case(f"{service}/{kind}", git(versions, "show", f"HEAD:{path}").decode(), pages, parts)  # type: ignore[arg-type]


def _page_at(snapshots: Path, service: str, kind: str, part: Part, combined: bool, date: int) -> bytes | None:
    """Return the last page of a part recorded up to a date."""
    for name in git(snapshots, "ls-tree", "-r", "--name-only", "HEAD").decode().splitlines():
        folder, _, rest = name.partition("/")
        own, _, note = rest.removesuffix(".html").partition(" #")
        if (
            folder == service
            and own == kind
            and combined == bool(note)
            and (not note or _page_name(note) == _page_name(part.address))
        ):
            log = git(snapshots, "log", "--format=%at %H", "HEAD", "--", name).decode().split("\n")
            commits = [line.split() for line in log if line and int(line.split()[0]) <= date]
            return git(snapshots, "show", f"{commits[0][1]}:{name}") if commits else None
    return None


def grams(text: str) -> set[tuple[str, ...]]:
    """Return the runs of five words in a text; as a set, for some curated texts hold everything twice."""
    tokens = re.findall(r"\w+", text.lower())
    return set(zip(*(tokens[n:] for n in range(5)), strict=False))


def score(truth: str, read: str) -> tuple[float, float]:
    """Return recall and precision of the 5-grams."""
    want, have = grams(truth), grams(read)
    shared = len(want & have)
    return shared / max(1, len(want)), shared / max(1, len(have))


def main() -> None:
    """Print the means, and the worst documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("versions", "snapshots", "declarations"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--worst", type=int, default=8)
    parser.add_argument("--keep", type=Path, help="a folder to write both texts to")
    asked = parser.parse_args()
    known = list(cases(asked.versions, asked.snapshots, asked.declarations))
    for declared in (True, False):
        scored, seconds = [], 0.0
        for case in known:
            began = time.process_time()
            reading = joined(
                [
                    read_html(page, part if declared else Part(part.address))
                    for page, part in zip(case.pages, case.parts, strict=True)
                ]
            )
            seconds += time.process_time() - began
            truth = words(read_markdown(case.truth))
            scored.append((*score(truth, words(reading)), case.name))
            if asked.keep:
                stem = case.name.replace("/", "__")
                (asked.keep / f"{stem}.truth.txt").write_text(read_markdown(case.truth).text)
                (asked.keep / f"{stem}.{'declared' if declared else 'main'}.txt").write_text(reading.text)
        recall, precision = mean(s[0] for s in scored), mean(s[1] for s in scored)
        pages = sum(len(case.pages) for case in known)
        print(
            f"{'declared selectors' if declared else 'main content':18} recall {recall:.4f} precision {precision:.4f}"
            f" over {len(scored)} documents, {1000 * seconds / pages:.1f} ms of CPU a page"
        )
        for r, p, name in sorted(scored, key=lambda s: min(s[:2]))[: asked.worst]:
            print(f"    recall {r:.3f} precision {p:.3f} {name}")


if __name__ == "__main__":
    main()
