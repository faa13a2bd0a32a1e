"""The rooms under fire, with the small honest inputs that hostile ones are made from.

What must hold in each is in `targets`.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from bench.fuzzing import texts
from bench.fuzzing.targets import (
    SPLIT,
    addresses,
    answers,
    bodies,
    bundles,
    comparing,
    dating,
    declarations,
    headlines,
    histories,
    markdown,
    orders,
    pages,
    pdfs,
    platform_files,
    recognising,
)


@dataclass(frozen=True, slots=True)
class Target:
    """One room under fire: what is run, what its inputs are made of, and how large they are at most."""

    run: Callable[[bytes], None]
    seeds: tuple[str | bytes, ...]
    tokens: tuple[str, ...] = ()
    largest: int = 6_000

    @property
    def bodies(self) -> tuple[bytes, ...]:
        """Return the seeds as bytes."""
        return tuple(seed.encode() if isinstance(seed, str) else seed for seed in self.seeds)


@cache
def _bundle() -> bytes:
    """Return a small archive that claims to be a bundle."""
    import zipfile

    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "manifest.json", '{"format": "clausewatch-evidence-1", "files": {}, "chain": [], "passages": []}'
        )
        archive.writestr("README.txt", "words")
    return kept.getvalue()


PDF = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 "
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n"
    b"4 0 obj\n<< /Length 60 >>\nstream\nBT /F1 12 Tf 72 720 Td (You may object to this.) Tj ET\nendstream\nendobj\n"
    b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF"
)
COMMIT = "Tern/Terms of Service.md\nRecord new changes of Tern Terms of Service\n\nRecorded from /commit/0123456789"

TARGETS = {
    "addresses": Target(addresses, texts.ADDRESSES, texts.LETTERS, 600),
    "orders": Target(orders, texts.ORDERS, texts.TYPED, 1_000),
    "pages": Target(pages, (texts.PAGE, texts.PAGE[200:700]), texts.MARKUP),
    "markdown": Target(markdown, (texts.POLICY, texts.GERMAN), texts.MARKDOWN),
    "pdfs": Target(pdfs, (PDF,), ("<<", ">>", "/Kids [2 0 R]", "obj", "endobj", "stream", "/FlateDecode", "4 0 R")),
    "comparing": Target(
        comparing,
        (
            texts.POLICY.encode() + SPLIT + texts.POLICY.replace("30 days", "90 days").encode(),
            texts.POLICY[300:].encode() + SPLIT + texts.POLICY.encode(),
            texts.GERMAN.encode() + SPLIT + texts.GERMAN.replace("3. März", "5. Mai").encode(),
        ),
        (*texts.MARKDOWN, *texts.WORDS, "\x1e"),
        4_000,
    ),
    "recognising": Target(recognising, (texts.POLICY, texts.POLICY[400:]), (*texts.MARKDOWN, *texts.WORDS), 3_000),
    "dating": Target(dating, (texts.POLICY[:200], texts.GERMAN), texts.WORDS, 1_500),
    "declarations": Target(declarations, (texts.DECLARATION, texts.HISTORY), texts.JSON),
    "platform files": Target(platform_files, (texts.PLATFORM,), texts.TOML),
    "histories": Target(
        histories, (COMMIT,), ("#", "/commit/", "Refilter ", "First record of ", "\n", ".md", "X-a: b")
    ),
    "bodies": Target(bodies, (zlib.compress(b"words" * 900), zlib.compress(b"\0" * 90_000, wbits=31)), ("\x1f\x8b",)),
    "answers": Target(answers, ("text/html; charset=utf-8\n" + texts.ROBOTS, "120\n"), texts.RULES, 3_000),
    "headlines": Target(headlines, ("Tern now keeps messages for “30 days”.",), ("“", "”", "<!here>", "https://"), 500),
    "bundles": Target(bundles, (_bundle(),), ("PK\x03\x04", "manifest.json"), 3_000),
}
