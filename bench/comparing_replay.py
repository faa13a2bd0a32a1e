"""Replay years of recorded versions of policies as if they had been watched, and count what would have been told.

    python -m bench.comparing_replay --history VERSIONS.git [--sample 100 --seed 7 --out read.txt [--but earlier.txt]]

Expects a bare clone of a history in the format of Open Terms Archive (one Markdown file a document, one commit a
version). A technical upgrade is silent and becomes what is compared next. An unreadable page is skipped, unless it
stood for days. What is suspicious is told only if it still stood at a second look, half a day later. Of changes that
show the same words only one is sampled, and none that stands in a sample read before (`--but`).
"""

from __future__ import annotations

import argparse
import random
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from watchers.comparing.compare import compare
from watchers.comparing.history import fingerprint, sentence_marks
from watchers.comparing.summary import top_passages
from watchers.model import Difference, Past, Reading, Significance
from watchers.provisions.headline import headline
from watchers.reading.extract import read_markdown

SECOND_LOOK = timedelta(hours=12)
#: An unreadable page that stands this long is what the platform serves now.
SETTLED = timedelta(days=7)
TECHNICAL = ("Apply technical", "Refilter", "Start tracking")


@dataclass(frozen=True, slots=True)
class Record:
    """One recorded version of one document."""

    at: datetime
    path: str
    blob: str
    subject: str

    @property
    def title(self) -> tuple[str, str]:
        """Return the platform and the terms type."""
        platform, name = self.path.rsplit("/", 1)
        return platform, name.removesuffix(".md").split(" #")[0]


@dataclass(slots=True)
class Seen:
    """What the archive would hold of one document."""

    last: Reading | None = None
    fingerprints: set[str] = field(default_factory=set)
    sentences: set[int] = field(default_factory=set)
    recent: list[str] = field(default_factory=list)

    def past(self, held: str = "") -> Past:
        """Return it as the comparer is handed it."""
        return Past(
            fingerprints=frozenset(self.fingerprints),
            sentences=frozenset(self.sentences),
            recent=tuple(self.recent[:-13:-1]),
            held=held,
        )

    def keep(self, reading: Reading) -> None:
        """Take a version into the archive."""
        self.last = reading
        self.fingerprints.add(fingerprint(reading.text))
        self.sentences |= sentence_marks(reading.text)
        self.recent.append(reading.sha256)


@dataclass(frozen=True, slots=True)
class Told:
    """A change of words with what became of it."""

    record: Record
    verdict: str
    difference: Difference
    milliseconds: float
    size: int


class Blobs:
    """The files of a bare repository, read through one process."""

    def __init__(self, history: Path) -> None:
        command = ["git", "-C", str(history), "cat-file", "--batch"]
        self._git = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def read(self, blob: str) -> str:
        """Return one file."""
        assert self._git.stdin
        assert self._git.stdout
        self._git.stdin.write(f"{blob}\n".encode())
        self._git.stdin.flush()
        size = int(self._git.stdout.readline().split()[2])
        body = self._git.stdout.read(size)
        self._git.stdout.read(1)
        return body.decode("utf8", "replace")


def records(history: Path) -> dict[str, list[Record]]:
    """Return the versions of every document, by the time they were fetched."""
    log = ["git", "-C", str(history), "-c", "core.quotePath=false", "log", "--no-merges", "--raw", "--no-renames"]
    done = subprocess.run([*log, "--no-abbrev", "--format=\x01%at\x1f%s"], capture_output=True, text=True, check=True)
    found: dict[str, list[Record]] = defaultdict(list)
    for commit in done.stdout.split("\x01")[1:]:
        head, *lines = commit.strip().split("\n")
        seconds, subject = head.split("\x1f", 1)
        for line in filter(lambda entry: entry.startswith(":"), lines):
            meta, path = line.split("\t", 1)
            blob, kind = meta.split()[3:5]
            if path.endswith(".md") and "/" in path and kind != "D":
                found[path].append(Record(datetime.fromtimestamp(int(seconds), UTC), path, blob, subject))
    return {path: sorted(versions, key=lambda r: r.at) for path, versions in sorted(found.items())}


def replay(versions: list[Record], blobs: Blobs) -> Iterator[Told]:
    """Walk through one document's versions and say what becomes of each."""
    seen = Seen()
    for n, record in enumerate(versions):
        stood = (versions[n + 1].at if n + 1 < len(versions) else datetime.max.replace(tzinfo=UTC)) - record.at
        reading = read_markdown(blobs.read(record.blob))
        if seen.last is None or reading.text == seen.last.text:
            seen.keep(reading)
            continue
        told = _look(record, seen, reading, stood)
        if told.difference.significance is not Significance.UNREADABLE or stood >= SETTLED:
            seen.keep(reading)
        yield told


