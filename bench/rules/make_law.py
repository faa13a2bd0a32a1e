"""Makes `watchers/provisions/data/law/*.toml` from a file of regulations; nothing of the program reads that file.

    python -m bench.rules.make_law REGULATIONS.json

The file holds `meta`, `instruments`, and by provision `hooks`, `jurisdiction_flags`, `considerations` and
`contract_implications`. Rows are taken over word for word; what is marked `unsure` is kept and never shown.
Counsel's own corrections belong in the operator's own file (`LAW_FILE`), not in what is made here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from watchers.provisions.taxonomy import GROUPS, PROVISIONS

FOLDER = Path(__file__).resolve().parents[2] / "watchers" / "provisions" / "data" / "law"
STATES = {"CA": "California", "TX": "Texas", "CO": "Colorado", "IL": "Illinois", "FL": "Florida", "NJ": "New Jersey"}
STATES["WA"] = "Washington"
NAMES = {"EU": "European Union", "EEA": "European Economic Area", "US-federal": "United States (federal)"}
NAMES |= {"US-state": "several US states"} | {f"US-{code}": name for code, name in STATES.items()}
INSTRUMENT = ("id", "title", "citation", "jurisdiction", "kind", "status", "status_as_of", "in_force_note")
HOOK = ("instrument", "locator", "why", "checked", "last_checked", "source", "source_date", "note")


def toml(value: Any) -> str:
    """Write a text, a list of texts or an inline table as TOML."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[\n" + "".join(f"    {toml(each)},\n" for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def rows(table: dict[str, Any], fields: tuple[str, ...]) -> Iterator[str]:
    """Yield a line for each field that a row has, in a fixed order."""
    yield from (f"{field} = {toml(table[field])}" for field in fields if table.get(field))


def head(data: dict[str, Any]) -> Iterator[str]:
    """Yield the file of the instruments: what must be said with any of them, the jurisdictions, the instruments."""
    meta = data["meta"]
    yield "# The instruments that provisions may engage. Made by `python -m bench.rules.make_law`; an operator's own"
    yield "# rows stand in a file of theirs (LAW_FILE). The loader checks the form and names the line of a mistake."
    yield f"\ncompiled = {meta['compiled']}"
    yield from (f"{field} = {toml(meta[field])}" for field in ("scope", "notice", "notes"))
    yield "\n[jurisdictions]"
    used = {one["jurisdiction"] for one in data["instruments"]}
    used |= {flag["jurisdiction"] for flags in data["jurisdiction_flags"].values() for flag in flags}
    codes = meta["jurisdiction_codes"]
    for code in [*(one for one in codes if one in used), *sorted(used - codes.keys())]:
        yield f"{code} = {toml(NAMES.get(code) or codes[code].split(' (')[0].split(',')[0])}"
    for one in data["instruments"]:
        yield "\n[[instrument]]"
        yield from rows(one, INSTRUMENT)
        if one.get("upcoming"):
            yield f"upcoming = {toml(one['upcoming'])}"


def group(data: dict[str, Any], name: str) -> Iterator[str]:
    """Yield the file of one group of provisions."""
    yield f'# What the provisions of the group "{name}" may engage, where, and what to ask. Made, not written.'
    yield '# `checked`: "text" (compared with the wording), "knowledge", or "unsure", which is never shown.'
    for provision in (one.id for one in PROVISIONS.values() if one.group == name):
        yield f"\n[{provision}]"
        yield f"considerations = {toml(data['considerations'].get(provision, []))}"
        yield f"contract = {toml(data['contract_implications'].get(provision, []))}"
        for hook in data["hooks"].get(provision, []):
            yield f"\n[[{provision}.hook]]"
            yield from rows(hook, HOOK)
        for flag in data["jurisdiction_flags"].get(provision, []):
            yield f"\n[[{provision}.flag]]"
            yield from rows(flag, ("jurisdiction", "why"))


def main(path: Path) -> None:
    """Write all files of law anew."""
    data = json.loads(path.read_text(encoding="utf8"))
    FOLDER.joinpath("instruments.toml").write_text("\n".join(head(data)) + "\n", encoding="utf8")
    for name in GROUPS:
        FOLDER.joinpath(f"{name}.toml").write_text("\n".join(group(data, name)) + "\n", encoding="utf8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
