"""Measure the recogniser on labelled segments: F1 a provision and a source, errors to read, time, memory, stance.

    python bench/provisions.py FOLDER                       all figures (of provisions.jsonl and ai_training.jsonl)
    python bench/provisions.py FOLDER --errors retention    its false alarms and misses, with the cue that decided
    python bench/provisions.py FOLDER --ai                  ai_training and its stance
    python bench/provisions.py FOLDER --text FILE           the time one long text takes

Reads and prints only; the segments are never kept.
"""

from __future__ import annotations

import argparse
import collections
import json
import pathlib
import random
import resource
import sys
import time
from collections.abc import Iterable
from typing import Any

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
began = time.process_time()
from watchers.model import Finding  # noqa: E402
from watchers.provisions.recogniser import recognise  # noqa: E402

recognise("")
READY = time.process_time() - began

Count = list[int]  # hits, false alarms, misses
STANCES = {
    "uses": ("does", "may"),
    "public_data": ("does", "may"),
    "denies": ("does_not",),
    "denies_third_party": ("does_not", "third_party"),
    "choice": ("offers_choice",),
    "uses+choice": ("does", "may", "offers_choice"),
    "third_party": ("third_party",),
    "conditional": ("asks_consent", "offers_choice", "does_not", "may"),
}


def rows(path: pathlib.Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def prf(count: Iterable[int]) -> tuple[float, float, float]:
    tp, fp, fn = count
    p, r = tp / (tp + fp or 1), tp / (tp + fn or 1)
    return p, r, 2 * p * r / (p + r or 1)


def ask(gold: list[dict[str, Any]]) -> list[tuple[Finding, ...]]:
    return [recognise(g["text"], doc_type=g["doc_type"]) for g in gold]


def tally(gold: list[dict[str, Any]], found: list[set[str]]) -> dict[tuple[str, str], Count]:
    counts: dict[tuple[str, str], Count] = collections.defaultdict(lambda: [0, 0, 0])
    for g, have in zip(gold, found, strict=True):
        for label in set(g["scope"]) - set(g["ambiguous"] or ()):
            verdict = (label in g["labels"], label in have)
            if any(verdict):
                counts[label, g["source"]][{(True, True): 0, (False, True): 1, (True, False): 2}[verdict]] += 1
    return counts


def summary(counts: dict[tuple[str, str], Count]) -> None:
    whole: dict[str, Count] = collections.defaultdict(lambda: [0, 0, 0])
    sources: dict[str, Count] = collections.defaultdict(lambda: [0, 0, 0])
    for (label, source), count in counts.items():
        whole[label] = [a + b for a, b in zip(whole[label], count, strict=True)]
        sources[source] = [a + b for a, b in zip(sources[source], count, strict=True)]
    scored = {label: c for label, c in whole.items() if c[0] + c[2] >= 5}
    for label, c in sorted(scored.items(), key=lambda item: -(item[1][1] + item[1][2])):
        each = "  ".join(f"{s} {c2[0]}/{c2[1]}/{c2[2]}" for (lab, s), c2 in sorted(counts.items()) if lab == label)
        print(
            "{:22} P {:.2f} R {:.2f} F1 {:.2f}  wrong {:4}   hit/false/missed: {}".format(
                label,
                *prf(c),
                c[1] + c[2],
                each,  # type: ignore[str-format]
            )
        )
    for source, c in sorted(sources.items()):
        print("{:10} P {:.3f} R {:.3f} F1 {:.3f}".format(source, *prf(c)))
    micro = prf([sum(c) for c in zip(*scored.values(), strict=True)])
    macro = sum(prf(c)[2] for c in scored.values()) / len(scored)
    print("micro P {:.3f} R {:.3f} F1 {:.3f}   macro F1 {:.3f}  over {} labels".format(*micro, macro, len(scored)))


def errors(gold: list[dict[str, Any]], label: str, source: str, most: int, only: str) -> None:
    wrong: list[tuple[str, dict[str, Any], list[Finding]]] = []
    for g in gold:
        if label not in set(g["scope"]) - set(g["ambiguous"] or ()) or (source and g["source"] != source):
            continue
        found = [f for f in recognise(g["text"], doc_type=g["doc_type"]) if f.provision == label]
        if bool(found) != (label in g["labels"]):
            wrong.append(("FALSE" if found else "MISSED", g, found))
    wrong = [one for one in wrong if not only or one[0] == only]
    random.Random(7).shuffle(wrong)
    for verdict, g, found in wrong[:most]:
        why = "; ".join(f"{f.cue} [{g['text'][f.cue_start : f.cue_end]}]" for f in found)
        print(f"{verdict} {g['id']} labels={','.join(g['labels'])} {why}\n    {g['text'][:700]}\n")
    print(collections.Counter(f.cue for _, _, found in wrong for f in found[:1]).most_common(12))


def ai(gold: list[dict[str, Any]], verbose: bool) -> None:
    count, stances = [0, 0, 0], [0, 0]
    for g in (g for g in gold if g["label"] is not None and not g.get("borderline")):
        found = [f for f in recognise(g["text"], doc_type=g["doc_type"]) if f.provision == "ai_training"]
        verdict = (g["label"] == 1, bool(found))
        if any(verdict):
            count[{(True, True): 0, (False, True): 1, (True, False): 2}[verdict]] += 1
        wanted = STANCES.get(g["kind"])
        told = [f.stance.value for f in found]
        right = any(t in wanted for t in told) if wanted else True
        if all(verdict) and wanted:
            stances[0] += right
            stances[1] += 1
        if verbose and (verdict[0] != verdict[1] or (all(verdict) and not right)):
            why = "; ".join(f"{f.cue} [{g['text'][f.cue_start : f.cue_end]}]" for f in found)
            print(f"{g['id']} {g['label']} {g['kind']} found={told} {why}\n    {g['text'][:1500]}\n")
    print("ai_training P {:.3f} R {:.3f} F1 {:.3f}   stance right {} of {}".format(*prf(count), *stances))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--errors", metavar="PROVISION")
    parser.add_argument("--only", choices=("FALSE", "MISSED"), default="")
    parser.add_argument("--source", default="")
    parser.add_argument("--most", type=int, default=30)
    parser.add_argument("--ai", action="store_true")
    parser.add_argument("--text", type=pathlib.Path)
    chosen = parser.parse_args()
    if chosen.text:
        text = chosen.text.read_text(encoding="utf8")
        for _ in range(3):
            start = time.process_time()
            count = len(recognise(text))
            print(f"{len(text)} characters, {count} findings, {1000 * (time.process_time() - start):.1f} ms")
    elif chosen.ai:
        ai(rows(chosen.folder / "ai_training.jsonl"), verbose=True)
    elif chosen.errors:
        errors(rows(chosen.folder / "provisions.jsonl"), chosen.errors, chosen.source, chosen.most, chosen.only)
    else:
        gold = rows(chosen.folder / "provisions.jsonl")
        start = time.process_time()
        answers = ask(gold)
        spent = time.process_time() - start
        summary(tally(gold, [{f.provision for f in answer} for answer in answers]))
        ai(rows(chosen.folder / "ai_training.jsonl"), verbose=False)
        wrong = sum(not 0 <= f.start <= f.cue_start < f.cue_end <= f.end <= len(g["text"])
                    for g, answer in zip(gold, answers, strict=True) for f in answer)  # fmt: skip
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{1000 * spent / len(gold):.3f} ms a segment (CPU); ready after {READY:.2f} s; peak {peak:.0f} MB, data")
        print(f"included; findings out of place: {wrong}")


if __name__ == "__main__":
    main()
