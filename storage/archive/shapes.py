"""The shapes in which links, findings and changes are kept: offsets relative to what stands before.

A word put in at the top of a text moves every absolute offset after it; relative ones stay, so what is
kept of one version packs to almost nothing against the version before.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from storage.database import codec
from watchers.model import Difference, Finding, Link, Touch


def pack_links(links: Sequence[Link]) -> bytes:
    """Return the links of a version as JSON lines."""
    last, rows = 0, []
    for link in links:
        rows.append([link.start - last, link.end - link.start, link.address])
        last = link.start
    return _lines(rows)


def unpack_links(packed: bytes) -> tuple[Link, ...]:
    """Return the links of a version."""
    last, links = 0, []
    for step, length, address in _rows(packed):
        last += step
        links.append(Link(last, last + length, address))
    return tuple(links)


def pack_findings(findings: Sequence[Finding], recognised: str = "") -> bytes:
    """Return the rules that recognised them and the findings of a version as JSON lines, in order of their places."""
    last, rows = 0, list[object]([recognised] if recognised else [])
    for finding in sorted(findings, key=lambda found: (found.start, found.end, found.provision)):
        rows.append({**codec.plain(finding.moved(-finding.start)), "start": finding.start - last})
        last = finding.start
    return _lines(rows)


def unpack_recognised(packed: bytes) -> str:
    """Return the rules that recognised the findings of a version; empty where they were not kept."""
    first = packed.partition(b"\n")[0]
    return str(json.loads(first)) if first.startswith(b'"') else ""


def unpack_findings(packed: bytes) -> tuple[Finding, ...]:
    """Return the findings of a version."""
    last, findings = 0, []
    for row in _rows(packed):
        if isinstance(row, str):  # the rules that recognised them
            continue
        last += row["start"]
        findings.append(codec.build(Finding, {**row, "start": 0}).moved(last))
    return tuple(findings)


def pack_change(difference: Difference, touches: Sequence[Touch]) -> bytes:
    """Return what a change consists of."""
    return codec.dumps((difference, tuple(touches))).encode()


def unpack_change(packed: bytes) -> tuple[Difference, tuple[Touch, ...]]:
    """Return what a change consists of."""
    return codec.loads(tuple[Difference, tuple[Touch, ...]], packed)


def _rows(packed: bytes) -> list[Any]:
    rows: list[Any] = json.loads(b"[%s]" % packed.replace(b"\n", b","))  # in one go: a policy has hundreds
    return rows


def _lines(rows: Sequence[object]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows).encode()