def _look(record: Record, seen: Seen, reading: Reading, stood: timedelta) -> Told:
    assert seen.last is not None
    began = time.process_time()
    past = seen.past()
    found = compare(seen.last, reading, doc_type=record.title[1], past=past)
    spent = (time.process_time() - began) * 1000
    if found.suspicious and stood >= SECOND_LOOK:
        found = compare(seen.last, reading, doc_type=record.title[1], past=seen.past(held=reading.sha256))
    size = max(len(seen.last.text), len(reading.text))
    return Told(record, _verdict(record, found, stood), found, spent, size)


def _verdict(record: Record, found: Difference, stood: timedelta) -> str:
    if record.subject.startswith(TECHNICAL):
        return "technical upgrade"
    if found.significance is not Significance.SUBSTANTIVE:
        return found.reasons[0]
    if found.suspicious and stood < SECOND_LOOK:
        return "did not stand at the second look"
    return ""


def shown(told: Told, limit: int = 5) -> str:
    """Return a change as lines for a person to judge."""
    platform, doc_type = told.record.title
    lines = [f"## {told.record.at:%Y-%m-%d} {told.record.path} [{told.verdict or 'PING'}] {told.record.blob[:8]}"]
    lines.append(headline(platform, doc_type, told.difference) or ", ".join(told.difference.reasons))
    shown_passages = top_passages(told.difference, limit) or told.difference.passages[:limit]
    for p in shown_passages:
        edits = " ¦ ".join(f"[-{p.before[e.a0 : e.a1]}-]{{+{p.after[e.b0 : e.b1]}+}}" for e in p.edits[:6])
        body = edits or (f"+ {p.after[:220]}" if p.after else f"- {p.before[:220]}")
        lines.append(
            f"  {p.kind.value} {p.direction.value} {list(p.cues)} {list(p.reasons)}: {' '.join(body.split())[:500]}"
        )
    more = len(top_passages(told.difference, len(told.difference.passages) + 1)) - limit
    return "\n".join([*lines, f"  … {more} more"] if more > 0 else lines)


def unread(told: list[Told], before: list[Path]) -> list[Told]:
    """Leave out changes that show the same as another, or as one of the samples read before."""
    seen = {block.partition("\n")[2] for path in before for block in path.read_text("utf8").split("\n\n")}
    kept = []
    for one in told:
        body = shown(one).partition("\n")[2]
        if body not in seen:
            kept.append(one)
            seen.add(body)
    return kept


def report(everything: list[Told]) -> str:
    """Return the figures of a replay."""
    pings = [t for t in everything if not t.verdict]
    first, last = min(t.record.at for t in everything), max(t.record.at for t in everything)
    weeks = (last - first).days / 7
    recent = [t for t in pings if t.record.at >= last - timedelta(days=365)]
    silent = Counter(t.verdict.split(":")[0] for t in everything if t.verdict)
    hundred = sorted(t.milliseconds for t in everything if 60_000 <= t.size <= 140_000)
    lines = [
        f"{len(everything)} changes of words, {first:%Y-%m-%d} to {last:%Y-%m-%d} ({weeks:.0f} weeks)",
        f"pings: {len(pings)} ({len(pings) / weeks:.2f} a week; {len(recent) / 52:.2f} a week in the last year)",
        f"silent: {len(everything) - len(pings)} ({1 - len(pings) / len(everything):.0%})",
        *(f"  {count:5} {count / len(everything):6.1%}  {reason}" for reason, count in silent.most_common(25)),
    ]
    if hundred:
        lines.append(
            f"compare() on {len(hundred)} pairs of 60–140 KB: median {hundred[len(hundred) // 2]:.1f} ms, "
            f"p95 {hundred[int(len(hundred) * 0.95)]:.0f} ms, worst {hundred[-1]:.0f} ms CPU"
        )
    return "\n".join(lines)


def main() -> None:
    """Replay a history; print the figures and write a random sample to read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--history", type=Path, required=True)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", default="", help="only documents whose path contains this")
    parser.add_argument("--out", type=Path, default=Path("read.txt"))
    parser.add_argument("--but", type=Path, nargs="*", default=[], help="samples read before")
    chosen = parser.parse_args()
    blobs = Blobs(chosen.history)
    histories = [versions for path, versions in records(chosen.history).items() if chosen.only in path]
    everything = [told for versions in histories for told in replay(versions, blobs)]
    print(report(everything))
    if chosen.sample:
        dice = random.Random(chosen.seed)
        pings = unread([t for t in everything if not t.verdict], chosen.but)
        silent = unread([t for t in everything if t.verdict and t.verdict != "technical upgrade"], chosen.but)
        texts = [shown(t) for side in (pings, silent) for t in dice.sample(side, min(chosen.sample, len(side)))]
        chosen.out.write_text("\n\n".join(texts), encoding="utf8")


if __name__ == "__main__":
    main()
