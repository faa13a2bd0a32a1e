"""How far our exposure agrees with what people rated: `python -m bench.exposure EVAL_FOLDER`.

The rated records (ToS;DR, CC BY-SA 3.0) are for measuring only. A record counts once for each of its labels
that we recognise in it; the gravest finding of that label is compared with the record's exposure.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from watchers.provisions.recogniser import recognise

ORDER = ("low", "medium", "high")


def pairs(folder: Path) -> list[tuple[str, str]]:
    """Return (rated, ours) for every rated label that was recognised."""
    found = []
    for line in (folder / "provisions.jsonl").read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        if not record.get("exposure") or not record["labels"]:
            continue
        findings = recognise(record["text"], doc_type=record["doc_type"])
        for label in record["labels"]:
            ours = [f.exposure for f in findings if f.provision == label]
            if ours:
                found.append((record["exposure"], str(max(ours, key=lambda e: ORDER.index(e)))))
    return found


def main() -> None:
    """Print the agreement and the table of confusions."""
    found = pairs(Path(sys.argv[1]))
    count = Counter(found)
    agree = sum(n for (rated, ours), n in count.items() if rated == ours)
    near = sum(n for (rated, ours), n in count.items() if abs(ORDER.index(rated) - ORDER.index(ours)) <= 1)
    print(f"{len(found)} rated findings: same {agree / len(found):.2f}, at most one step apart {near / len(found):.2f}")
    expected = sum(
        (sum(count[r, o] for o in ORDER) / len(found)) * (sum(count[o, r] for o in ORDER) / len(found)) for r in ORDER
    )
    print(f"kappa {(agree / len(found) - expected) / (1 - expected):.2f}")
    print("rated \\ ours  " + "".join(f"{name:>8}" for name in ORDER))
    for rated in ORDER:
        print(f"{rated:<14}" + "".join(f"{count[rated, ours]:>8}" for ours in ORDER))


if __name__ == "__main__":
    main()
