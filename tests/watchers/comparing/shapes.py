"""Generated pairs of texts that ask much of a comparison: each shape grows in one direction with `size`.

They are hostile by form only; what they say does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle, islice

_WORDS = (
    "we may share your data with partners who help us run the service and keep it safe for everybody unless you tell "
    "us not to because the law gives you a choice that holds for every account in each country where people live "
    "work or travel while our teams store copies of letters pictures and records under rules which nobody changes"
).split()


def _plain(size: int, step: int = 7) -> list[str]:
    """Return `size` common words in an order that hardly repeats."""
    return [_WORDS[(n * n + n // 5 * step) % len(_WORDS)] for n in range(size)]


def _every(words: Sequence[str], nth: int, change: Callable[[int, str], str]) -> str:
    return " ".join(change(n, word) if n % nth == nth - 1 else word for n, word in enumerate(words))


def _lines(size: int, line: Callable[[int], str]) -> str:
    return "\n\n".join(line(n) for n in range(size))


def inserted(word: str, nth: int = 12) -> Callable[[int], tuple[str, str]]:
    """Return the shape of one paragraph into which a word comes at every `nth` place."""
    return lambda size: (" ".join(_plain(size)), _every(_plain(size), nth, lambda _, w: f"{w} {word}"))


def filled(before: str, after: str, end: tuple[str, str] = ("", "")) -> Callable[[int], tuple[str, str]]:
    """Return the shape of one paragraph that says the same over and over."""
    return lambda size: (before * (size // 4) + end[0], after * (size // 4) + end[1])


def counted(before: Callable[[int], str], after: Callable[[int], str]) -> Callable[[int], tuple[str, str]]:
    """Return the shape of one paragraph of counted parts."""
    return lambda size: (" ".join(map(before, range(size // 4))), " ".join(map(after, range(size // 4))))


def stacked(
    before: Callable[[int], str], after: Callable[[int], str], words: int = 8
) -> Callable[[int], tuple[str, str]]:
    """Return the shape of many blocks; `words` is about how long one is."""
    return lambda size: (_lines(size // words, before), _lines(size // words, after))


def _said(n: int, length: int = 12) -> str:
    return " ".join(islice(cycle(_WORDS), n * 5 % 61, n * 5 % 61 + length)) + f" in case {n}."


def replaced(before: Callable[[int], str], after: Callable[[int], str]) -> Callable[[int], tuple[str, str]]:
    """Return the shape of many paragraphs in which a name became another."""
    return stacked(lambda n: f"Here {before(n)} keeps {_said(n)}", lambda n: f"Here {after(n)} keeps {_said(n)}", 20)


SHAPES: dict[str, Callable[[int], tuple[str, str]]] = {
    "a word inserted": inserted("maybe"),
    "a comma inserted": inserted(","),
    "a conjunction inserted": inserted("and"),
    "a sentence's number inserted": inserted("(b) We"),
    "a sentence inserted": inserted(". We updated this policy."),
    "a word twice": lambda size: (" ".join(_plain(size)), _every(_plain(size), 12, lambda _, w: f"{w} {w}")),
    "every twelfth word another": lambda s: (" ".join(_plain(s)), _every(_plain(s), 12, lambda n, _: f"word{n}")),
    "every second word another": lambda s: (" ".join(_plain(s)), _every(_plain(s), 2, lambda n, _: f"word{n}")),
    "every word another": counted(lambda n: f"left{n}", lambda n: f"right{n}"),
    "the words turned round": lambda s: (" ".join(_plain(s)), " ".join(reversed(_plain(s)))),
    "numbers one higher": counted(lambda n: f"{n} days", lambda n: f"{n + 1} days"),
    "dates one year later": filled("effective date January 1, 2024 ", "effective date January 1, 2025 "),
    "dates written differently": filled("effective on January 1, 2024, ", "effective on 1 January 2024, "),
    "one word over and over": filled("we may ", "we may ", ("share.", "sell.")),
    "one word more often": lambda size: ("we may " * (size // 2), "we may " * (size // 2 + size // 8)),
    "conditions over and over": filled("unless you do not agree that we may not ", "unless you agree that we may "),
    "entities": filled("&amp;we may &lt;", "&amp;we might &lt;"),
    "brackets": filled("(we may ", "(we might "),
    "no spaces": filled("wemayshare", "wemaysell,"),
    "chinese": filled("我们可能会分享您的数据", "我们不会分享您的数据"),
    "mail addresses hidden": filled("write to me@example.org or ", "write to [email protected] or "),
    "web addresses": counted(lambda n: f"see https://a.example/{n} or", lambda n: f"see http://a.example/{n}/x or"),
    "spaces": filled("we   may \t ", "we may "),
    "a series in another order": counted(lambda n: f"item{n},", lambda n: f"item{n ^ 1},"),
    "names replaced": replaced(lambda n: f"Twitter{n} Inc", lambda n: f"Xcorp{n} Inc"),
    "one name replaced": replaced(lambda _: "Twitter", lambda _: "Xcorp"),
    "paragraphs reworded": stacked(_said, lambda n: _said(n).replace("data", "details").replace("may", "can"), 14),
    "paragraphs added": lambda size: (_lines(size // 28, _said), _lines(size // 14, lambda n: _said(n * 7))),
    "paragraphs removed": lambda size: (_lines(size // 14, lambda n: _said(n * 7)), _lines(size // 28, _said)),
    "paragraphs moved": stacked(_said, lambda n: _said(n ^ 3), 14),
    "the same paragraph": stacked(lambda n: "We keep it.", lambda n: "We keep it all.", 4),
    "items moved": stacked(lambda n: f"- entry {n}", lambda n: f"- entry {n ^ 5}", 4),
    "items added": lambda size: (_lines(size // 8, "- entry {}".format), _lines(size // 4, "- entry {}".format)),
    "headings renumbered": stacked(lambda n: f"## {n}. Case {n * n}", lambda n: f"## {n + 1}. Case {n * n}", 5),
    "paragraphs cut in two": stacked(lambda n: f"{_said(n)} {_said(n + 9)}", lambda n: f"{_said(n)}\n\n{_said(n + 9)}"),
    "rows of a table": stacked(lambda n: f"| Name{n} | {n} days |", lambda n: f"| Name{n} | {n + 2} days |", 6),
    "questions": stacked(lambda n: f"What about case {n}?", lambda n: f"And what about case {n}?", 5),
    "single words": stacked(lambda n: f"Case{n}", lambda n: f"Case{n + 7}", 2),
}  # fmt: skip
