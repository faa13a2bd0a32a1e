"""Render every change of an archived history as ping, digest and redline, for both chats, and check what is shown.

    python bench/messages.py VERSIONS.git [--every 5] [--paths 10]

Checked: every span is a verbatim slice of a version or a counted gap; every passage is shown or counted; no payload
is above a limit or calls anybody. Prints counts, seconds and whatever failed; keeps nothing.
"""

from __future__ import annotations

import argparse
import collections
import pathlib
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from bot.chats.discord import embeds
from bot.chats.slack import blocks
from bot.compose.digest import Issue, digest
from bot.compose.message import File, Message, Quote
from bot.compose.news import News
from bot.compose.ping import MOST_PASSAGES, ping
from bot.compose.redline import plain, redline
from storage.archive.chain import change_id
from tests.bot.chats.limits import check_discord, check_slack, slack_calls
from watchers.comparing.compare import compare
from watchers.model import Change, Document, Part, Platform, Reading, Significance
from watchers.provisions.headline import headline
from watchers.provisions.recogniser import recognise
from watchers.provisions.touches import touched
from watchers.provisions.weighing import weighed
from watchers.reading.extract import read_markdown

BASE = "https://watch.example"
GAP = re.compile(r" \[…([\d,]+) more words?, see the redline…\] ")
STRUCK, INSERTED = re.compile(r"\[-.*?-\]", re.DOTALL), re.compile(r"\{\+.*?\+\}", re.DOTALL)
MARKS = re.compile(r"\[-|-\]|\{\+|\+\}")
NUMBER = re.compile(r"(\d[\d,]*) (?:more )?(?:passage|quotation)s?")


def git(repository: str, *words: str) -> bytes:
    """Ask git."""
    command = ["git", "-C", repository, "-c", "core.quotePath=false", *words]
    return subprocess.run(command, capture_output=True, check=True).stdout


def readings(repository: str, path: str, every: int) -> Iterator[tuple[datetime, Reading]]:
    """Give the versions of a document, oldest first, each `every` of them."""
    log = git(repository, "log", "--reverse", "--format=%H %cI", "--", path).decode().splitlines()
    for line in log[::every]:
        commit, _, when = line.partition(" ")
        try:
            text = git(repository, "show", f"{commit}:{path}").decode()
        except subprocess.CalledProcessError:
            continue
        yield datetime.fromisoformat(when).astimezone(UTC), read_markdown(text)


def news(repository: str, path: str, every: int) -> Iterator[News]:
    """Give the changes of a document."""
    name, _, type_ = path.removesuffix(".md").partition("/")
    slug = re.sub(r"\W+", "-", name.casefold()).strip("-")
    document = Document(f"{slug}/{type_}", slug, type_, (Part(f"https://{slug}.example/{type_.replace(' ', '-')}"),))
    platform, before = Platform(slug, name, documents=(document,)), None
    for at, now in readings(repository, path, every):
        if before is not None and before.text != now.text:
            difference = compare(before, now, doc_type=type_)
            found = [recognise(one.text, doc_type=type_) for one in (before, now)]
            touches = touched(before.text, found[0], now.text, found[1], difference)
            key = change_id(before.sha256, now.sha256)
            difference = weighed(difference, touches)
            said = headline(name, type_, difference, touches, before.text, now.text)
            made = Change(key, document.id, before.sha256, now.sha256, at, difference, touches, said)
            yield News(made, platform, document)
        before = now


def verbatim(one: News, message: Message) -> None:
    """Check that quotes hold nothing but slices and counted gaps."""
    texts = [text for passage in one.change.difference.passages for text in (passage.before, passage.after) if text]
    for quote in (block for block in message.blocks if isinstance(block, Quote)):
        for span in quote.spans:
            assert GAP.fullmatch(span.text) or any(span.text in text for text in texts), f"not verbatim: {span.text!r}"


def counted(one: News, message: Message) -> None:
    """Check that every passage is shown or counted."""
    total, shown = len(one.change.difference.passages), min(MOST_PASSAGES, len(one.passages))
    said = " ".join(str(block) for block in message.blocks if "in the redline." in str(block))
    more = sum(int(number.replace(",", "")) for number in NUMBER.findall(said))
    assert shown + more == total, f"{shown} shown and {more} counted of {total}"


def whole(one: News, message: Message) -> None:
    """Check that the redline, or its file, holds every word of every passage."""
    files = [block.content.decode() for block in message.blocks if isinstance(block, File)]
    quotes = [plain(block) for block in message.blocks if isinstance(block, Quote)]
    told = "".join(files or quotes)
    now, was = (squeezed(MARKS.sub("", gone.sub("", told))) for gone in (STRUCK, INSERTED))
    for passage in one.change.difference.passages:
        for text, held in ((passage.after, now), (passage.before, was)):
            words = re.findall(r"\w{4,}", text)
            assert all(word in held for word in words), f"lost of {passage.kind}: {words[:5]}"


def squeezed(text: str) -> str:
    """Return a text without its spaces."""
    return "".join(text.split())


def drawn(message: Message) -> int:
    """Draw for both chats and check the payloads; return how many messages that makes."""
    slack, discord = blocks.draw(message), embeds.draw(message)
    for part in slack:
        check_slack(part.blocks, part.text)
        assert not slack_calls(part.blocks, part.text)
    for embed in discord:
        check_discord(embed.content, embed.embeds)
        assert not embed.roles
    return len(slack) + len(discord)


def main() -> None:
    """Go through the history."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("repository")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--paths", type=int, default=0)
    given = parser.parse_args()
    tree = git(given.repository, "ls-tree", "-r", "--name-only", "HEAD").decode().splitlines()
    paths = [path for path in tree if path.endswith(".md") and "/" in path]
    counts, wrong = collections.Counter[str](), []
    spent, week = 0.0, list[News]()
    for path in paths[:: max(1, len(paths) // given.paths)] if given.paths else paths:
        for one in news(given.repository, path, given.every):
            began, now = time.process_time(), one.change.seen_at + timedelta(minutes=5)
            counts["changes"] += 1
            counts["substantive"] += one.change.difference.significance is Significance.SUBSTANTIVE
            week = [*week, one][-25:]
            issue = Issue(now, now, now - timedelta(days=7), tuple(week))
            kinds = {"ping": ping([one], now, BASE), "redline": redline(one, now, BASE), "digest": digest(issue, BASE)}
            try:
                verbatim(one, kinds["ping"])
                verbatim(one, kinds["redline"])
                counted(one, kinds["ping"])
                whole(one, kinds["redline"])
                for message in kinds.values():
                    counts["payloads"] += drawn(message)
            except Exception as failed:
                wrong.append(f"{one.change.id} {path}: {failed!r} {traceback.format_exc().splitlines()[-3].strip()}")
            spent += time.process_time() - began
    print(dict(counts), f"{spent:.1f} CPU s, {1000 * spent / max(1, counts['changes']):.1f} ms a change")
    print(f"{len(wrong)} wrong", *wrong[:20], sep="\n")


if __name__ == "__main__":
    main()
